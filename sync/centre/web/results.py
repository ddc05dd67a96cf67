"""For everybody: what feedback led to in a commune, in the words its office made public (Nghị định 20/2008 Điều 19)."""

from __future__ import annotations

from sync.centre.database import Db
from sync.centre.subjects import text_of
from sync.centre.web.html import day, page, table, text

_RESULTS = """
SELECT f.code, f.class, f.received_at, f.answered_at, s.data FROM feedback f
JOIN subject s ON s.unit = f.unit AND s.id = f.publication
WHERE f.unit = %s AND f.published_at IS NOT NULL AND f.publication <> '' ORDER BY f.published_at DESC LIMIT 100
"""
_KINDS = {"conduct": "Hành vi hành chính", "regulation": "Quy định hành chính", "question": "Hỏi đáp, góp ý"}


def results_page(db: Db, unit: str) -> str:
    """A choice of commune, and its hundred newest results; nobody who asked is in the words."""
    units = db.execute("SELECT unit, profile->>'name' FROM unit ORDER BY 2, 1 LIMIT 2000").fetchall()
    choices = "".join(
        f'<option value="{text(one)}"{" selected" if one == unit else ""}>{text(name)}</option>' for one, name in units
    )
    form = (
        '<form method="get" action="/phan-anh/ket-qua"><label for="xa">Xã, phường</label><select id="xa" name="xa">'
        f"{choices}</select><button>Xem</button></form>"
    )
    return page("Kết quả xử lý phản ánh, kiến nghị", form + (_listed(db, unit) if unit else ""))


def _listed(db: Db, unit: str) -> str:
    heads = [("Mã", False), ("Loại", False), ("Ngày nhận", False), ("Ngày trả lời", False), ("Kết quả", False)]
    rows = [
        f"<td>{text(code)}</td><td>{text(_KINDS.get(kind, 'Khác'))}</td><td>{day(received)}</td><td>{day(answered)}</td>"
        f"<td>{text(words)}</td>"
        for code, kind, received, answered, data in db.execute(_RESULTS, (unit,)).fetchall()
        if (words := text_of(data, "text"))
    ]
    return table(heads, rows, "Chưa có kết quả nào được công khai.")
