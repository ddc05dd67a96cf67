"""An own certificate authority for tests: a root, and an office's key in a PKCS#12 file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

PIN = "matkhau-2026"
OFFICE = "UBND xã Hòa Mẫu"


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def office_key(file: Path, *, days: int = 365, start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> bytes:
    """Write the office's key file; answers the root certificate (DER)."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = (
        x509.CertificateBuilder().subject_name(_name("CA mẫu")).issuer_name(_name("CA mẫu"))
        .public_key(root_key.public_key()).serial_number(1).not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2035, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )  # fmt: skip
    key = rsa.generate_private_key(65537, 2048)
    certificate = (
        x509.CertificateBuilder().subject_name(_name(OFFICE)).issuer_name(root.subject)
        .public_key(key.public_key()).serial_number(2).not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .sign(root_key, hashes.SHA256())
    )  # fmt: skip
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"office", key, certificate, None, BestAvailableEncryption(PIN.encode()))
    )
    return root.public_bytes(Encoding.DER)


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates, content_commitment=not sign_certificates, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=sign_certificates, crl_sign=sign_certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
