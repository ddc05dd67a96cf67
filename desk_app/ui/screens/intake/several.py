"""Several procedures of one person in one visit: the next one is begun while the first waits, F9 takes all in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.intake import IntakeForm, Step
from desk_app.domain.money import format_vnd
from desk_app.ui.forms.intake import is_blank
from desk_app.ui.forms.plan import total_due
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.widgets.action_bar import Action

if TYPE_CHECKING:
    from desk_app.ui.screens.intake.screen import IntakePage


class Several:
    """Works for one ``IntakePage``; what is held stands in its ``Visit`` and, like every form, in the drafts."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page

    def offered(self) -> tuple[Action, ...]:
        """The button of the bar, where a next procedure can be begun."""
        return (Action("another", "Thêm thủ tục", "another"),) if self._possible() else ()

    def another(self) -> None:
        """Begin the next procedure of the same person; at step 3 the one in sight waits for the common F9."""
        page, visit = self._page, self._page.visit
        if not self._possible():
            return
        before = visit.form
        form = IntakeForm(page.ports.new_id(), before.person, before.scanned_at, before.submitter, method=before.method)
        if visit.at is At.PROMISE:
            page.drafts.keep(before)
            page.drafts.save_now()
            visit.hold(form)
        else:
            visit.go_on(form)
        page.fresh()
        page.enter()
        page.citizen.ask_history()

    def back(self) -> bool:
        """Esc on step 1: the held procedure comes back in sight; False when none is held."""
        page, form = self._page, self._page.visit.form
        if not page.visit.held:
            return False
        if form.procedure:
            page.parking.keep((form,))
        else:
            page.drafts.drop(form.id)
        self.resume()
        return True

    def resume(self) -> bool:
        """The last held form at step 3; False when none is held."""
        if not self._page.visit.unhold():
            return False
        self._page.go_to(At.PROMISE)
        return True

    def lines(self) -> tuple[str, ...]:
        """What else the F9 of step 3 takes in or collects, a line each: name and amount."""
        visit = self._page.visit
        owing = [f"{one.name}, đã tiếp nhận: thu {_amount(one.quote.total_vnd)}" for one in visit.owing]
        held = []
        for form in visit.held:
            view = visit.look_at(form)
            name = view.procedure.name if view.procedure else form.procedure
            total = total_due(view.fee)
            held.append(f"{name}: {'không thu phí' if total == 0 else _amount(total)}")
        return (*owing, *held)

    def _possible(self) -> bool:
        page = self._page
        visit = page.visit
        if page.ports.accept_visit is None or page.recorder.busy or is_blank(visit.form) or visit.form.person is None:
            return False
        if visit.at is At.PROMISE:
            return visit.view().step is Step.ACCEPT
        return visit.at is At.DONE


def _amount(vnd: int | None) -> str:
    return "chưa có mức" if vnd is None else format_vnd(vnd)
