"""The list of procedures, and what feedback led to, as plain pages for the commune's site: no script, no person.

What it says is what the postings say, by the same words.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from html import escape

from desk_app.documents.feedback_board import PublishedResult
from desk_app.documents.posters import ProcedurePoster
from desk_app.domain.errors import DeskError
from desk_app.domain.unit import UnitProfile
from desk_app.services import feedback_public
from desk_app.services.desk import Desk
from desk_app.services.paper_data_posters import ELSEWHERE, fee_words, poster, term_words

YEAR = 365  # days a result of feedback stays on the site
FEEDBACK = "phan-anh.html"
STYLE = """\
:root{color-scheme:light dark}
body{font:18px/1.5 system-ui,"Noto Sans",sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
header,footer{border-block:1px solid #8888;padding:.5rem 0;margin:1rem 0}
h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.3rem;margin-top:1.6rem}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #8888;padding:.4rem .6rem;text-align:left;vertical-align:top}
dt{font-weight:600}dd{margin:0 0 .6rem 0}
@media print{a{color:inherit;text-decoration:none}}
"""


def build_pages(desk: Desk) -> dict[str, bytes]:
    """File names and bytes of the whole folder: an index, one page a procedure, one style sheet."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        profile = desk.profile(tx)
        told = feedback_public.results(tx, desk.now().date() - timedelta(days=YEAR))
    on = desk.now().date()
    pages = {"style.css": STYLE.encode()}
    rows: dict[str, list[str]] = {}
    for heading in desk.catalogue.headings:
        if heading.field == ELSEWHERE:
            continue
        try:
            data = poster(desk.catalogue, profile, "procedure", heading.id, on)
        except DeskError:
            continue
        assert isinstance(data, ProcedurePoster)
        name = f"{file_name(heading.id)}.html"
        pages[name] = _page(data.name, _procedure(data), profile, desk.catalogue.version, on.strftime("%d/%m/%Y"))
        variant = desk.procedure(heading.id).variant_on(on)
        assert variant is not None
        rows.setdefault(heading.field_name, []).append(
            f'<tr><td><a href="{name}">{escape(heading.name)}</a></td><td>{escape(heading.code or "")}</td>'
            f"<td>{escape(term_words(variant))}</td><td>{escape(fee_words(variant, profile))}</td></tr>"
        )
    head = "<tr><th>Thủ tục</th><th>Mã số</th><th>Thời hạn</th><th>Phí, lệ phí</th></tr>"
    body = "".join(f"<h2>{escape(field)}</h2><table>{head}{''.join(lines)}</table>" for field, lines in rows.items())
    pages[FEEDBACK] = _page(
        feedback_public.TITLE, _results(told), profile, desk.catalogue.version, on.strftime("%d/%m/%Y")
    )
    body += f'<h2>Phản ánh, kiến nghị</h2><p><a href="{FEEDBACK}">{escape(feedback_public.TITLE)}</a></p>'
    title = f"Thủ tục hành chính tiếp nhận tại {profile.name}"
    pages["index.html"] = _page(title, body, profile, desk.catalogue.version, on.strftime("%d/%m/%Y"), home=False)
    return pages


def _results(told: tuple[PublishedResult, ...]) -> str:
    """Results of feedback as a table: words that were checked to show nobody."""
    rows = "".join(
        f"<tr><td>{escape(r.feedback_code)}</td><td>{r.received_on:%d/%m/%Y}</td>"
        f"<td>{f'{r.answered_on:%d/%m/%Y}' if r.answered_on else ''}</td><td>{escape(r.kind)}</td>"
        f"<td>{escape(r.words)}</td></tr>"
        for r in told
    )
    if not rows:
        return "<p>Chưa có kết quả nào được công khai.</p>"
    heads = "".join(f"<th>{head}</th>" for head in ("Mã", "Ngày nhận", "Ngày trả lời", "Loại", "Kết quả"))
    return f"<table><tr>{heads}</tr>{rows}</table>"


def file_name(procedure_id: str) -> str:
    """A procedure's id as a file name that every server serves: letters, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", procedure_id).encode("ascii", "ignore").decode()
    return "".join(c if c.isalnum() else "-" for c in plain.lower())


def _procedure(data: ProcedurePoster) -> str:
    papers = "".join(f"<li><strong>{escape(a)}</strong> {escape(b)}</li>" for a, b in data.documents)
    steps = "".join(f"<li><strong>{escape(a)}</strong>: {escape(b)}</li>" for a, b in data.steps)
    facts = (
        ("Thời hạn giải quyết", data.term), ("Phí, lệ phí", data.fee), ("Nơi tiếp nhận", data.place),
        ("Cách thức nộp", data.ways), ("Kết quả", data.result), ("Cơ quan giải quyết", data.settling_agency),
        ("Yêu cầu, điều kiện", data.conditions), ("Mẫu đơn, tờ khai", data.forms), ("Căn cứ pháp lý", data.legal_basis),
    )  # fmt: skip
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts)
    fees = "".join(
        f"<tr><td>{escape(f.name)}</td><td>{escape(f.rate)}</td><td>{escape(f.exemptions)}</td>"
        f"<td>{escape(f.basis)}</td></tr>"
        for f in data.fees
    )
    table = (
        "<h2>Phí, lệ phí</h2><table><tr><th>Khoản thu</th><th>Mức thu</th><th>Miễn, giảm</th>"
        f"<th>Văn bản quy định</th></tr>{fees}</table>"
        if fees
        else ""
    )
    return (
        f"<p>Lĩnh vực: {escape(data.field)} · Mã thủ tục: {escape(data.code)}</p><h2>Thành phần hồ sơ</h2>"
        f"<ul>{papers}</ul><p>Số lượng hồ sơ: {escape(data.sets)}</p><h2>Trình tự thực hiện</h2><ol>{steps}</ol>"
        f"<dl>{listed}</dl>{table}"
    )


def _page(title: str, body: str, profile: UnitProfile, version: str, day: str, *, home: bool = True) -> bytes:
    back = '<p><a href="index.html">Toàn bộ danh mục</a></p>' if home else ""
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="style.css"></head><body>'
        f"<header>{escape(profile.desk_name)}<br>{escape(profile.address)} · {escape(profile.phone)}<br>"
        f"Giờ tiếp nhận: {escape(profile.hours_text)}</header>{back}<h1>{escape(title)}</h1>{body}"
        f"<footer>Phản ánh, kiến nghị: {escape(profile.feedback)}<br>"
        f"Danh mục bản {escape(version)}, ngày {day}.</footer></body></html>"
    ).encode()
