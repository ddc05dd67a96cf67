"""The office's digital signature: from a PKCS#12 file or a PKCS#11 token, behind one small port.

A receipt's PDF gets a PAdES signature (ETSI EN 319 142, baseline B) at the moment of collection; its XML data a plain
one with the same key (RSA PKCS#1 v1.5 or ECDSA, SHA-256). PIN and key never leave this module. Qt-free, network-free:
there is no time stamp and no revocation look-up while the desk is off-line.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk_app.domain.errors import Failed, Refused

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

_FIELD = "BienLai"


@dataclass(frozen=True)
class Certificate12:
    """What the signer's certificate says: its owner, SHA-256, first and last moment (aware)."""

    name: str
    sha256: str
    not_before: datetime
    not_after: datetime


class PdfSigner:
    """Signs with one key that is unlocked. Slow parts (a token) block: only on the paper thread."""

    def __init__(self, signer: Any, close: Any = None) -> None:
        self._signer = signer
        self._close = close
        self.certificate = _describe(signer.signing_cert)

    @classmethod
    def from_pkcs12(cls, file: Path, pin: str) -> PdfSigner:
        """A key file. Failed TP-34: the file is not there; Refused TP-35: wrong PIN or no key file."""
        from pyhanko.sign.signers import SimpleSigner

        try:
            data = file.read_bytes()
        except OSError as cause:
            raise Failed("TP-34") from cause
        try:
            signer = SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=pin.encode())
        except ValueError as cause:
            raise Refused("TP-35") from cause
        if signer.signing_cert is None:
            raise Refused("TP-35")
        return cls(signer)

    @classmethod
    def from_token(cls, library: Path, pin: str, *, token: str = "", key: str = "") -> PdfSigner:
        """A PKCS#11 token by its maker's library. Failed TP-34: no library or no token in it; Refused TP-35: PIN."""
        try:
            from pkcs11.exceptions import PinIncorrect, PKCS11Error
            from pyhanko.config.pkcs11 import TokenCriteria
            from pyhanko.sign import pkcs11
        except ImportError as cause:
            raise Failed("TP-34") from cause
        try:
            wanted = TokenCriteria(label=token) if token else None
            session = pkcs11.open_pkcs11_session(str(library), token_criteria=wanted, user_pin=pin)
            signer = pkcs11.PKCS11Signer(session, cert_label=key or None)
            found = signer.signing_cert
        except PinIncorrect as cause:
            raise Refused("TP-35") from cause
        except (PKCS11Error, OSError) as cause:
            raise Failed("TP-34") from cause
        if found is None:
            session.close()
            raise Failed("TP-34")
        return cls(signer, session.close)

    def require_valid(self, at: datetime) -> None:
        """Refuses TP-36 when the certificate can't sign at ``at`` (aware)."""
        if not self.certificate.not_before <= at <= self.certificate.not_after:
            raise Refused("TP-36", date=f"{at:%d/%m/%Y}")

    def sign_pdf(self, pdf: bytes, *, at: datetime, reason: str, place: str) -> bytes:
        """The PDF with a PAdES signature over all its bytes; the result begins with ``pdf``. Refuses TP-36."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.fields import SigSeedSubFilter
        from pyhanko.sign.signers import PdfSignatureMetadata
        from pyhanko.sign.signers import PdfSigner as Hanko

        self.require_valid(at)
        meta = PdfSignatureMetadata(
            field_name=_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason, location=place,
            name=self.certificate.name,
        )  # fmt: skip
        out = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        Hanko(meta, signer=self._signer).sign_pdf(writer, output=out)
        return out.getvalue()

    def sign_data(self, data: bytes) -> str:
        """The plain signature of ``data`` in hexadecimal digits."""
        import asyncio

        made = asyncio.run(self._signer.async_sign_raw(data, "sha256"))
        return bytes(made).hex()

    def close(self) -> None:
        """Let the token go."""
        if self._close is not None:
            self._close()


def certificate_of(pdf: bytes) -> bytes:
    """The signer's certificate in a signed PDF, DER. Raises ValueError when it is not signed."""
    return bytes(_embedded(pdf).signer_cert.dump())


def verifies(pdf: bytes, roots: tuple[bytes, ...], *, at: datetime) -> bool:
    """Whether the PDF's signature is whole, covers the file and chains to one of ``roots`` (DER) at ``at`` (aware)."""
    from asn1crypto.x509 import Certificate as Asn
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    embedded = _embedded(pdf)
    context = ValidationContext(
        trust_roots=[Asn.load(root) for root in roots], moment=at.astimezone(UTC), allow_fetching=False,
        revocation_mode="soft-fail",
    )  # fmt: skip
    status = validate_pdf_signature(embedded, context)
    whole = status.coverage is not None and status.coverage.name in ("ENTIRE_FILE", "ENTIRE_REVISION")
    return bool(status.valid and status.intact and status.trusted and whole)


def _embedded(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
    if not found:
        raise ValueError("not a signed PDF")
    return found[-1]


def _describe(certificate: Certificate) -> Certificate12:
    native = certificate.subject.native
    name = str(native.get("common_name") or native.get("organization_name") or certificate.subject.human_friendly)
    return Certificate12(
        name, sha256(certificate.dump()).hexdigest(), certificate.not_valid_before, certificate.not_valid_after
    )
