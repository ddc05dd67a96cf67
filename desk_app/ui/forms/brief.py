"""A procedure in one line, for the list it is chosen from: field, term and fee with its usual answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.assessment import assess
from desk_app.domain.intake import IntakeForm
from desk_app.domain.money import format_vnd
from desk_app.domain.procedure import LevyKind, Procedure
from desk_app.domain.unit import UnitProfile
from desk_app.ui.forms.promise import short_term


@dataclass(frozen=True, slots=True)
class Brief:
    """``term``: "3 ngày làm việc"; ``fee``: "15.000 đ", "Không" or why it is not known yet."""

    term: str
    fee: str


def brief(procedure: Procedure, profile: UnitProfile, on: date) -> Brief:
    """What a citizen asks first: how long and how much."""
    variant = procedure.variant_on(on)
    if variant is None:
        return Brief("Chưa có trong danh mục", "")
    answers = IntakeForm("").choose(procedure).answers
    found = assess(procedure, variant, answers, settings=profile.tariffs, on=on)
    term = short_term(found.term or variant.default_term)
    if not variant.fees:
        return Brief(term, "Không")
    fee = found.fee
    if fee.unset:
        return Brief(term, "Chưa có mức")
    if fee.total_vnd is None:
        return Brief(term, "Tùy hồ sơ")
    return Brief(term, format_vnd(fee.total_vnd) if fee.total_vnd else "Không")


def heading_line(procedure: Procedure, profile: UnitProfile, on: date) -> str:
    """The line under the name in step 2: ``3 ngày làm việc · 15.000 đ``."""
    words, variant = brief(procedure, profile, on), procedure.variant_on(on)
    if not words.fee or variant is None:
        return words.term
    if words.fee == "Không":
        return f"{words.term} · không thu phí, lệ phí"
    kinds = {rule.kind for rule in variant.fees}
    kind = "phí, lệ phí" if len(kinds) > 1 else "phí" if LevyKind.FEE in kinds else "lệ phí"
    return f"{words.term} · {kind} {words.fee[:1].lower()}{words.fee[1:]}"
