"""The pages in a real browser: they are readable on a phone and a desktop, and nothing written by others runs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.sync.desk import enrol_desk
from tests.sync.server import CentreProcess, Visitor, running_centre
from tests.sync.test_web import feedback

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")]
EVIL = "<script>document.title='RUN'</script><img src=x onerror=\"document.title='RUN'\">\u202e"


@pytest.fixture(scope="module")
def centre() -> Iterator[CentreProcess]:
    """Not the shared one: what other tests had put aside there fills the lists of these pages."""
    with running_centre() as process:
        yield process


def browse(home: Path, address: str, *words: str) -> str:
    """Chromium without a window; answers what it wrote to standard output."""
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
         f"--user-data-dir={home / 'profile'}", "--virtual-time-budget=3000", *words, address],
        capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    return done.stdout


def picture(home: Path, address: str, width: int, height: int) -> Image.Image:
    out = home / f"{width}.png"
    browse(home, address, f"--window-size={width},{height}", f"--screenshot={out}")
    with Image.open(out) as shot:
        return shot.convert("L")


def test_a_slip_is_read_on_a_phone_and_on_a_desktop(centre: CentreProcess, tmp_path: Path) -> None:
    desk = enrol_desk(centre.url, centre.code(centre.new_unit()))
    desk.book.receive()
    desk.push()
    slip = f"1{desk.who.unit}26112501000012"
    centre.rows("UPDATE dossier SET slip_code = %s WHERE unit = %s", slip, desk.who.unit)
    shown = browse(tmp_path, f"{centre.url}/tra-cuu/{slip}", "--dump-dom")
    assert "Nơi nhận: xã Hòa Mẫu" in shown and "Ngày nhận: 25/11/2026" in shown
    for width, height in ((400, 800), (1366, 700)):
        shot = picture(tmp_path, f"{centre.url}/tra-cuu/{slip}", width, height)
        assert shot.size == (width, height)
        rows = [y for y in range(height) if shot.crop((0, y, width, y + 1)).getextrema()[0] < 90]
        assert rows and rows[-1] > 200, "the answer stands below the form"
        assert shot.crop((width - 6, 120, width, height)).getextrema()[0] > 200, "nothing runs out of the page"


def test_what_others_wrote_never_runs(centre: CentreProcess, tmp_path: Path) -> None:
    desk = enrol_desk(centre.url, centre.code(centre.new_unit()))
    desk.book.append_body("dossier.settled", {"dossier": EVIL})
    desk.push()
    unit = desk.who.unit
    assert Visitor(centre.url, 940).post("/phan-anh", **feedback(unit, noi_dung=EVIL)).status_code == 200
    visitor = centre.visitor("checker")
    for number, path in enumerate(("/xem/cho-duyet", f"/xem/xa/{unit}", f"/phan-anh?xa={unit}")):
        saved = tmp_path / f"{number}.html"
        saved.write_text(visitor.get(path).text, encoding="utf-8")
        shown = browse(tmp_path, saved.as_uri(), "--dump-dom")
        assert "<title>RUN" not in shown and "<title>" in shown
        if number < 2:
            assert "onerror" in shown, "it is shown as the words it is"
