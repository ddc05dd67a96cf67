"""The pages in a real browser: they are readable on a phone and a desktop, and nothing written by others runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from PIL import Image

from sync.centre.campaigns import Wanted, begin, form_for
from sync.centre.clock import system_clock
from sync.protocol.feedback_facts import FeedbackAnswered, FeedbackReceived, FeedbackTransferred, SurveyReleased
from sync.protocol.subject import make_subject
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


def a_busy_office(centre: CentreProcess) -> tuple[str, str]:
    """An office with feedback of every state, a campaign with answers, a day that differs; its unit and one number."""
    desk = enrol_desk(centre.url, centre.code(centre.new_unit()))
    book, unit = desk.book, desk.who.unit
    for n, way in enumerate(("open", "late", "sent", "answered")):
        id, text = f"f-{n}", make_subject(f"s-{n}", "feedback_text", b"s" * 16, {"content": f"Chờ lâu lần {n}"})
        promised = "2026-11-01" if way == "late" else "2027-01-05"
        book.append(
            FeedbackReceived(id, f"PAKN-2026-000{n}", f"4{unit}2611250100{n:04}", "PTN-PAKN", n + 1, "direct", text.ref,
                             text.ref, False, "2026-11-25T09:00:00", promised, promised, "1"),
            subjects=(text,),
        )  # fmt: skip
        if way == "sent":
            book.append(FeedbackTransferred(id, "PC-UBND", 1, "Sở Tư pháp", (), "2026-11-25T10:00:00"))
        elif way == "answered":
            book.append(FeedbackAnswered(id, "right", (), None, "2026-11-25T11:00:00"))
    with psycopg.connect(centre.postgresql.url) as db:
        questions = ("Nhà vệ sinh sạch sẽ",)
        wanted = Wanted("Khảo sát quý IV", date(2026, 11, 1), date(2026, 12, 31), 12, questions, (unit,))
        campaign = begin(db, wanted, "thu", system_clock())
        form = form_for(campaign, wanted.questions)["id"]
        db.execute(
            "INSERT INTO day_match (unit, station, match, day, equal, differs, asked) VALUES"
            " (%s, %s, 'm-1', '2026-11-24', false, 2, 'x')", (unit, desk.who.station),
        )  # fmt: skip
        db.execute(
            "INSERT INTO day_close (unit, station, line, seq, day, shift, cash_vnd, transfer_vnd, difference_vnd, reason)"
            " VALUES (%s, %s, 1, 999, '2026-11-24', 1, 500000, 0, -20000, 'thối nhầm')", (unit, desk.who.station),
        )  # fmt: skip
    for score in (5, 5, 4, 4, 2, 1):
        book.append(SurveyReleased(form, "2026-11-25", score, {"overall": score, "own1": score}))
    desk.push()
    sent = Visitor(centre.url, 941).post("/phan-anh", **feedback(unit)).text
    found = re.search(r"so=([0-9]+)", sent)
    assert found is not None
    return unit, found[1]


@pytest.mark.parametrize(("width", "height"), [(400, 900), (1366, 768)])
def test_every_page_for_the_people_above_is_readable_on_a_phone_and_on_a_desktop(
    centre: CentreProcess, tmp_path: Path, width: int, height: int
) -> None:
    unit, _number = a_busy_office(centre)
    visitor = centre.visitor("admin")
    pages = {
        "/xem": "xã Hòa Mẫu", f"/xem/xa/{unit}": "thối nhầm", "/xem/may": "Quầy 1", "/xem/cho-duyet": "Không có bản ghi nào",
        "/xem/phan-anh?ky=nam": "Sở Tư pháp", "/xem/khao-sat": "Khảo sát quý IV", "/xem/khop-so?ky=nam": "Ngày chưa khớp số",
        "/xem/nhat-ky": "office",
    }  # fmt: skip
    for number, (path, words) in enumerate(pages.items()):
        saved = tmp_path / f"{number}.html"
        saved.write_text(visitor.get(path).text, encoding="utf-8")
        assert words in saved.read_text(encoding="utf-8"), path
        shot = picture(tmp_path, saved.as_uri(), width, height)
        kept = os.environ.get("DESK_PICTURES")
        if kept:
            (tmp_path / f"{width}.png").replace(Path(kept) / f"centre-{number}-{width}.png")
        assert shot.size == (width, height)
        assert shot.crop((width - 4, 160, width, height)).getextrema()[0] > 150, f"{path} runs out of the page"
        dark = sum(shot.crop((0, 60, width, height)).histogram()[:110])
        assert dark > 1_500, f"{path} is empty"


@pytest.mark.parametrize(("width", "height"), [(400, 900), (1366, 768)])
def test_the_pages_for_everybody_are_readable_on_a_phone_and_on_a_desktop(
    centre: CentreProcess, tmp_path: Path, width: int, height: int
) -> None:
    unit, number = a_busy_office(centre)
    pages = {
        "/": "Tra cứu hồ sơ", f"/phan-anh?xa={unit}": "Đề nghị giữ bí mật",
        f"/phan-anh/tra-cuu?so={number}": "chờ xã tiếp nhận",
        f"/tra-cuu/4{unit}26112501000003": "Đã trả lời", "/dang-nhap": "Mật khẩu",
    }  # fmt: skip
    for at, (path, words) in enumerate(pages.items()):
        if width > 400:
            assert words in browse(tmp_path, centre.url + path, "--dump-dom"), path
        shot = picture(tmp_path, centre.url + path, width, height)
        kept = os.environ.get("DESK_PICTURES")
        if kept:
            (tmp_path / f"{width}.png").replace(Path(kept) / f"public-{at}-{width}.png")
        assert shot.crop((width - 4, 160, width, height)).getextrema()[0] > 150, f"{path} runs out of the page"


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
