"""receipt-check believes nothing: every export of ours passes, every forged one is caught where it was forged."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from desk_app.services import day_close
from desk_app.services.export import PURPOSE, export
from desk_app.services.receipt_undo import ReplaceReceipt, VoidReceipt, replace_receipt, void_receipt
from desk_app.services.second_person import confirm_later
from sync.checker.__main__ import main
from sync.checker.check import check_file
from sync.checker.quick import form_and_grant, other_items, place, plain_receipt
from sync.checker.signatures import EXPORT
from sync.checker.wrong import Wrong
from sync.protocol import sign
from tests.services.money_desk import LINE, MINH, SECOND, CashDesk, open_cash_desk
from tests.services.test_day_close import sheets

SEED, CENTRE = bytes(range(32)), bytes(range(1, 33))
KEY, CENTRE_KEY = sign.public_key(SEED), sign.public_key(CENTRE)
NAME = f"line-{LINE}.jsonl"
Records = list[dict[str, Any]]


def _sign(_line: int, purpose: str, body: bytes) -> str:
    return sign.sign(SEED, purpose, body)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A day at the desk: receipts, a replacement, a void, a closing that waits, its confirmation, an acknowledgement."""
    regimes = [{"mode": "self_printed", "from": "2026-11-26", "to": "2026-11-26"}]
    desk = open_cash_desk(tmp_path_factory.mktemp("desk"), public_key=KEY, profile={"receipt_regimes": regimes})
    receipts = [
        desk.take(amount, method) for amount, method in ((15_000, "cash"), (28_000, "transfer"), (8_000, "cash"))
    ]
    desk.call(replace_receipt, ReplaceReceipt("u1", receipts[0].receipt, "payer", second=SECOND))
    done = desk.call(day_close.close, day_close.CloseDay("z1", date(2026, 11, 25), sheets(23_500), "change"))
    CashDesk(desk.desk.signed_in(MINH), desk.clock).call(confirm_later, "c1", done.closing)
    desk.goto("2026-11-26T08:00")
    old = desk.take(20_000)
    desk.call(void_receipt, VoidReceipt("u2", old.receipt, "misprint", 2, second=SECOND))
    desk.take(3_000)
    _acknowledge(desk, 12)
    data = desk.desk.store.call(
        lambda: export(replace(desk.desk, officer=MINH), sign=_sign, centre_key=CENTRE_KEY)
    ).data
    desk.tampered = True  # its answers of the centre are of a centre of our own, whose key is given below
    desk.close()
    return data


def _acknowledge(desk: CashDesk, mark: int) -> None:
    head = desk.query(lambda tx: tx.row("SELECT h FROM record WHERE line = ? AND seq = ?", (LINE, mark))[0])
    raw = sign.sign_answer(CENTRE, {"ok": "desk-sync/1", "batch": "aa", "gen": 1, "mark": mark, "mark_head": head})

    def job() -> None:
        with desk.desk.store.write("", "sync") as tx:
            tx.execute("INSERT INTO ack VALUES (?, ?, ?, ?, ?)", (LINE, mark, "aa", raw, "now"))

    desk.desk.store.call(job)


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return {name: box.read(name) for name in box.namelist()}


def pack(file: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w") as box:
        for name, data in members.items():
            box.writestr(name, data)
    return file


def records_of(members: dict[str, bytes]) -> Records:
    return [json.loads(raw) for raw in members[NAME].splitlines()]


def dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def reseal(members: dict[str, bytes], records: Records, *, renumber: bool = True) -> dict[str, bytes]:
    """A forger who knows the form: chain and manifest made anew, without the keys of desk and centre."""
    head, lines = "0" * 64, []
    for seq, record in enumerate(records, 1):
        record["prev"] = head
        record["seq"] = seq if renumber else record["seq"]
        if record["kind"] == "day.closed" and renumber:
            record["body"]["head"], record["body"]["through_seq"] = head, seq - 1
        raw = dump(record)
        head = sha256(raw).hexdigest()
        lines.append(raw)
    manifest = json.loads(members["manifest.json"])
    manifest["lines"][0] |= {"last": len(lines), "head": head, "marks": []}
    return {NAME: b"\n".join(lines) + b"\n", "manifest.json": dump(manifest)}


def body(records: Records, kind: str, nth: int = 0) -> dict[str, Any]:
    return [r["body"] for r in records if r["kind"] == kind][nth]  # type: ignore[no-any-return]


def index(records: Records, kind: str, nth: int = 0) -> int:
    return [i for i, r in enumerate(records) if r["kind"] == kind][nth]


def test_the_published_purpose_is_the_one_that_is_signed() -> None:
    assert EXPORT == PURPOSE


def test_an_export_of_ours_is_whole(honest: bytes, tmp_path: Path) -> None:
    found = check_file(pack(tmp_path / "a.zip", unpack(honest)))
    assert (found.receipts, found.sum_vnd, found.replaced, found.voided, found.closings) == (6, 54_000, 1, 1, 1)
    assert (found.acked, found.desk_signed) == (12, True)


def test_a_forger_who_changes_nothing_passes_without_the_desks_signature(honest: bytes, tmp_path: Path) -> None:
    members = unpack(honest)
    found = check_file(pack(tmp_path / "a.zip", reseal(members, records_of(members))))
    assert not found.desk_signed


def test_the_short_way_takes_every_plain_receipt_and_sees_what_json_says(honest: bytes) -> None:
    taken = 0
    for raw in unpack(honest)[NAME].splitlines():
        found, slow = plain_receipt(raw), json.loads(raw)
        assert (found is not None) == (slow["kind"] == "receipt.issued" and b"\\" not in raw)
        if found is None:
            continue
        taken += 1
        (
            given, when, amount, quantity, unit_vnd, others, method, number, id, series_id, running, symbol, total,
            training, line, prev, seq, where,
        ) = found.groups()  # fmt: skip
        body = slow["body"]
        of_form, at = form_and_grant(given), place(where)
        assert of_form is not None
        assert at is not None
        assert [text.decode() for text in of_form.groups()] == [body["form"], body["grant"]]
        assert [text.decode() for text in at.groups()] == [slow["station"], str(slow["tz"]), slow["unit"]]
        numbers = [(int(amount), int(quantity), int(unit_vnd)), *(tuple(map(int, o)) for o in other_items(others))]
        assert numbers == [(item["amount_vnd"], item["quantity"], item["unit_vnd"]) for item in body["items"]]
        texts = [when, method, id, symbol, prev, training]
        told = [body[key] for key in ("issued_at", "method", "receipt", "symbol")] + [slow["prev"], "false"]
        assert [text.decode() for text in texts] == told
        figures = [number, series_id, running, total, line, seq]
        told = [body[key] for key in ("number", "series_id", "series_total_vnd", "total_vnd")] + [
            slow["line"],
            slow["seq"],
        ]
        assert [int(figure) for figure in figures] == told
    assert taken == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"total_vnd":', b'"total_vnd":0'), (b'"number":', b'"number": '), (b'"method":"cash"', b'"method":"coin"'),
     (b'"training":false', b'"training":false,"x":1'), (b'{"actor"', b' {"actor"'), (b'"tz":420', b'"tz":42e1')],
)  # fmt: skip
def test_the_short_way_takes_nothing_that_is_not_canonical(honest: bytes, old: bytes, new: bytes) -> None:
    for raw in unpack(honest)[NAME].splitlines():
        if plain_receipt(raw) is not None and old in raw:
            assert plain_receipt(raw.replace(old, new)) is None


def test_bare_records_are_checked_too(honest: bytes, tmp_path: Path) -> None:
    file = tmp_path / "line.jsonl"
    file.write_bytes(unpack(honest)[NAME])
    assert check_file(file).receipts == 6


# ---- forged by somebody who knows the form and makes the chain anew --------------------------------------------------


def _drop(kind: str, nth: int = 0) -> Callable[[Records], None]:
    def change(records: Records) -> None:
        del records[index(records, kind, nth)]

    return change


def _set(kind: str, key: str, value: Any, nth: int = 0) -> Callable[[Records], None]:
    def change(records: Records) -> None:
        body(records, kind, nth)[key] = value

    return change


def _cheaper(records: Records) -> None:
    receipt = body(records, "receipt.issued", 1)
    receipt["total_vnd"] = receipt["items"][0]["amount_vnd"] = 8_000


def _beyond_the_tariff(records: Records) -> None:
    receipt = body(records, "receipt.issued", 2)
    receipt["items"][0]["amount_vnd"] = receipt["total_vnd"] = 80_000
    receipt["series_total_vnd"] += 72_000


def _twice(records: Records) -> None:
    at = index(records, "receipt.issued", 2)
    records.insert(at + 1, json.loads(dump(records[at])))


def _swap(records: Records) -> None:
    a, b = index(records, "receipt.issued", 0), index(records, "receipt.issued", 1)
    records[a], records[b] = records[b], records[a]


def _counted(records: Records) -> None:
    closing = body(records, "day.closed")
    closing["counted_vnd"] = 22_500


def _cash_hidden(records: Records) -> None:
    closing = body(records, "day.closed")
    closing["cash_vnd"] -= 500
    closing["difference_vnd"] += 500


def _close_again(records: Records) -> None:
    at = index(records, "day.closed")
    records.insert(at + 1, json.loads(dump(records[at])))


def _same_person(records: Records) -> None:
    record = records[index(records, "receipt.replaced")]
    record["body"]["second"] = record["actor"]


def _confirm_oneself(records: Records) -> None:
    record = records[index(records, "second.confirmed")]
    record["actor"] = record["body"]["officer"] = "cb-hanh"


def _void_twice(records: Records) -> None:
    at = index(records, "receipt.voided")
    again = json.loads(dump(records[at]))
    again["body"]["number"] += 1
    records.insert(at + 1, again)


def _replace_a_void(records: Records) -> None:
    body(records, "receipt.replaced")["receipt"] = body(records, "receipt.issued", 4)["receipt"]


def _series_sum(records: Records) -> None:
    body(records, "day.closed")["series"][0]["sum_vnd"] += 1_000


def _overlap(records: Records) -> None:
    body(records, "grant.accepted", 1)["first"] = 3


def _training(records: Records) -> None:
    body(records, "receipt.issued", 0)["training"] = True


def _fraction(records: Records) -> None:
    body(records, "receipt.issued", 0)["total_vnd"] = 15_000.0


def _word(records: Records) -> None:
    body(records, "receipt.issued", 0)["number"] = "1"


RESEALED: dict[str, tuple[Callable[[Records], None], str]] = {
    "a receipt removed": (_drop("receipt.issued", 1), "bị bỏ số"),
    "a receipt removed before the void": (_drop("receipt.issued", 4), "không có biên lai được nêu"),
    "a receipt written twice": (_twice, "bị trùng số"),
    "two receipts swapped": (_swap, "bị bỏ số"),
    "less money on one receipt": (_cheaper, "lũy kế ghi"),
    "total that is no sum": (_set("receipt.issued", "total_vnd", 14_000), "tổng các khoản là 15000"),
    "more than the tariff": (_beyond_the_tariff, "cao hơn số lượng × mức thu"),
    "a number skipped": (_set("receipt.issued", "number", 4, 1), "bị bỏ số: phải là số 2"),
    "a number outside the range": (_set("grant.accepted", "last", 1), "ngoài dải đã cấp"),
    "another series": (_set("receipt.issued", "symbol", "26TAB", 1), "ký hiệu biên lai không đúng"),
    "a range given twice": (_overlap, "cấp trùng"),
    "a range nobody gave": (_set("receipt.issued", "grant", "x", 1), "không được cấp"),
    "running total restarted": (_set("receipt.issued", "series_total_vnd", 28_000, 1), "lũy kế ghi 28000"),
    "cash turned into a transfer": (_set("receipt.issued", "method", "transfer", 2), "tiền mặt theo sổ"),
    "a real receipt called training": (_training, "tập huấn"),
    "a fraction of a đồng": (_fraction, "số lẻ"),
    "a number that is a word": (_word, "không phải số nguyên"),
    "the replacement removed": (_drop("receipt.issued", 3), "không đi liền"),
    "the replacing removed": (_drop("receipt.replaced"), "tiền mặt theo sổ"),
    "money back that was not owed": (_set("receipt.replaced", "refund_vnd", 500), "không khớp"),
    "the void removed": (_drop("receipt.voided"), ""),
    "a void twice": (_void_twice, "đã được xóa bỏ hoặc thay thế"),
    "less money back than was taken": (_set("receipt.voided", "refund_vnd", 19_000), "trả lại 19000"),
    "a paper receipt replaced": (_replace_a_void, "không có biên lai được nêu"),
    "the closing removed": (_drop("day.closed"), "không chờ xác nhận"),
    "the closing twice": (_close_again, "khóa sổ hai lần"),
    "cash hidden at the closing": (_cash_hidden, "tiền mặt theo sổ"),
    "a count that is no count": (_counted, "tiền đếm được"),
    "a difference without reason": (_set("day.closed", "reason", ""), "không có lý do"),
    "numbers of the closing": (_series_sum, "ghi sai số biên lai"),
    "one person instead of two": (_same_person, "là một"),
    "one's own confirmation": (_confirm_oneself, "là một"),
}


@pytest.mark.parametrize("name", [name for name, (_, why) in RESEALED.items() if why])
def test_a_resealed_forgery_is_caught_by_the_rules(name: str, honest: bytes, tmp_path: Path) -> None:
    members = unpack(honest)
    records = records_of(members)
    change, why = RESEALED[name]
    change(records)
    with pytest.raises(Wrong) as caught:
        check_file(pack(tmp_path / "a.zip", reseal(members, records)))
    assert why in str(caught.value)
    assert caught.value.seq


@pytest.mark.parametrize("name", RESEALED)
def test_any_resealed_forgery_lacks_the_desks_signature(name: str, honest: bytes, tmp_path: Path) -> None:
    members = unpack(honest)
    records = records_of(members)
    RESEALED[name][0](records)
    forged = reseal(members, records) | {"manifest.sig": members["manifest.sig"]}
    with pytest.raises(Wrong):
        check_file(pack(tmp_path / "a.zip", forged))


# ---- forged bytes ---------------------------------------------------------------------------------------------------


def test_any_one_byte_changed_is_caught_and_its_record_named(honest: bytes, tmp_path: Path) -> None:
    members = unpack(honest)
    whole = members[NAME]
    ends = [i for i, b in enumerate(whole) if b == 10]
    rng = random.Random(7)
    for at in rng.sample(range(len(whole) - 1), 150):
        changed = bytes([whole[at] ^ 1 << rng.randrange(7)])
        if changed == whole[at : at + 1]:
            continue
        touched = members | {NAME: whole[:at] + changed + whole[at + 1 :]}
        with pytest.raises(Wrong) as caught:
            check_file(pack(tmp_path / "a.zip", touched))
        seq = next(n for n, end in enumerate(ends, 1) if at <= end)
        assert caught.value.seq in (0, seq - 1, seq, seq + 1)
        assert abs(caught.value.byte - at) < 5_000


def test_the_place_is_named_in_words(honest: bytes, tmp_path: Path) -> None:
    members = unpack(honest)
    records = members[NAME].splitlines()
    at = next(i for i, raw in enumerate(records) if b'"receipt.issued"' in raw)
    touched = members[NAME].replace(b'"number":1,', b'"number":7,', 1) if b'"number":1,' in records[at] else b""
    with pytest.raises(Wrong) as caught:
        check_file(pack(tmp_path / "a.zip", members | {NAME: touched}))
    start = sum(len(raw) + 1 for raw in records[:at])
    assert caught.value.seq == at + 1
    assert touched[caught.value.byte : caught.value.byte + 1] == b"7"
    assert caught.value.byte == start + records[at].index(b'"number":1,') + 9
    assert str(caught.value).startswith(f"Tệp {NAME}, mục số {at + 1}, byte {caught.value.byte}: ")


def _cut(members: dict[str, bytes]) -> dict[str, bytes]:
    return members | {NAME: b"\n".join(members[NAME].splitlines()[:-2]) + b"\n"}


def _ack_of_another(members: dict[str, bytes]) -> dict[str, bytes]:
    name = f"acks-{LINE}.jsonl"
    answer = json.loads(members[name])
    del answer["sig"]
    return members | {name: sign.sign_answer(SEED, answer) + b"\n"}


def _tail_cut_before_the_ack(members: dict[str, bytes]) -> dict[str, bytes]:
    """Everything made anew without its tail, but the centre's own acknowledgement is there."""
    name = f"acks-{LINE}.jsonl"
    return reseal(members, records_of(members)[:11]) | {name: members[name]}


def _history_changed_before_the_ack(members: dict[str, bytes]) -> dict[str, bytes]:
    name = f"acks-{LINE}.jsonl"
    records = records_of(members)
    records[3]["at"] = "2026-11-25T01:30:00.000Z"
    forged = reseal(members, records)
    manifest = json.loads(forged["manifest.json"])
    manifest["lines"][0]["marks"] = [12]
    return forged | {name: members[name], "manifest.json": dump(manifest)}


def _key_twice(members: dict[str, bytes]) -> dict[str, bytes]:
    return members | {NAME: members[NAME].replace(b'"total_vnd":3000', b'"total_vnd":3000,"total_vnd":3000', 1)}


FORGED: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = {
    "the tail cut off": (_cut, "cắt hoặc thêm ở cuối"),
    "a record added": (lambda m: m | {NAME: m[NAME] + m[NAME].splitlines()[-1] + b"\n"}, "lặp hoặc đảo"),
    "the last record cut": (lambda m: m | {NAME: m[NAME][:-20]}, "bị cắt"),
    "another's signature": (
        lambda m: m | {"manifest.sig": sign.sign(CENTRE, PURPOSE, m["manifest.json"]).encode()},
        "chữ ký",
    ),
    "another's acknowledgement": (_ack_of_another, "không do máy chủ cấp trên ký"),
    "less than the centre holds": (_tail_cut_before_the_ack, "sổ chỉ có 11 mục"),
    "history before the acknowledgement": (_history_changed_before_the_ack, "máy chủ cấp trên đang giữ"),
    "a field twice": (_key_twice, "ghi hai lần"),
    "no records": (lambda m: {k: v for k, v in m.items() if k != NAME}, "thiếu tệp"),
    "no manifest": (lambda m: {k: v for k, v in m.items() if k != "manifest.json"}, "thiếu tệp"),
    "a strange file": (lambda m: m | {"readme.txt": b"x"}, "tệp lạ"),
    "letters that are none": (lambda m: m | {NAME: m[NAME].replace("xã".encode(), b"\xff\xff\xff", 1)}, "UTF-8"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_is_caught(name: str, honest: bytes, tmp_path: Path) -> None:
    change, why = FORGED[name]
    with pytest.raises(Wrong, match=why):
        check_file(pack(tmp_path / "a.zip", change(unpack(honest))))


def test_a_pinned_centre_key_is_believed_before_the_one_in_the_file(honest: bytes, tmp_path: Path) -> None:
    file = pack(tmp_path / "a.zip", unpack(honest))
    assert check_file(file, CENTRE_KEY).acked == 12
    with pytest.raises(Wrong, match="không do máy chủ cấp trên ký"):
        check_file(file, KEY)


def test_the_command_says_it_in_one_line(honest: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = pack(tmp_path / "tốt.zip", unpack(honest)), tmp_path / "hỏng.zip"
    bad.write_bytes(honest[: len(honest) // 2])
    assert main([str(good)]) == 0
    assert main([str(good), str(bad), str(tmp_path / "none.zip")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("tốt.zip: ĐẠT. ")
    assert "6 biên lai, 54.000 đồng; thay thế 1, xóa bỏ 1, khóa sổ 1 lần" in said[0]
    assert said[2].startswith("hỏng.zip: KHÔNG ĐẠT. ")
    assert "không đọc được" in said[3]
