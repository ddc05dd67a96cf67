"""The data of one electronic receipt as XML: what is signed beside the page and given to machines.

Content: Nghị định 254/2026/NĐ-CP Điều 23 khoản 2. Element names are ours; the authority's schema was not seen.
"""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree as Xml

from desk_app.documents.fee_receipt import FeeReceipt


def receipt_xml(data: FeeReceipt, signed_at: datetime) -> bytes:
    """UTF-8 XML; the same receipt gives the same bytes. Amounts in đồng."""
    root = Xml.Element("BLai", {"PBan": "1.0"})
    old = data.replaces
    head = (
        ("Ten", "Biên lai thu tiền phí, lệ phí"), ("KHMSBLai", data.form), ("KHBLai", data.series),
        ("SBLai", str(data.number)), ("NLap", data.issued_at.isoformat()), ("NKy", signed_at.isoformat()),
        ("DVTTe", "VND"), ("TCThu", data.collector), ("MST", data.tax_code), ("DChi", data.collector_address),
        ("NNop", data.payer_name), ("DChiNNop", data.payer_address), ("MHSo", data.dossier_code),
        ("HTTToan", data.payment), ("TLPhi", data.levy_name), ("TTCKTMai", str(data.exemption.amount if data.exemption else 0)),
        ("TgTTTBSo", str(data.total)), ("TgTTTBChu", data.total_words), ("MKTra", data.check_number),
        ("BLThayThe", f"{old.series} {old.number}" if old else ""),
    )  # fmt: skip
    _texts(Xml.SubElement(root, "TTChung"), head)
    items = Xml.SubElement(root, "DSKThu")
    for index, item in enumerate(data.items, 1):
        _texts(
            Xml.SubElement(items, "KThu"),
            (
                ("STT", str(index)), ("NDung", item.content), ("CCPLy", item.legal_basis), ("SLuong", str(item.quantity)),
                ("MThu", str(item.rate)), ("ThTien", str(item.amount)),
            ),
        )  # fmt: skip
    return bytes(Xml.tostring(root, encoding="UTF-8", xml_declaration=True))


def _texts(parent: Xml.Element, pairs: tuple[tuple[str, str], ...]) -> None:
    for name, text in pairs:
        Xml.SubElement(parent, name).text = text
