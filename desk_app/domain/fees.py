"""What the applicant owes, line by line, each explaining itself. Whole đồng; the officer can type no amount.

A tariff that nobody entered makes the total unknown, never 0. Amounts, exemptions and their legal basis come from the
catalogue in force on the day of collection; none is written in code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk_app.domain.condition import Answers, evaluate3, questions_in, undecided
from desk_app.domain.money import format_vnd
from desk_app.domain.procedure import Exemption, FeeRule, Fixed, LevyKind, PageBands, Variant

NO_QUESTIONS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One levy that is owed, or exempt (then `amount_vnd` is 0 and `exempt_reason` says why)."""

    id: str
    kind: LevyKind
    name: str
    quantity: int
    unit_text: str
    unit_price_vnd: int
    amount_vnd: int
    basis: str
    exempt_reason: str | None
    explanation: str


@dataclass(frozen=True, slots=True)
class UnsetFee:
    """A levy that is owed, but whose tariff the office has not entered."""

    id: str
    kind: LevyKind
    name: str
    quantity: int
    unit_text: str
    setting: str


@dataclass(frozen=True, slots=True)
class FeeQuote:
    """All levies; `total_vnd` is None while a tariff is unset or a question that decides a levy is open."""

    lines: tuple[FeeLine, ...]
    total_vnd: int | None
    unset_settings: tuple[str, ...] = ()
    unset: tuple[UnsetFee, ...] = ()
    open_questions: frozenset[str] = NO_QUESTIONS


NO_FEE_QUOTED = FeeQuote((), None)


def together(quotes: Iterable[FeeQuote]) -> FeeQuote | None:
    """The quotes of one visit as one, in their order; None when there is none, total unknown when one is unknown."""
    found = tuple(quotes)
    if not found:
        return None
    totals = [quote.total_vnd for quote in found]
    return FeeQuote(
        tuple(line for quote in found for line in quote.lines),
        None if None in totals else sum(total or 0 for total in totals),
        tuple(dict.fromkeys(setting for quote in found for setting in quote.unset_settings)),
        tuple(unset for quote in found for unset in quote.unset),
        frozenset().union(*(quote.open_questions for quote in found)),
    )


def quote(
    variant: Variant,
    answers: Answers,
    settings: Mapping[str, int],
    closed: frozenset[str] = NO_QUESTIONS,
) -> FeeQuote:
    """Every levy of the variant for these answers.

    `settings` are the province's tariffs by setting name (đồng); `closed` are questions that will never be answered:
    a count among them is taken as 1, a page count stays unknown.
    """
    lines: list[FeeLine] = []
    unset: list[UnsetFee] = []
    opened: set[str] = set()
    for rule in variant.fees:
        outcome = _levy(rule, answers, settings, closed)
        match outcome:
            case FeeLine():
                lines.append(outcome)
            case UnsetFee():
                unset.append(outcome)
            case frozenset():
                opened |= outcome
    names = tuple(dict.fromkeys(fee.setting for fee in unset))
    known = not unset and not opened
    total = sum(line.amount_vnd for line in lines) if known else None
    return FeeQuote(tuple(lines), total, names, tuple(unset), frozenset(opened))


def questions_of_fees(variant: Variant) -> frozenset[str]:
    """Every question the levies of a variant look at: what makes them owed, exempt, and how often they count."""
    names: set[str] = set()
    for rule in variant.fees:
        for condition in (rule.when, *(exemption.when for exemption in rule.exemptions)):
            if condition is not None:
                names.update(questions_in(condition))
        calc = rule.calc
        counted = (calc.pages, calc.copies) if isinstance(calc, PageBands) else (calc.times,)
        names.update(name for name in counted if name is not None)
    return frozenset(names)


def _levy(
    rule: FeeRule, answers: Answers, settings: Mapping[str, int], closed: frozenset[str]
) -> FeeLine | UnsetFee | frozenset[str]:
    """The line, the missing tariff, or the questions it waits for (none: the levy is not owed)."""
    owed = True if rule.when is None else evaluate3(rule.when, answers, closed)
    if owed is False:
        return NO_QUESTIONS
    waiting = set(undecided(rule.when, answers, closed)) if rule.when is not None else set()
    exemption = _exemption(rule, answers, closed)
    if isinstance(exemption, frozenset):
        waiting |= exemption
        exemption = None
    counts = _counts(rule, answers, closed)
    if isinstance(counts, frozenset):
        if exemption is None or waiting:
            return frozenset(waiting | counts)
        counts = (0, 0)
    if waiting:
        return frozenset(waiting)
    return _line(rule, counts, settings, exemption)


def _exemption(rule: FeeRule, answers: Answers, closed: frozenset[str]) -> Exemption | frozenset[str] | None:
    """The first exemption that holds, or the questions that could still make one hold."""
    waiting: set[str] = set()
    for exemption in rule.exemptions:
        holds = evaluate3(exemption.when, answers, closed)
        if holds and not waiting:
            return exemption
        if holds is None:
            waiting |= undecided(exemption.when, answers, closed)
    return frozenset(waiting) if waiting else None


def _counts(rule: FeeRule, answers: Answers, closed: frozenset[str]) -> tuple[int, int] | frozenset[str]:
    """(units or copies, pages of the original), or the counts that are still missing."""
    calc = rule.calc
    names = (calc.copies, calc.pages) if isinstance(calc, PageBands) else (calc.times,)
    values: list[int] = []
    missing: set[str] = set()
    for name in names:
        answer = 1 if name is None else answers.get(name)
        if answer is None and name in closed and not (isinstance(calc, PageBands) and name == calc.pages):
            answer = 1
        if not isinstance(answer, int) or isinstance(answer, bool) or answer < 0:
            missing.add(str(name))
        else:
            values.append(answer)
    if missing:
        return frozenset(missing)
    return values[0], values[1] if len(values) > 1 else 0


def _line(
    rule: FeeRule, counts: tuple[int, int], settings: Mapping[str, int], exemption: Exemption | None
) -> FeeLine | UnsetFee:
    quantity, pages = counts
    calc = rule.calc
    if isinstance(calc, PageBands):
        price, how = _page_price(calc, pages)
    elif isinstance(calc, Fixed):
        price, how = calc.amount_vnd, format_vnd(calc.amount_vnd)
    else:
        tariff = settings.get(calc.setting)
        if tariff is None and exemption is None:
            return UnsetFee(rule.id, rule.kind, rule.name, quantity, rule.unit, calc.setting)
        price = tariff or 0
        how = format_vnd(price)
    if exemption is not None:
        explanation = f"miễn: {exemption.reason} ({exemption.basis})"
        return FeeLine(
            rule.id, rule.kind, rule.name, quantity, rule.unit, price, 0, exemption.basis, exemption.reason, explanation
        )
    explanation = f"{quantity} {rule.unit} × {how}"
    basis = rule.basis
    return FeeLine(
        rule.id, rule.kind, rule.name, quantity, rule.unit, price, quantity * price, basis, None, explanation
    )


def _page_price(calc: PageBands, pages: int) -> tuple[int, str]:
    """Price of one copy and how it comes about: "(2 trang × 2.000 đ + 10 trang × 1.000 đ)"."""
    price = 0
    parts: list[str] = []
    for band in calc.bands:
        last = pages if band.last is None else min(pages, band.last)
        in_band = max(0, last - band.first + 1)
        if in_band:
            price += in_band * band.per_page_vnd
            parts.append(f"{in_band} trang × {format_vnd(band.per_page_vnd)}")
    how = f"({' + '.join(parts)})" if len(parts) > 1 else "".join(parts) or "0 trang"
    if calc.cap_per_copy_vnd is not None and price > calc.cap_per_copy_vnd:
        return calc.cap_per_copy_vnd, f"{format_vnd(calc.cap_per_copy_vnd)} (mức tối đa một bản; tính ra {how})"
    return price, how
