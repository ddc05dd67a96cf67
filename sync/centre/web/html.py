"""One look for every page: escaped text, tables, forms. Nothing reaches a page except through ``text`` or ``tag``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import escape
from urllib.parse import quote

from sync.centre.accounts import Person
from sync.centre.clock import VIETNAM

_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

STYLE = """*{box-sizing:border-box}body{font:16px/1.5 "Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;margin:0;
color:#17212b;background:#f3f5f7}header{background:#10283f;color:#fff;padding:10px 16px}header a{color:#dce6ef;
margin-right:16px;display:inline-block;padding:4px 0}header b{margin-right:20px}header form{display:inline}
main{max-width:96rem;margin:0 auto;padding:16px}h1{font-size:1.4rem;margin:.4rem 0}h2{font-size:1.1rem;margin:1.4rem 0
.4rem}p{margin:.3rem 0 .8rem}.soft{color:#4a5763}.wide{overflow-x:auto;background:#fff;border:1px solid #cdd5dd;
border-radius:8px}table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;background:#e9edf1;
padding:8px 10px;vertical-align:bottom;font-size:.9rem}td{border-top:1px solid #cdd5dd;padding:8px 10px;
vertical-align:top}.n{text-align:right}td.n{white-space:nowrap}td:first-child,
th:first-child{min-width:8.5rem;position:sticky;left:0;background:inherit}tr{background:#fff}
thead tr{background:#e9edf1}.bad{color:#a81e22;font-weight:600}.ok{color:#1b6b4a}
tfoot td{font-weight:600;border-top:2px solid #7a8794}.bar{display:inline-block;width:60px;height:10px;border:1px solid
#14548c;margin-right:8px}.bar i{display:block;height:100%;background:#14548c}label{display:block;font-weight:600;
margin:.7rem 0 .2rem}input,textarea,select{font:inherit;width:100%;max-width:34rem;padding:8px 10px;border:1px solid
#7a8794;border-radius:6px;background:#fff}textarea{min-height:9rem}button{font:inherit;font-weight:600;color:#fff;
background:#14548c;border:0;border-radius:6px;padding:9px 16px;margin:8px 8px 0 0}button.plain{color:#17212b;
background:#fff;border:1px solid #7a8794}header button{background:none;color:#dce6ef;margin:0;padding:4px 0;
font-weight:400;text-decoration:underline}.card{background:#fff;border:1px solid #cdd5dd;border-radius:8px;padding:16px;
margin:12px 0}.big{font-size:1.3rem;font-weight:600}.pills a{display:inline-block;padding:6px 12px;border:1px solid
#7a8794;background:#fff;margin:0 4px 4px 0;border-radius:6px;color:#17212b;text-decoration:none}.pills a.on{background:
#14548c;color:#fff}.hide{position:absolute;left:-9999px}details summary{cursor:pointer}code{white-space:pre-wrap;
word-break:break-all}td input{max-width:14rem}td button{margin-top:4px;padding:5px 10px}
td textarea{display:block;min-height:4rem;max-width:22rem;margin-top:6px}label.tick{font-weight:400}
label.tick input{width:auto}"""


def text(value: object) -> str:
    """Any value as harmless text: escaped, without letters that turn the line."""
    return escape(_TURNING.sub("", str(value)), quote=True)


def tag(name: str, content: object, **attributes: str) -> str:
    """An element with text in it."""
    marks = "".join(f' {key.rstrip("_")}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{marks}>{text(content)}</{name}>"


def link(content: object, *path: str, **query: str) -> str:
    """A link whose parts cannot leave their place."""
    address = "/" + "/".join(quote(part, safe="") for part in path)
    if query:
        address += "?" + "&".join(f"{quote(k)}={quote(v, safe='')}" for k, v in query.items())
    return tag("a", content, href=address)


def number(value: object, *, bad: bool = False) -> str:
    """A cell with a whole number, red when it is one that should be 0."""
    n = int(str(value))
    return f'<td class="n{" bad" if bad and n else ""}">{grouped(n)}</td>'


def grouped(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def share(over: int, under: int) -> str:
    """``97,4 %`` with a bar; a dash for a share of nothing."""
    if under <= 0:
        return '<td class="n">–</td>'
    tenths = (over * 2000 + under) // (2 * under)
    width = tenths // 10
    return (
        f'<td class="n"><span class="bar" title="{width} %"><i style="width:{width}%"></i></span>'
        f"{tenths // 10},{tenths % 10} %</td>"
    )


def table(heads: Sequence[tuple[str, bool]], rows: Iterable[str], empty: str, foot: str = "") -> str:
    """A table; heads are (words, is a number)."""
    head = "".join(f'<th class="n">{text(w)}</th>' if n else tag("th", w) for w, n in heads)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    body = body or f'<tr><td colspan="{len(heads)}">{text(empty)}</td></tr>'
    foot = f"<tfoot><tr>{foot}</tr></tfoot>" if foot else ""
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>'


def moment(at: datetime | None, now: datetime) -> str:
    """An aware moment in Vietnam's time, with the days since."""
    if at is None:
        return "Chưa"
    local = at + VIETNAM
    days = ((now + VIETNAM).date() - local.date()).days
    return f"{local:%H:%M %d/%m/%Y}" + (f" ({days} ngày trước)" if days > 0 else "")


def day(value: date | datetime | None) -> str:
    """A local day: ``25/11/2026``."""
    return f"{value:%d/%m/%Y}" if value is not None else ""


def page(title: str, body: str, person: Person | None = None) -> str:
    """A whole page; with the menu when somebody is logged in."""
    menu = '<b>Máy chủ cấp trên</b><a href="/tra-cuu">Tra cứu hồ sơ</a><a href="/phan-anh">Gửi phản ánh</a>'
    if person is not None:
        menu = '<b>Máy chủ cấp trên</b><a href="/xem">Các xã</a><a href="/xem/may">Các quầy</a>'
        menu += (
            '<a href="/xem/phan-anh">Phản ánh</a><a href="/xem/khao-sat">Khảo sát</a><a href="/xem/khop-so">Khớp số</a>'
        )
        if person.may_decide:
            menu += '<a href="/xem/cho-duyet">Chờ xem xét</a>'
        if person.role == "admin":
            menu += '<a href="/xem/nhat-ky">Nhật ký</a>'
        menu += f'<form method="post" action="/xem/thoat">{hidden(person)}<button>Thoát ({text(person.name)})</button></form>'
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{text(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head><body>'
        f"<header>{menu}</header><main><h1>{text(title)}</h1>{body}</main></body></html>"
    )


def hidden(person: Person) -> str:
    """What each form of a log-in brings back, so that no other site can send one."""
    return f'<input type="hidden" name="form" value="{text(person.form)}">'
