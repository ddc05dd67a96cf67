"""One fixed value of every record kind and message. The files beside it are their bytes, and are never edited."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from sync.protocol import catalogue_facts as c
from sync.protocol import daymatch as dm
from sync.protocol import dossier_facts as d
from sync.protocol import facts as f
from sync.protocol import feedback_facts as fb
from sync.protocol import messages as m
from sync.protocol import money_facts as mf
from sync.protocol import parcels as pc
from sync.protocol import sync_facts as y
from sync.protocol import voice_facts as v
from sync.protocol.codec import to_body
from sync.protocol.envelope import GENESIS, Envelope, Record, seal
from sync.protocol.subject import SubjectRef

FOLDER = Path(__file__).parent / "samples"

UNIT, STATION, LINE = "99012", "7f0c1d2e-3a4b-4c5d-8e6f-001122334455", 1_000_001
WHO = SubjectRef("01a21201-29d8-77a4-8b10-c6046237656b", "5a" * 32)
GRANT = "0d6e2f0a-9d0a-4a53-a4a5-2f1c7d1f3b11"
MARKS = (f.DocumentMark("ban-chinh", "ok", originals=1), f.DocumentMark("giay-chung-sinh", "bad", 1))
ITEM = f.ReceiptItem("chung-thuc", "fee", "Phí chứng thực bản sao từ bản chính", "226/2016/TT-BTC", 3, 2000, 6000)
BASIS = fb.CitedBasis("decree", "20/2008/NĐ-CP", "9", "1", "d", issuer="Chính phủ", dated="2008-02-14")

FACTS: tuple[f.Fact, ...] = (
    f.LineOpened("main", 1, "ab" * 32, "enrolled"),
    f.UnitProfiled({"code": UNIT, "name": "xã Hòa Mẫu", "tariffs": {"chung-thuc": 2000}}),
    f.GrantAccepted(GRANT, "receipt", "EBL01", "26TAA", 1, 1, 10_000, "all"),
    f.OfficerRegistered("cb-hanh", "Nguyễn Thị Hạnh", ("reception",)),
    f.GuidanceGiven(
        "g-1", "29901201000000010000", "HDHS", 1, "2026-11-25T10:40:00", "1.001193", "khai-sinh", "2026.11.1",
        {"married": True, "children": 2, "place": "home"}, MARKS, WHO, grant=GRANT,
    ),
    f.DossierReceived(
        "d-1", "H99.12.12-261125-0001", "19901201000000010000", "TNHS", 1, "01", 1, "2.000815", "ban-sao", "2026.11.1",
        {"copies": 3}, MARKS, WHO, None, "2026-11-25T10:41:00", 1, "day", "2026-11-26T17:00:00", "2026.1", 6000,
        grants=(GRANT,),
    ),
    f.DossierSettled("d-1", "2026-11-25T10:50:00", "granted", certification_book="01", certification_no=7),
    f.ResultReturned("d-1", "2026-11-25T10:55:00", "authorised", WHO, ("slip_scanned", "signed")),
    f.ReceiptIssued(
        "r-1", "EBL01", "26TAA", 1, 1, ("d-1",), WHO, (ITEM,), 6000, "cash", "2026-11-25T10:42:00", 6000, GRANT
    ),
    f.PaperMade("p-1", "receipt", "r-1", "cd" * 32, 23_800),
    f.PaperPrinted("p-1", 1, "rách"),
    f.IncidentRaised("i-1", "DB-08", {"seq": 12, "mark": 9}),
    f.SubjectErased(WHO.id, "91/2025/QH15"),
    d.HandoverListed("b-1", "2026-11-25T16:30:00", "Phòng Tư pháp – Hộ tịch", ("d-1",), "Trần Văn Minh"),
    d.DossierHandedOver("d-1", "2026-11-25T16:30:00", "Phòng Tư pháp – Hộ tịch", "b-1", "Trần Văn Minh"),
    d.DossierTakenOver("d-1", "2026-11-25T16:35:00", "Trần Văn Minh"),
    d.SupplementRequested(
        "d-1", "s-1", "39901226112601000105", "HDHS", 94, "2026-11-26T09:00:00", ("Bản chính: chưa ký.",),
        "Khoản 2 Điều 9 Nghị định 123/2015/NĐ-CP", 2, "Phát sinh khi thẩm tra", "2026-12-26", GRANT,
    ),
    d.SupplementCompleted("d-1", "2026-11-27T09:00:00", "2026-12-01T17:00:00", "2026.1"),
    d.PaymentRequested("d-1", "2026-11-27T09:10:00", "Thuế trước bạ"),
    d.PaymentFulfilled("d-1", "2026-11-27T15:00:00", "0001234", "2026-12-02T17:00:00", "2026.1"),
    d.DossierRefused(
        "t-1", "89901226112601000109", "HDHS", 97, "2026-11-26T10:00:00", "1.001193", "khai-sinh", "2026.11.1", WHO,
        "Không thuộc thẩm quyền: Điều 13 Luật Hộ tịch", "UBND xã Tân Mẫu", GRANT,
    ),
    d.WithdrawalAsked("d-1", "2026-11-28T08:00:00", "Đã có giấy cũ"),
    d.WithdrawalDeclined("d-1", "2026-11-28T09:00:00", "Kết quả đã ký", 4),
    d.DossierStopped(
        "d-1", "n-1", "TB-UBND", 3, "2026-11-28T09:30:00", "Căn cứ đề nghị dừng của người nộp", "đang xử lý",
        "đã nộp 6.000 đồng", ("Bản chính",), False, "CHỦ TỊCH", "Lê Văn An", GRANT,
    ),
    d.ApologyMade(
        "d-1", "x-1", "79901226112601000102", "PXL-UBND", 2, "2026-11-26T09:00:00", "2026-11-26T17:00:00", "verify",
        "Cơ quan phối hợp chưa trả lời xác minh", "2026-12-01", "UBND xã Hòa Mẫu", "CHỦ TỊCH", "Lê Văn An", 1, GRANT,
    ),
    d.DossierCorrected(
        "d-1", "c-1", "2026-11-25T10:50:00", "", ("applicant",), "TNHS", 1, "19901201000000010000", "TNHS", 2,
        "2.000815", "ban-sao", "2026.11.1", {"copies": 3}, MARKS, WHO, None, 1, "day", "2026-11-26T17:00:00",
        "2026.1", 6000, grant=GRANT,
    ),
    d.DossierTakenBack("d-1", "2026-11-29T08:00:00", "return", 9, "Trả nhầm người"),
    d.DueMoved("d-1", "2026-11-29T08:10:00", "2026-12-01T17:00:00", "2026-12-02T17:00:00", "2026.2"),
    mf.ReceiptErrorNoted("n-1", "r-1", "TBSS", 1, "2026-11-25T11:00:00", "name", WHO, "cb-minh", GRANT),
    mf.ReceiptReplaced("u-1", "r-1", "r-2", "2026-11-25T11:05:00", "amount", 2000, 0, WHO, "cb-minh"),
    mf.ReceiptVoided("u-2", "r-3", "BBXB", 1, "2026-11-25T11:10:00", "misprint", 2, 6000, None, "", GRANT),
    mf.ReceiptEntered("r-3", "2026-11-25T08:00:00", "2026-11-25T11:00:00", "mất điện"),
    mf.ReceiptSigned("r-1", "2026-11-25T10:42:03", "UBND xã Hòa Mẫu", "ef" * 32, "ab" * 32, 41_000, "ba" * 32, "c0ffee"),
    mf.TransferSeen("r-1", "FT26329123456", "2026-11-25T10:41:40"),
    mf.DayClosed(
        "z-1", "2026-11-25", "1", 1, "2026-11-25T16:50:00", (0, 0, 0, 0, 0, 0, 0, 2, 0, 1), 4500, 4000, 0, 0, 0, 500,
        (mf.SeriesClosed("EBL01", "26TAA", 1, 1, 2, 2, 10_000, (1,), 10_000),), (mf.SumOf("cb-hanh", 4000, 0),),
        (mf.SumOf("Phí chứng thực", 4000, 0),), 18, "aa" * 32, 0, 2, "unknown", None, True, "cb-minh",
    ),
    mf.SecondConfirmed("u-2", "2026-11-26T08:00:00", "cb-minh"),
    mf.TaxDataMade("t-1", "2026-11-25", "2026-11-25T16:55:00", ("r-1", "u-1", "r-2"), "cd" * 32),
    mf.RemittanceMade("m-1", "2026-11", "2026-12-04T09:00:00", 4000, 4000, 0, "3713.0.9059001"),
    c.PosterPosted("po-1", "procedure", "chung_thuc.ban_sao", "2026.1-0a1b2c3d", "ab" * 32, "2026-11-25T11:20:00",
                   "99901226112500010000"),
    c.CatalogueActivated("2026.2-0a1b2c3d", 7, "cd" * 32, "ef" * 32, "2026-11-25T11:21:00"),
    c.CatalogueKeyNamed("ef" * 32, "2026-11-25T11:20:00"),
    c.CatalogueMistakeReported(
        "e-1", "ho_tich.khai_sinh", "ho_tich.khai_sinh@2025", "2026.2-0a1b2c3d", "Giấy tờ", "Mẫu tờ khai đã đổi tên.",
        "2026-11-25T11:30:00",
    ),
    y.DayMatched(
        "m-1", "2026-11-25", "2026-11-25T10:05:00.000Z", True, 1576, 212, 3_412_000, 0, "ef" * 32,
        (y.LineMark(LINE, 1576, "aa" * 32),),
    ),
    y.ScanAttached("d-1", "to_khai", "Tờ khai", "cd" * 32, 310_000, "image/jpeg", "2026-11-25T10:31:00"),
    y.OnlineAccepted("o-1", "d-1", "2026-11-25T10:30:00"),
    fb.FeedbackReceived(
        "p-1", "PAKN-2026-0047", "49901226112601004700", "PTN-PAKN", 47, "direct", WHO, WHO, True,
        "2026-11-25T09:02:00", "2026-12-02", "2026-12-16", "2026.1", "d-1", "2.000815", ("cb-dung",),
        (fb.ScanKept("cd" * 32, 310_000, "image/jpeg"),), 2, True, GRANT,
    ),
    fb.FeedbackClassified("p-1", "conduct", "2026-11-25T09:02:00"),
    fb.FeedbackAssigned("p-1", "cb-minh", "2026-11-25T09:02:00"),
    fb.FeedbackTransferred("p-1", "PC-UBND", 12, "Sở Tư pháp", (BASIS,), "2026-11-26T08:00:00", GRANT, "TB-UBND", 13),
    fb.FeedbackExtended("p-1", "2027-01-07", "Cần xác minh thêm", "2026-12-10T08:00:00"),
    fb.FeedbackAnswered("p-1", "partly", (BASIS,), WHO, "2026-12-10T09:00:00", "UBND-PAKN", 3, GRANT, at_fault=True),
    fb.FeedbackRefused("p-1", "Không thuộc phạm vi", "Tòa án nhân dân", "2026-11-26T09:00:00", (BASIS,)),
    fb.FeedbackPublished("p-1", ("board",), WHO, "2026-12-11T08:00:00"),
    fb.FeedbackKeptAsInformation("p-2", "box", WHO, None, ("name", "phone"), "2026-11-25T09:10:00"),
    fb.FeedbackReferred("p-3", "complaint", "UBND xã Hòa Mẫu", "2026-11-25"),
    v.FeedbackTakenIn("8c1e0a52-0f6d-4a70-9b0e-6f2d33c1a001", "received", "p-1", "2026-11-24T20:15:00",
                      "2026-11-25T09:02:00"),
    v.FeedbackLinked("p-4", "p-1", "2026-11-25T09:05:00"),
    v.FeedbackNotified("p-1", "extended", "TB-UBND", 14, "2026-12-10T08:00:00", GRANT),
    v.SenderViewed("p-1", "2026-11-25T14:20:00"),
    v.ConductApologyWritten("cx-1", "PXL-UBND", 3, WHO, WHO, "2026-12-10T10:00:00", "p-1", "d-1", "2026-12-15", GRANT),
    fb.SurveyReleased("counter/1", "2026-11-25", 4, {"overall": 4, "trips": "more"}, "ho_tich", on_paper=True),
)  # fmt: skip

GRANTS = (m.Grant(GRANT, "receipt", "EBL01", "26TAA", 1, 1, 10_000, "all"),)
DAY = dm.DayLine(LINE, 1, 120, "aa" * 32, ("1" * 16, "2" * 16), (dm.KindSum("receipt.issued", 12, 6000),))
MESSAGES: dict[str, object] = {
    "enrol-request": m.EnrolRequest((1,), "26.1.0", 1, "ABCDE-12345", "ab" * 32, "0f" * 16, {"system": "Windows 11"}),
    "enrol-answer": m.EnrolAnswer(
        m.SYNC, "ee" * 32, UNIT, {"code": UNIT, "name": "xã Hòa Mẫu"}, STATION, 1, 1, "cc" * 32,
        (m.LineGrant(LINE, "main", GRANTS, "enrolled"),), "2026-11-25T03:40:22.123Z",
    ),
    "session-request": m.SessionRequest(
        (1,), "26.1.0", 1, UNIT, STATION, LINE, 12, "aa" * 32, 1, "0f" * 16, "1f" * 16, "bb" * 32,
        (m.Witness(LINE, 12, 3, "aaaaaaaa"),), "2026-11-25T03:40:22.000Z",
    ),
    "session-answer": m.SessionAnswer(
        m.SYNC, "ee" * 32, 1, 9, "dd" * 32, "2026-11-25T03:40:22.123Z", 1, 1, 1 << 20,
        m.LineGrant(LINE + 1, "main", GRANTS, "clone", LINE),
    ),
    "push-header": m.PushHeader(m.SYNC, UNIT, STATION, LINE, 1, 1, 12, GENESIS, "aa" * 32, 2, True),
    "push-ack": m.PushAck(
        m.SYNC, "ee" * 32, 1, 12, "aa" * 32,
        m.Result(10, 1, (m.RefusedRecord(4, "not-a-fact", "receipt.issued.total_vnd: missing"),), (), (WHO.id,)),
    ),
    "day-request": dm.DayRequest(m.SYNC, UNIT, STATION, LINE, "m-1", "2026-11-25", "2026-11-25T10:00:00.000Z", (DAY,)),
    "day-answer": dm.DayAnswer(
        m.SYNC, "ee" * 32, "m-1", "2026-11-25", False, (DAY,),
        (dm.Difference(LINE, dm.SUM, 1, 120, "receipt.issued", 6000, 5000),), "2026-11-25T10:05:00.000Z",
    ),
    "parcel-request": pc.ParcelRequest(
        m.SYNC, UNIT, STATION, LINE, {"commune": 2026112501, "national": 7}, "ab" * 32, 196_608
    ),
    "parcel-answer": pc.ParcelAnswer(
        m.SYNC, "ee" * 32, "2026-11-25T10:05:00.000Z",
        (pc.ParcelOffer("national", 8, "2026.2-0a1b2c3d", "ab" * 32, 691_088, 98_304),), keys={"national": "ef" * 32},
    ),
    "refusal": m.Refusal(m.SYNC, "ee" * 32, "gap", mark=9, gen=1),
}  # fmt: skip


def records() -> list[Record]:
    """Each fact sealed by itself and numbered by its kind, so that a new kind or field leaves the other samples alone."""
    done: list[Record] = []
    for fact in FACTS:
        n = 2 + crc32(fact.KIND.encode()) % 58
        seq, prev = (1, GENESIS) if fact.KIND == "line.opened" else (n, "5e" * 32)
        id = f"01a21206-dc44-725e-844f-{n:012x}"
        at = f"2026-11-25T03:40:{n:02d}.123Z"
        envelope = Envelope(UNIT, STATION, LINE, seq, id, fact.KIND, fact.V, at, 420, "cb-hanh", prev, to_body(fact))
        done.append(seal(envelope))
    return done


def as_bytes() -> dict[str, bytes]:
    """Every sample by file name."""
    found = {f"record.{r.envelope.kind}.json": r.raw for r in records()}
    found |= {f"message.{name}.json": m.encode(message) for name, message in MESSAGES.items()}
    return found


if __name__ == "__main__":
    for name, data in as_bytes().items():
        if not (FOLDER / name).exists():
            (FOLDER / name).write_bytes(data)
