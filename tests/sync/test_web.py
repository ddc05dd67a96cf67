"""The centre's pages over a real centre: who sees what, what is decided, what strangers can and cannot do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
import requests

from sync.centre.accounts import WRONG_MOST, add_account, close_account, log_in, who
from sync.centre.clock import system_clock
from sync.protocol.dossier_facts import ApologyMade
from sync.protocol.facts import DossierSettled, IncidentRaised
from tests.sync.desk import Desk, enrol_desk
from tests.sync.server import CentreProcess, Visitor, running_centre
from tests.sync.test_centre import command

LATE = "2026-11-02T09:00:00"
HOSTILE = '<script>alert(1)</script>\'; DROP TABLE record; --\u202egpj.exe & "x"'


@pytest.fixture(scope="module")
def centre() -> Iterator[CentreProcess]:
    """Not the shared one: what other tests had put aside there fills the lists of these pages."""
    with running_centre() as process:
        yield process


@pytest.fixture
def office(centre: CentreProcess) -> Desk:
    """A commune with some work, two results, one late dossier without and one with an apology."""
    desk = enrol_desk(centre.url, centre.code(centre.new_unit()))
    dossiers = [desk.book.receive() for _ in range(6)]
    local = (desk.book.at + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%S")
    desk.book.append(
        DossierSettled(dossiers[0], local, "granted"), DossierSettled(dossiers[1], "2026-12-24T10:00:00", "granted")
    )
    desk.push()
    return desk


def make_late(centre: CentreProcess, desk: Desk, number: int) -> None:
    centre.rows(
        "UPDATE dossier SET due_at = '2026-11-10 16:30' WHERE unit = %s AND dossier IN"
        " (SELECT dossier FROM dossier WHERE unit = %s AND closed_at IS NULL ORDER BY dossier LIMIT %s)",
        desk.who.unit, desk.who.unit, number,
    )  # fmt: skip


def slip_of(centre: CentreProcess, desk: Desk, slip: str) -> None:
    """Give one dossier the digits of a real slip (the test's book makes shorter ones)."""
    centre.rows(
        "UPDATE dossier SET slip_code = %s WHERE unit = %s AND dossier ="
        " (SELECT min(dossier) FROM dossier WHERE unit = %s AND closed_at IS NULL)",
        slip, desk.who.unit, desk.who.unit,
    )  # fmt: skip


# ---- log-in ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/xem",
        "/xem/may",
        "/xem/xa/10001",
        "/xem/cho-duyet",
        "/xem/nhat-ky",
        "/xem/xuat.csv",
        "/xem/phan-anh",
        "/xem/khao-sat",
        "/xem/khop-so",
    ],
)
def test_nothing_behind_the_log_in_is_shown_without_it(centre: CentreProcess, path: str) -> None:
    answer = requests.get(centre.url + path, timeout=5, allow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")
    forged = requests.get(centre.url + path, timeout=5, allow_redirects=False, cookies={"phien": "x" * 43})
    assert forged.status_code == 303


def test_a_wrong_password_is_refused_and_five_lock_the_account(centre: CentreProcess) -> None:
    with psycopg.connect(centre.postgresql.url) as db:
        add_account(db, "khoa-thu", "Khóa Thử", "viewer", "mật khẩu đúng", system_clock())
    visitor = Visitor(centre.url, 900)
    for _ in range(WRONG_MOST):
        assert visitor.post("/dang-nhap", ten="khoa-thu", mk="sai").status_code == 401
    assert visitor.post("/dang-nhap", ten="khoa-thu", mk="mật khẩu đúng").status_code == 401
    at = system_clock() + timedelta(minutes=16)
    with psycopg.connect(centre.postgresql.url) as db:
        token = log_in(db, "khoa-thu", "mật khẩu đúng", at)
        assert token is not None
        assert who(db, token, at + timedelta(minutes=29)) is not None
        assert who(db, token, at + timedelta(minutes=80)) is None, "idle"
        db.rollback()
    assert visitor.post("/dang-nhap", ten="' OR 1=1 --", mk="x").status_code == 401


def test_passwords_and_tokens_are_not_in_the_database(centre: CentreProcess) -> None:
    visitor = centre.visitor()
    token = visitor.session.cookies["phien"]
    rows = repr(centre.rows("SELECT * FROM login")) + repr(centre.rows("SELECT * FROM account"))
    assert token not in rows and "mat khau" not in rows


def test_closing_an_account_ends_its_log_in(centre: CentreProcess) -> None:
    visitor = centre.visitor("viewer")
    assert visitor.get("/xem").status_code == 200
    row = centre.rows("SELECT account FROM account ORDER BY made_at DESC LIMIT 1")
    with psycopg.connect(centre.postgresql.url) as db:
        assert close_account(db, row[0][0], system_clock())
    assert visitor.get("/xem").status_code == 303


def test_logging_out_needs_the_form_of_this_log_in(centre: CentreProcess) -> None:
    visitor = centre.visitor("viewer")
    assert visitor.post("/xem/thoat", form="khac").status_code == 403
    assert visitor.get("/xem").status_code == 200
    assert visitor.post("/xem/thoat", form=visitor.form("/xem")).status_code == 303
    assert visitor.get("/xem").status_code == 303


def test_the_command_adds_people_and_says_the_password_once(centre: CentreProcess) -> None:
    code, out, _ = command(centre, "add-user", "lan.anh", "--name", "Lê Lan Anh", "--role", "checker")
    assert code == 0 and len(out.strip()) >= 12
    visitor = Visitor(centre.url, 901)
    assert visitor.post("/dang-nhap", ten="lan.anh", mk=out.strip()).status_code == 303
    assert command(centre, "add-user", "Sai Tên", "--name", "x")[0] == 2
    assert command(centre, "close-user", "lan.anh")[0] == 0
    assert command(centre, "close-user", "lan.anh")[0] == 2


def test_roles_see_their_own_pages_only(centre: CentreProcess) -> None:
    viewer, checker = centre.visitor("viewer"), centre.visitor("checker")
    assert [viewer.get(p).status_code for p in ("/xem", "/xem/cho-duyet", "/xem/nhat-ky")] == [200, 403, 403]
    assert [checker.get(p).status_code for p in ("/xem", "/xem/cho-duyet", "/xem/nhat-ky")] == [200, 200, 403]


def test_somebody_of_one_commune_sees_no_other(centre: CentreProcess, office: Desk) -> None:
    other = centre.new_unit()
    visitor = centre.visitor("checker", office.who.unit)
    assert f"/xem/xa/{office.who.unit}" in visitor.get("/xem").text
    assert f"/xem/xa/{other}" not in visitor.get("/xem").text
    assert visitor.get(f"/xem/xa/{other}").status_code == 404
    assert f"({other})" not in visitor.get("/xem/may").text


# ---- communes side by side ------------------------------------------------------------------------------------------


def cells(page: str, unit: str) -> list[str]:
    """The cells of a commune's row, as words."""
    row = next(r for r in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if f"/xem/xa/{unit}" in r)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]


def test_communes_stand_side_by_side_with_what_has_to_be_looked_at(centre: CentreProcess, office: Desk) -> None:
    make_late(centre, office, 2)
    with psycopg.connect(centre.postgresql.url) as db:
        db.execute(
            "UPDATE dossier SET apologies = 1, new_day = '2026-11-30' WHERE unit = %s AND dossier ="
            " (SELECT min(dossier) FROM dossier WHERE unit = %s AND due_at = '2026-11-10 16:30')",
            (office.who.unit, office.who.unit),
        )
    page = centre.visitor("viewer").get("/xem?tu=2026-11-01&den=2026-12-31").text
    found = cells(page, office.who.unit)
    assert found[1:5] == ["6", "2", "1", "50,0 %"]
    assert found[6:8] == ["2", "1"], "late, and late without an apology"
    assert "2026.11.1" in found[-1]
    silent = enrol_desk(centre.url, centre.code(centre.new_unit()))
    centre.rows("UPDATE station SET last_contact = now() - interval '2 days' WHERE unit = %s", silent.who.unit)
    page = centre.visitor("viewer").get("/xem").text
    assert cells(page, silent.who.unit)[-4:-2] == ["1", "0"] or "1" in cells(page, silent.who.unit)
    assert cells(page, silent.who.unit)[4] == "–", "no rate over nothing"


def test_a_commune_lists_what_is_late_without_an_apology_first(centre: CentreProcess, office: Desk) -> None:
    make_late(centre, office, 1)
    page = centre.visitor("viewer").get(f"/xem/xa/{office.who.unit}").text
    assert "H99.12.12-" in page and "10/11/2026" in page and "chưa có" in page
    assert "Quầy 1" in page
    dossier = centre.rows(
        "SELECT dossier FROM dossier WHERE unit = %s AND due_at = '2026-11-10 16:30'", office.who.unit
    )[0][0]
    office.book.append(
        ApologyMade(
            dossier,
            "a1",
            "4" * 20,
            "XL",
            1,
            "2026-11-14T08:00:00",
            "2026-11-10T16:30:00",
            "c",
            "vì",
            "2026-11-18",
            "U",
            "CT",
        )
    )
    office.push()
    assert "1, hẹn lại 18/11/2026" in centre.visitor("viewer").get(f"/xem/xa/{office.who.unit}").text


def test_no_page_for_the_people_above_names_a_citizen(centre: CentreProcess, office: Desk) -> None:
    visitor = centre.visitor()
    text = "".join(visitor.get(p).text for p in ("/xem", "/xem/may", f"/xem/xa/{office.who.unit}", "/xem/cho-duyet"))
    assert "Chim Hoàng Yến" not in text and "Thôn" not in text


def test_the_table_leaves_as_csv_and_as_workbook_with_live_sums(centre: CentreProcess, office: Desk) -> None:
    centre.rows("UPDATE unit SET profile = jsonb_set(profile, '{name}', '\"=cmd()\"') WHERE unit = %s", office.who.unit)
    visitor = centre.visitor("viewer")
    lines = visitor.get("/xem/xuat.csv?ky=nam").content.decode("utf-8-sig").splitlines()
    row = next(line for line in lines if line.startswith(f"{office.who.unit};"))
    assert row.split(";")[1] == "'=cmd()" and row.split(";")[2] == "6"
    with zipfile.ZipFile(io.BytesIO(visitor.get("/xem/xuat.xlsx?ky=nam").content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUM(C3:C" in sheet and "cmd" not in sheet
    assert ("export",) in centre.rows("SELECT what FROM audit WHERE what = 'export'")
    centre.rows(
        "UPDATE unit SET profile = jsonb_set(profile, '{name}', '\"xã Hòa Mẫu\"') WHERE unit = %s", office.who.unit
    )


# ---- decisions ------------------------------------------------------------------------------------------------------


def waiting_form(page: str, unit: str) -> dict[str, str]:
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="unit" value="{unit}"' in f)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_record_of_a_revoked_desk_is_accepted_with_a_reason_and_counts_from_then_on(
    centre: CentreProcess, office: Desk
) -> None:
    assert command(centre, "revoke", "--unit", office.who.unit, "--station", office.who.station)[0] == 0
    before = centre.rows("SELECT count(*) FROM dossier WHERE unit = %s", office.who.unit)[0][0]
    office.book.receive()
    office.push()
    assert centre.rows("SELECT count(*) FROM dossier WHERE unit = %s", office.who.unit)[0][0] == before
    visitor = centre.visitor("checker")
    for _ in range(6):
        form = waiting_form(visitor.get("/xem/cho-duyet").text, office.who.unit)
        del form["quyet"]
        assert visitor.post("/xem/cho-duyet", **form, quyet="accepted", ly_do="").status_code == 400
        assert (
            visitor.post("/xem/cho-duyet", **form, quyet="accepted", ly_do="máy còn dùng đến hết ngày").status_code
            == 303
        )
        assert visitor.post("/xem/cho-duyet", **form, quyet="rejected", ly_do="lần hai").status_code == 409
        if f'name="unit" value="{office.who.unit}"' not in visitor.get("/xem/cho-duyet").text:
            break
    assert centre.rows("SELECT count(*) FROM dossier WHERE unit = %s", office.who.unit)[0][0] == before + 1
    assert centre.hashes(office.who.unit) == [r.h for r in office.book.records]
    assert centre.rows("SELECT count(*) FROM receipt WHERE unit = %s", office.who.unit)[0][0] == before + 1
    pushed = office.push(after=0)
    assert not pushed.ack.res.refused  # type: ignore[union-attr]
    audit = centre.visitor("admin").get("/xem/nhat-ky").text
    assert "quarantine-accepted" in audit and "máy còn dùng đến hết ngày" in audit


def test_what_cannot_be_read_can_only_be_put_aside(centre: CentreProcess, office: Desk) -> None:
    office.book.append_body("dossier.settled", {"dossier": HOSTILE})
    office.push()
    visitor = centre.visitor("checker")
    page = visitor.get("/xem/cho-duyet").text
    assert "<script>alert" not in page and "\u202e" not in page and "&lt;script&gt;" in page
    form = waiting_form(page, office.who.unit)
    form.pop("quyet")
    assert visitor.post("/xem/cho-duyet", **form, quyet="accepted", ly_do="thử").status_code == 409
    assert visitor.post("/xem/cho-duyet", **(form | {"form": "x"}), quyet="rejected", ly_do="thử").status_code == 403
    assert visitor.post("/xem/cho-duyet", **form, quyet="rejected", ly_do=HOSTILE).status_code == 303
    row = centre.rows("SELECT decision, reason, raw IS NOT NULL FROM quarantine WHERE unit = %s", office.who.unit)[0]
    assert row == ("rejected", HOSTILE, True)
    assert centre.rows("SELECT count(*) FROM record")[0][0] > 0
    audit = centre.visitor("admin").get("/xem/nhat-ky").text
    assert "<script>" not in audit.split("</style>")[1] and "\u202e" not in audit


def test_an_incident_is_closed_with_what_was_done(centre: CentreProcess, office: Desk) -> None:
    twin = office.copy()
    office.work(len(office.book.records) + 4)
    office.push()
    twin.work(len(twin.book.records) + 8)
    twin.push()
    place = f"/xem/xa/{office.who.unit}"
    visitor = centre.visitor("checker")
    page = visitor.get(place).text
    if "Không có sự cố." in page:
        pytest.fail("two lines of one number should have been an incident")
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if "/xem/su-co" in f)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert visitor.post("/xem/su-co", **fields, ly_do="Đã cấp dòng mới cho máy thứ hai").status_code == 303
    assert "Không có sự cố." in visitor.get(place).text


# ---- for everybody --------------------------------------------------------------------------------------------------


def test_a_slip_tells_state_and_dates_and_nothing_else(centre: CentreProcess, office: Desk) -> None:
    slip = f"1{office.who.unit}2611250100017"
    slip += "0" * (20 - len(slip))
    slip_of(centre, office, slip)
    visitor = Visitor(centre.url, 910)
    page = visitor.get(f"/tra-cuu?ma={slip[:4]} {slip[4:8]}.{slip[8:]}").text
    assert "Đang giải quyết" in page or "Quá hạn trả kết quả" in page
    assert "Nơi nhận: xã Hòa Mẫu" in page and "Ngày nhận: 25/11/2026" in page
    for word in ("Chim Hoàng Yến", "H99.12", "2.000815", "Thôn"):
        assert word not in page
    assert visitor.get(f"/tra-cuu/{slip}").text.count("Ngày nhận") == 1
    centre.rows(
        "UPDATE dossier SET settled_at = '2026-11-26 09:00' WHERE unit = %s AND slip_code = %s", office.who.unit, slip
    )
    assert "mời đến nhận" in visitor.get(f"/tra-cuu/{slip}").text


@pytest.mark.parametrize("typed", ["1" * 20, "abc", "9" * 400, "%27%20OR%201=1--", "<b>x</b>", "%E2%80%AE1", "%00"])
def test_what_is_no_slip_looks_like_one_that_is_not_there(centre: CentreProcess, typed: str) -> None:
    page = Visitor(centre.url, 911).get(f"/tra-cuu?ma={typed}")
    assert page.status_code == 200
    body = page.text.split("</style>")[1]
    assert "<b>x" not in body and "\u202e" not in body
    if typed != "%00":
        assert "Không thấy giấy hẹn này." in body


def test_one_address_may_look_up_twenty_slips_a_minute(centre: CentreProcess) -> None:
    visitor, other = Visitor(centre.url, 920), Visitor(centre.url, 921)
    codes = [visitor.get(f"/tra-cuu?ma={n:020d}").status_code for n in range(24)]
    assert codes == [200] * 20 + [429] * 4
    assert visitor.get("/tra-cuu").status_code == 200, "the empty form is always there"
    assert other.get("/tra-cuu?ma=1").status_code == 200


def feedback(unit: str, **other: str) -> dict[str, str]:
    given = {
        "xa": unit,
        "ten": "Nguyễn Văn Ý",
        "dien_thoai": "0900 000 112",
        "dia_chi": "Thôn 4",
        "noi_dung": "Chờ quá lâu.",
    }
    return given | other


def test_feedback_from_the_public_page_waits_for_its_commune(centre: CentreProcess, office: Desk) -> None:
    unit, visitor = office.who.unit, Visitor(centre.url, 930)
    assert unit in visitor.get("/phan-anh").text
    answer = visitor.post("/phan-anh", **feedback(unit, noi_dung=HOSTILE))
    assert answer.status_code == 200 and "Đã nhận phản ánh" in answer.text
    kept = centre.rows("SELECT name, content, taken_at FROM public_feedback WHERE unit = %s", unit)
    assert kept == [("Nguyễn Văn Ý", HOSTILE, None)]
    page = centre.visitor("checker").get(f"/xem/xa/{unit}").text
    assert "1 phản ánh chờ" in page and "<script>" not in page.split("</style>")[1] and "\u202e" not in page
    assert "Nguyễn Văn Ý" not in page
    assert "script" not in centre.visitor("viewer").get(f"/xem/xa/{unit}").text
    assert "Nguyễn Văn Ý" not in centre.log.read_text()


def test_what_is_missing_is_said_and_what_was_written_stays(centre: CentreProcess, office: Desk) -> None:
    visitor = Visitor(centre.url, 931)
    answer = visitor.post("/phan-anh", **feedback(office.who.unit, dien_thoai=" "))
    assert answer.status_code == 400 and "Chờ quá lâu." in answer.text and "Thiếu" in answer.text
    assert visitor.post("/phan-anh", **feedback("00000")).status_code == 400
    assert centre.rows("SELECT 1 FROM public_feedback WHERE unit = %s", office.who.unit) == []


def test_a_robot_is_thanked_and_nothing_is_kept(centre: CentreProcess, office: Desk) -> None:
    answer = Visitor(centre.url, 932).post("/phan-anh", **feedback(office.who.unit, web="http://x"))
    assert answer.status_code == 200
    assert centre.rows("SELECT 1 FROM public_feedback WHERE unit = %s", office.who.unit) == []


def test_a_hundred_from_one_address_leave_five(centre: CentreProcess, office: Desk) -> None:
    visitor = Visitor(centre.url, 933)
    codes = [visitor.post("/phan-anh", **feedback(office.who.unit)).status_code for _ in range(100)]
    assert codes == [200] * 5 + [429] * 95
    assert centre.rows("SELECT count(*) FROM public_feedback WHERE unit = %s", office.who.unit) == [(5,)]


def test_a_megabyte_of_text_and_other_kinds_of_body_are_refused(centre: CentreProcess, office: Desk) -> None:
    visitor = Visitor(centre.url, 934)
    assert visitor.post("/phan-anh", **feedback(office.who.unit, noi_dung="ễ" * 1_000_000)).status_code == 413
    other = visitor.session.post(centre.url + "/phan-anh", json={"xa": office.who.unit}, timeout=5)
    assert other.status_code == 413
    assert visitor.post("/phan-anh", **feedback(office.who.unit, noi_dung="x" * 2001)).status_code == 400


def test_every_page_keeps_to_itself(centre: CentreProcess) -> None:
    visitor = centre.visitor()
    for path in (
        "/",
        "/tra-cuu",
        "/phan-anh",
        "/phan-anh/ket-qua",
        "/xem/phan-anh",
        "/xem/khao-sat",
        "/xem/khop-so",
        "/dang-nhap",
        "/xem",
        "/xem/may",
        "/xem/cho-duyet",
        "/xem/nhat-ky",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "<script" not in answer.text
    cookie = next(c for c in visitor.session.cookies if c.name == "phien")
    assert cookie.has_nonstandard_attr("HttpOnly") and cookie.get_nonstandard_attr("SameSite") == "strict"


def test_an_incident_told_by_a_desk_is_a_record_not_yet_a_question(centre: CentreProcess, office: Desk) -> None:
    """What desks tell of themselves stands in their records; the list of incidents is what the centre saw itself."""
    office.book.append(IncidentRaised("i-1", "TP-09", {"seq": 3}))
    office.push()
    assert "Không có sự cố." in centre.visitor("viewer").get(f"/xem/xa/{office.who.unit}").text
