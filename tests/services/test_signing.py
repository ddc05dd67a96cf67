"""The digital signature: the book first, then the signature, then never another one; and what happens without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from desk_app.domain.errors import Failed, Refused
from desk_app.services import day_close, papers, signing, today
from desk_app.storage.queries import cash, receipts
from desk_app.storage.transaction import ReadTx
from desk_app.system.signing import PdfSigner, certificate_of, verifies
from desk_app.wiring import views
from sync.desk.runner import SyncStatus
from sync.protocol.envelope import Record
from tests.documents.reading import text_of
from tests.services.certificates import OFFICE, PIN, office_key
from tests.services.money_desk import CashDesk, open_cash_desk

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


@dataclass
class Office:
    desk: CashDesk
    signer: PdfSigner
    root: bytes
    file: Path


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    file = tmp_path_factory.mktemp("khóa") / "cơ quan.p12"
    return file, office_key(file)


@pytest.fixture
def office(tmp_path: Path, key: tuple[Path, bytes]) -> Iterator[Office]:
    desk = open_cash_desk(tmp_path)
    yield Office(desk, PdfSigner.from_pkcs12(key[0], PIN), key[1], key[0])
    desk.close()


def test_a_signed_receipt_verifies_with_the_offices_certificate_only(office: Office, tmp_path: Path) -> None:
    receipt = office.desk.take(15_000).receipt
    done = signing.sign(office.desk.desk, office.signer, receipt)
    assert verifies(done.pdf, (office.root,), at=NOON)
    other = office_key(tmp_path / "other.p12")
    assert not verifies(done.pdf, (other,), at=NOON)
    page = text_of(done.pdf)
    assert "Ký bởi:" in page
    assert "CHƯA KÝ SỐ" not in page


def test_a_changed_byte_breaks_the_signature(office: Office) -> None:
    done = signing.sign(office.desk.desk, office.signer, office.desk.take().receipt)
    spot = done.pdf.index(b"/Producer") if b"/Producer" in done.pdf else 200
    touched = done.pdf[: spot + 1] + b"X" + done.pdf[spot + 2 :]
    assert not _verifies(touched, office.root)


def _signed_record(tx: ReadTx) -> Record:
    return next(r for r in tx.records(tx.line.line) if r.envelope.kind == "receipt.signed")


def _verifies(pdf: bytes, root: bytes) -> bool:
    try:
        return verifies(pdf, (root,), at=NOON)
    except Exception:  # noqa: BLE001 - a file that can't be read is not verified either
        return False


def test_the_signature_is_a_fact_with_the_hash_of_the_kept_bytes(office: Office) -> None:
    receipt = office.desk.take().receipt
    done = signing.sign(office.desk.desk, office.signer, receipt)
    row = office.desk.query(receipts.get, receipt)
    assert row.signed_sha256 == sha256(done.pdf).hexdigest()
    assert office.desk.query(lambda tx: tx.blob(row.signed_sha256)) == done.pdf
    again = signing.sign(office.desk.desk, office.signer, receipt)
    assert again == done
    assert office.desk.desk.store.rebuild().differences == ()


def test_the_data_are_signed_with_the_same_key(office: Office) -> None:
    receipt = office.desk.take(15_000).receipt
    done = signing.sign(office.desk.desk, office.signer, receipt)
    fact = office.desk.query(
        lambda tx: next(r for r in tx.records(tx.line.line) if r.envelope.kind == "receipt.signed")
    )
    certificate = x509.load_der_x509_certificate(certificate_of(done.pdf))
    signature = bytes.fromhex(str(fact.envelope.body["data_signature"]))
    certificate.public_key().verify(signature, done.xml, padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr,call-arg]
    assert b"<TgTTTBSo>15000</TgTTTBSo>" in done.xml
    assert fact.envelope.body["signer"] == OFFICE


def test_unsigned_receipts_are_known_until_the_device_is_back(office: Office) -> None:
    numbers = [office.desk.take().number for _ in range(3)]
    assert [u.number for u in office.desk.call(signing.unsigned)] == numbers
    assert office.desk.call(day_close.readiness).unsigned == (1, 2, 3)
    first_screen = views.today(office.desk.call(today.gather), SyncStatus("idle", NOON), "HP", training=False)
    assert "3 biên lai chờ ký số" in [line.title for line in first_screen.machine]
    assert signing.sign_waiting(office.desk.desk, office.signer) == (3, None)
    assert office.desk.call(signing.unsigned) == ()
    assert office.desk.query(cash.unsigned) == ()
    assert office.desk.call(today.gather).unsigned == 0


def test_without_a_device_the_payer_gets_a_confirmation_that_is_no_receipt(office: Office) -> None:
    receipt = office.desk.take(15_000).receipt
    text = text_of(papers.make(office.desk.desk, f"payment_confirmation:{receipt}"))
    assert "GIẤY XÁC NHẬN ĐÃ THU" in text
    assert "(chưa phải biên lai)" in text
    assert "Mười lăm nghìn đồng" in text


def test_the_device_says_what_is_wrong(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="TP-34"):
        PdfSigner.from_pkcs12(tmp_path / "none.p12", PIN)
    with pytest.raises(Refused, match="TP-35"):
        PdfSigner.from_pkcs12(office.file, "sai")
    with pytest.raises(Failed, match="TP-34"):
        PdfSigner.from_token(tmp_path / "none.so", "1234")
    old = tmp_path / "old.p12"
    office_key(old, days=30)
    receipt = office.desk.take().receipt
    with pytest.raises(Refused, match="TP-36"):
        signing.sign(office.desk.desk, PdfSigner.from_pkcs12(old, PIN), receipt)
    assert len(office.desk.call(signing.unsigned)) == 1


def test_a_closing_notes_what_is_unsigned(office: Office) -> None:
    office.desk.take(5_000)
    done = office.desk.call(day_close.close, day_close.CloseDay("z", date(2026, 11, 25), (0,) * 6 + (1,) + (0,) * 3))
    assert office.desk.query(cash.closing, done.closing).body["unsigned"] == 1
