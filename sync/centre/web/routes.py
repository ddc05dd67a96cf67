"""HTTP ↔ pages: who is asking, how often, forms of our own only, headers that keep a page to itself."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote
from uuid import UUID

import psycopg
from psycopg_pool import PoolTimeout
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sync.centre import accounts
from sync.centre.accounts import Person
from sync.centre.centre import Centre
from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.pages import status_page
from sync.centre.web import checks, public
from sync.centre.web.communes import communes, span_of
from sync.centre.web.figures import communes_page, to_csv, to_xlsx
from sync.centre.web.html import page, table, text
from sync.centre.web.limits import Limit
from sync.centre.web.office import office_page
from sync.centre.web.voice_routes import VoicePages

COOKIE = "phien"
MAX_FORM = 64 << 10  # bytes of a form
MAX_FIELDS = 2_020  # of a form: a campaign names its offices
SLIPS = (20, 60)  # look-ups of one address in so many seconds
FEEDBACKS = (5, 3600)
LOGINS = (10, 300)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: its connection, who asks, what was typed. Texts are NFC; ``lists``: fields given several times."""

    db: Db
    person: Person | None
    query: Mapping[str, str]
    form: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    path: Mapping[str, str]
    token: str
    secure: bool

    @property
    def known(self) -> Person:
        assert self.person is not None
        return self.person


Job = Callable[[Visit], Response]
Fields = tuple[tuple[str, str], ...]


class Web:
    """All pages over one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._slips, self._feedbacks, self._logins = Limit(*SLIPS), Limit(*FEEDBACKS), Limit(*LOGINS)

    def routes(self) -> list[Route]:
        """Every page; those under /xem only for people who are logged in (and log-in itself)."""
        voice = VoicePages(self._centre)
        return [
            self._route("/", self._front),
            self._route("/tra-cuu", self._slip, limit=self._slips),
            self._route("/tra-cuu/{ma}", self._slip, limit=self._slips),
            self._route("/phan-anh", voice.form),
            self._route("/phan-anh", voice.send, post=True, limit=self._feedbacks),
            self._route("/phan-anh/tra-cuu", voice.told, limit=self._slips),
            self._route("/phan-anh/ket-qua", voice.results, limit=self._slips),
            self._route("/dang-nhap", self._login_page),
            self._route("/dang-nhap", self._login, post=True, limit=self._logins),
            self._route("/xem", self._communes, role="viewer"),
            self._route("/xem/xuat.csv", self._csv, role="viewer"),
            self._route("/xem/xuat.xlsx", self._xlsx, role="viewer"),
            self._route("/xem/may", self._stations, role="viewer"),
            self._route("/xem/xa/{unit}", self._office, role="viewer"),
            self._route("/xem/cho-duyet", self._waiting, role="checker"),
            self._route("/xem/cho-duyet", self._decide, post=True, role="checker"),
            self._route("/xem/su-co", self._close, post=True, role="checker"),
            self._route("/xem/phan-anh", voice.feedback, role="viewer"),
            self._route("/xem/phan-anh", voice.answer, post=True, role="checker"),
            self._route("/xem/khao-sat", voice.survey, role="viewer"),
            self._route("/xem/khao-sat", voice.campaign, post=True, role="checker"),
            self._route("/xem/khop-so", voice.matches, role="viewer"),
            self._route("/xem/nhat-ky", self._audit, role="admin"),
            self._route("/xem/thoat", self._logout, post=True, role="viewer"),
        ]

    # ---- the way in ------------------------------------------------------------------------------------------------

    def _route(self, path: str, job: Job, *, post: bool = False, role: str = "", limit: Limit | None = None) -> Route:
        async def endpoint(request: Request) -> Response:
            now_s = int(self._centre.clock().timestamp())
            asks = limit is not None and (post or bool(request.query_params) or bool(request.path_params))
            if asks and limit is not None and not limit.allows(_address(request), now_s):
                answer: Response = HTMLResponse(page("Xin chờ", "<p>Hỏi quá nhiều lần. Thử lại sau ít phút.</p>"), 429)
                answer.headers["Retry-After"] = "60"
                return _closed(answer)
            form = await _form(request) if post else ()
            if form is None:
                return _closed(HTMLResponse(page("Không nhận", "<p>Biểu mẫu quá dài hoặc không đọc được.</p>"), 413))
            try:
                return _closed(await asyncio.to_thread(self._visit, request, form, job, role, post))
            except (psycopg.OperationalError, PoolTimeout):
                return _closed(HTMLResponse(page("Xin chờ", "<p>Máy chủ đang bận. Thử lại sau ít phút.</p>"), 503))

        return Route(path, endpoint, methods=["POST"] if post else ["GET"])

    def _visit(self, request: Request, fields: Fields, job: Job, role: str, post: bool) -> Response:
        token = request.cookies.get(COOKIE, "")[:200]
        form = dict(fields)
        lists = {name: tuple(value for key, value in fields if key == name) for name in form}
        with self._centre.pool.connection() as db:
            person = accounts.who(db, token, self._centre.clock()) if role else None
            if role and person is None:
                return RedirectResponse("/dang-nhap", 303)
            if person is not None and not _may(person, role):
                return HTMLResponse(
                    page("Không có quyền", "<p>Tài khoản này không xem được trang này.</p>", person), 403
                )
            if role and post and (person is None or form.get("form") != person.form):
                return HTMLResponse(page("Không nhận", "<p>Biểu mẫu đã cũ. Mở lại trang rồi làm lại.</p>", person), 403)
            query = {k: _clean(v) for k, v in request.query_params.items()}
            path = {k: _clean(str(v)) for k, v in request.path_params.items()}
            secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
            return job(Visit(db, person, query, form, lists, path, token, secure))

    # ---- for everybody ---------------------------------------------------------------------------------------------

    def _front(self, visit: Visit) -> Response:
        del visit
        body = (
            '<div class="card"><p class="big"><a href="/tra-cuu">Tra cứu hồ sơ bằng giấy hẹn</a></p>'
            '<p class="big"><a href="/phan-anh">Gửi phản ánh, kiến nghị</a></p>'
            '<p class="big"><a href="/phan-anh/tra-cuu">Xem tình trạng phản ánh đã gửi</a></p>'
            '<p class="big"><a href="/phan-anh/ket-qua">Kết quả xử lý phản ánh đã công khai</a></p></div>'
            '<p class="soft"><a href="/dang-nhap">Dành cho cán bộ</a></p>'
        )
        return HTMLResponse(page("Một cửa", body))

    def _slip(self, visit: Visit) -> Response:
        typed = visit.path.get("ma") or visit.query.get("ma", "")
        return HTMLResponse(public.slip_page(visit.db, typed, self._centre.clock()))

    # ---- logging in and out ----------------------------------------------------------------------------------------

    def _login_page(self, visit: Visit, said: str = "") -> Response:
        del visit
        body = (
            (f'<p class="card bad">{text(said)}</p>' if said else "")
            + '<form method="post" action="/dang-nhap"><label for="ten">Tài khoản</label>'
            '<input id="ten" name="ten" autocomplete="username" maxlength="40" required><label for="mk">Mật khẩu</label>'
            '<input id="mk" name="mk" type="password" autocomplete="current-password" maxlength="200" required>'
            "<button>Đăng nhập</button></form>"
        )
        return HTMLResponse(page("Đăng nhập", body), 401 if said else 200)

    def _login(self, visit: Visit) -> Response:
        token = accounts.log_in(
            visit.db, visit.form.get("ten", "").strip(), visit.form.get("mk", ""), self._centre.clock()
        )
        if token is None:
            return self._login_page(visit, "Sai tài khoản hoặc mật khẩu. Sai 5 lần liền thì khóa 15 phút.")
        answer = RedirectResponse("/xem", 303)
        life = int(accounts.LIFE.total_seconds())
        answer.set_cookie(COOKIE, token, max_age=life, httponly=True, samesite="strict", secure=visit.secure)
        return answer

    def _logout(self, visit: Visit) -> Response:
        accounts.log_out(visit.db, visit.token)
        answer = RedirectResponse("/dang-nhap", 303)
        answer.delete_cookie(COOKIE)
        return answer

    # ---- for those above -------------------------------------------------------------------------------------------

    def _span(self, visit: Visit) -> str:
        if visit.query.get("tu") and visit.query.get("den"):
            return f"{visit.query['tu']}_{visit.query['den']}"
        return visit.query.get("ky", "thang")

    def _communes(self, visit: Visit) -> Response:
        now = self._centre.clock()
        span = span_of(self._span(visit), (now + VIETNAM).date())
        return HTMLResponse(communes_page(communes(visit.db, span, now, visit.known.unit), span, visit.known))

    def _csv(self, visit: Visit) -> Response:
        now = self._centre.clock()
        span = span_of(self._span(visit), (now + VIETNAM).date())
        self._note(visit, "export", f"csv {span.first} {span.last}")
        data = to_csv(communes(visit.db, span, now, visit.known.unit))
        return Response(data, 200, _download(f"cac-xa-{span.first}-{span.last}.csv"), "text/csv; charset=utf-8")

    def _xlsx(self, visit: Visit) -> Response:
        now = self._centre.clock()
        span = span_of(self._span(visit), (now + VIETNAM).date())
        self._note(visit, "export", f"xlsx {span.first} {span.last}")
        data = to_xlsx(communes(visit.db, span, now, visit.known.unit), span)
        return Response(data, 200, _download(f"cac-xa-{span.first}-{span.last}.xlsx"), _XLSX)

    def _stations(self, visit: Visit) -> Response:
        return HTMLResponse(status_page(visit.db, self._centre.clock(), visit.known))

    def _office(self, visit: Visit) -> Response:
        unit = visit.path["unit"]
        found = None
        if visit.known.unit in ("", unit):
            found = office_page(visit.db, unit, self._centre.clock(), visit.known)
        if found is None:
            return HTMLResponse(page("Không thấy", "<p>Không có xã này.</p>", visit.known), 404)
        self._note(visit, "office", unit)
        return HTMLResponse(found)

    def _waiting(self, visit: Visit, said: str = "", status: int = 200) -> Response:
        return HTMLResponse(checks.waiting_page(visit.db, self._centre.clock(), visit.known, said), status)

    def _decide(self, visit: Visit) -> Response:
        place, why = self._place(visit), visit.form.get("ly_do", "").strip()[:200]
        decision = visit.form.get("quyet", "")
        if place is None or not why or decision not in ("accepted", "rejected"):
            return self._waiting(visit, "Chưa quyết định: thiếu lý do hoặc biểu mẫu sai.", 400)
        try:
            digest = bytes.fromhex(visit.form.get("h", ""))
            with visit.db.transaction():
                done = checks.decide(visit.db, visit.known, *place, digest, decision, why, self._centre.clock())
        except checks.CannotAccept as error:
            return self._waiting(visit, f"Chưa nhận: {error}", 409)
        except ValueError:
            return self._waiting(visit, "Chưa quyết định: biểu mẫu sai.", 400)
        if not done:
            return self._waiting(visit, "Bản ghi này đã có người quyết định.", 409)
        return RedirectResponse("/xem/cho-duyet", 303)

    def _close(self, visit: Visit) -> Response:
        place, why = self._place(visit), visit.form.get("ly_do", "").strip()[:200]
        if place is None or not why:
            return HTMLResponse(page("Chưa đóng", "<p>Thiếu lý do.</p>", visit.known), 400)
        code = visit.form.get("code", "")
        checks.close_incident(visit.db, visit.known, *place, code, why, self._centre.clock())
        return RedirectResponse(f"/xem/xa/{quote(place[0], safe='')}", 303)

    def _place(self, visit: Visit) -> tuple[str, UUID, int, int] | None:
        """The record a form is about; None when it is none, or of an office this person does not see."""
        f = visit.form
        try:
            place = (f["unit"], UUID(f["station"]), int(f["line"]), int(f["seq"]))
        except (KeyError, ValueError):
            return None
        inside = 0 < place[2] < 1 << 62 and 0 < place[3] < 1 << 62
        return place if inside and visit.known.unit in ("", place[0]) else None

    def _audit(self, visit: Visit) -> Response:
        rows = visit.db.execute(
            "SELECT at, unit, account, what, about FROM audit WHERE %s = '' OR unit = %s ORDER BY at DESC LIMIT 500",
            (visit.known.unit, visit.known.unit),
        ).fetchall()
        heads = [("Lúc", False), ("Xã", False), ("Tài khoản", False), ("Việc", False), ("Nội dung", False)]
        lines = (
            f"<td>{at + VIETNAM:%H:%M:%S %d/%m/%Y}</td>" + "".join(f"<td>{text(v)}</td>" for v in rest)
            for at, *rest in rows
        )
        return HTMLResponse(page("Nhật ký", table(heads, lines, "Chưa có gì."), visit.known))

    def _note(self, visit: Visit, what: str, about: str) -> None:
        accounts.note(visit.db, visit.known.unit, visit.known.account, what, about, self._centre.clock())


def _may(person: Person, role: str) -> bool:
    return accounts.ROLES.index(person.role) >= accounts.ROLES.index(role)


def _closed(answer: Response) -> Response:
    answer.headers.update(_HEADERS)
    return answer


def _download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _address(request: Request) -> str:
    """Who asks: the peer, or behind a proxy on this machine the last address that proxy wrote down."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "")
    if forwarded and peer in ("127.0.0.1", "::1"):
        return forwarded.rsplit(",", 1)[-1].strip()[:64]
    return peer


def _clean(words: str) -> str:
    return unicodedata.normalize("NFC", words.replace("\0", ""))


async def _form(request: Request) -> Fields | None:
    """The fields of a plain form; None for one that is too long, cut or not a form."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/x-www-form-urlencoded":
        return None
    data = b""
    try:
        async with asyncio.timeout(30):
            async for part in request.stream():
                data += part
                if len(data) > MAX_FORM:
                    return None
        fields = parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except (TimeoutError, ClientDisconnect, ValueError):
        return None
    return tuple((key, _clean(value)) for key, value in fields)
