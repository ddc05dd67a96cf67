"""HTTP ↔ pages of feedback, surveys and matched days: the public ones, and those for the people above."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import HTMLResponse, RedirectResponse, Response

from sync.centre import campaigns
from sync.centre.accounts import note
from sync.centre.clock import VIETNAM
from sync.centre.public import Message, keep
from sync.centre.web import feedback_form, survey, voice
from sync.centre.web.communes import span_of
from sync.centre.web.matches import matches_page
from sync.centre.web.results import results_page

if TYPE_CHECKING:
    from sync.centre.centre import Centre
    from sync.centre.web.routes import Visit


class VoicePages:
    """The jobs; ``routes.Web`` names their paths, limits and roles."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def _now(self) -> datetime:
        return self._centre.clock()

    # ---- for everybody ---------------------------------------------------------------------------------------------

    def form(self, visit: Visit) -> Response:
        return HTMLResponse(feedback_form.form_page(visit.db, Message(unit=visit.query.get("xa", ""))))

    def send(self, visit: Visit) -> Response:
        """Keep what was written, or say what is missing."""
        given = feedback_form.message_of(visit.form)
        wrong = feedback_form.missing(visit.db, given)
        if wrong:
            return HTMLResponse(feedback_form.form_page(visit.db, given, wrong), 400)
        with visit.db.transaction():
            number = keep(visit.db, given, self._now())
        self._centre.log.event("public-feedback", unit=given.unit)
        return HTMLResponse(feedback_form.thanks_page(number))

    def told(self, visit: Visit) -> Response:
        return HTMLResponse(feedback_form.told_page(visit.db, visit.query.get("so", "")))

    def results(self, visit: Visit) -> Response:
        return HTMLResponse(results_page(visit.db, visit.query.get("xa", "")[:20]))

    # ---- for those above -------------------------------------------------------------------------------------------

    def feedback(self, visit: Visit, said: str = "", status: int = 200) -> Response:
        """The table of offices. What waits here for an answer shows citizens' words: looking at it is noted."""
        now, person = self._now(), visit.known
        if person.may_decide:
            note(visit.db, person.unit, person.account, "feedback-read", person.unit, now)
        span = span_of(visit.query.get("ky", "quy"), (now + VIETNAM).date())
        return HTMLResponse(voice.feedback_page(visit.db, span, now, person, said), status)

    def answer(self, visit: Visit) -> Response:
        """Answer what an office sent up."""
        f, person = visit.form, visit.known
        unit, words = f.get("unit", ""), f.get("tra_loi", "").strip()[: voice.MOST_REPLY]
        if not words or person.unit not in ("", unit):
            return self.feedback(visit, "Chưa gửi: thiếu nội dung trả lời.", 400)
        with visit.db.transaction():
            letter = f.get("so", "").strip()[:80]
            done = voice.answer(visit.db, person, unit, f.get("feedback", "")[:120], words, letter, self._now())
        if not done:
            return self.feedback(visit, "Phản ánh này đã được trả lời.", 409)
        return RedirectResponse("/xem/phan-anh", 303)

    def survey(self, visit: Visit, said: str = "", status: int = 200) -> Response:
        return HTMLResponse(survey.survey_page(visit.db, self._now(), visit.known, said), status)

    def campaign(self, visit: Visit) -> Response:
        """Begin a campaign (only who sees every office), or end one."""
        person, form = visit.known, visit.form
        try:
            with visit.db.transaction():
                if form.get("viec") == "ket-thuc":
                    campaigns.end(visit.db, UUID(form.get("dot", "")), person.unit, self._now())
                elif not person.unit:
                    wanted = survey.wanted_of(form, self._units(visit))
                    campaigns.begin(visit.db, wanted, person.account, self._now())
        except ValueError as error:
            return self.survey(visit, f"Chưa mở: {error}", 400)
        return RedirectResponse("/xem/khao-sat", 303)

    @staticmethod
    def _units(visit: Visit) -> tuple[str, ...]:
        """Those of the form that are offices."""
        asked = visit.lists.get("xa", ())
        known = {row[0] for row in visit.db.execute("SELECT unit FROM unit").fetchall()}
        return tuple(unit for unit in dict.fromkeys(asked) if unit in known)

    def matches(self, visit: Visit) -> Response:
        now = self._now()
        span = span_of(visit.query.get("ky", "thang"), (now + VIETNAM).date())
        return HTMLResponse(matches_page(visit.db, span, now, visit.known))
