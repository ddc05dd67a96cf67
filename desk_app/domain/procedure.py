"""A procedure as the catalogue describes it: what is asked, what is needed, what it costs, how long it takes.

Values only; the rules on them are in `assessment`, `fees` and `deadline`, reading and checking in `procedure_data`.
Every fact keeps how sure we are of it (`confidence`): "seen" in a named source, or "knowledge" that nobody checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from desk_app.domain.condition import Condition, QuestionKind

REFUSE = "Từ chối"


class Confidence(StrEnum):
    """How far a fact can be trusted; screen and slip show what is not verified."""

    VERIFIED = "verified"
    SEEN = "seen"
    KNOWLEDGE = "knowledge"


class DocumentKind(StrEnum):
    """Whether a paper stays here or is only looked at."""

    HAND_IN = "nop"
    SHOW = "xuat_trinh"


class Computed(StrEnum):
    """Where the program finds an answer by itself: the applicant's age on the card, or the days since a typed date.

    An age "if male" is the groom's when the groom applies; otherwise it is asked.
    """

    AGE = "applicant_age"
    AGE_IF_MALE = "applicant_age_if_male"
    AGE_IF_FEMALE = "applicant_age_if_female"
    DAYS_SINCE = "days_since"


class TermUnit(StrEnum):
    """What a term counts; `HOUR` is an hour inside working hours."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"


class LevyKind(StrEnum):
    """Phí (price of a public service) and lệ phí (charge for an act) are two legal things."""

    FEE = "phi"
    CHARGE = "le_phi"


@dataclass(frozen=True, slots=True)
class Verified:
    """Who checked a fact against which document, and when."""

    by: str
    on: date
    document: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the guidance, in the citizen's words; `ask_when` None asks always.

    `usual` is the answer of nearly everybody, set until the officer changes it. `at_desk` is known at the counter (the
    channel), so it is never asked there. `computed`: read from the card or counted from a date instead of asked.
    """

    id: str
    text: str
    kind: QuestionKind
    options: tuple[Option, ...] = ()
    ask_when: Condition | None = None
    affects: frozenset[str] = frozenset()
    help: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    usual: bool | int | str | None = None
    at_desk: bool | int | str | None = None
    computed: Computed | None = None


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A line of the checklist. `originals` and `copies` are counts; both 0 means information only."""

    id: str
    name: str
    kind: DocumentKind
    originals: int
    copies: int
    when: Condition | None
    form: str
    issuer: str
    note: str
    confidence: Confidence
    verified: Verified | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """The share of one office in a term: `value` counts the term's own unit."""

    agency: str
    value: int


@dataclass(frozen=True, slots=True)
class Term:
    """A time limit; `value` and `unit` None means unknown: show "chưa xác định", never 0.

    `cutoff` only with same-day terms: received later, `after_cutoff` applies instead. `stages`: the offices a dossier
    passes in their order, when the law gives each its own limit (Nghị định 61/2018 Điều 17: the slip names each); they
    add up to `value`.
    """

    value: int | None
    unit: TermUnit | None
    cutoff: time | None = None
    after_cutoff: Term | None = None
    note: str = ""
    confidence: Confidence = Confidence.KNOWLEDGE
    verified: Verified | None = None
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class TermCase:
    """A term for a special case; the first whose condition holds wins over the default."""

    when: Condition
    term: Term


@dataclass(frozen=True, slots=True)
class Fixed:
    """`amount_vnd` for each unit; `times` is the question that counts the units."""

    amount_vnd: int
    times: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Pages `first`…`last` (None = all further) at `per_page_vnd`."""

    first: int
    last: int | None
    per_page_vnd: int


@dataclass(frozen=True, slots=True)
class PageBands:
    """For each copy the sum over the bands, capped; pages are those of the original."""

    pages: str
    copies: str
    bands: tuple[Band, ...]
    cap_per_copy_vnd: int | None


@dataclass(frozen=True, slots=True)
class Provincial:
    """Set by the province: the amount is the office setting `setting`, unknown while nobody entered it."""

    setting: str
    set_by: str
    times: str | None = None
    values: Mapping[str, int | None] = field(default_factory=dict)
    value_note: str = ""
    former_ceiling_vnd: int | None = None
    former_ceiling_basis: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Sets the line to 0 when it holds; `reason` and `basis` are printed."""

    when: Condition
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One phí or lệ phí of a variant."""

    id: str
    kind: LevyKind
    name: str
    unit: str
    when: Condition | None
    calc: Fixed | PageBands | Provincial
    exemptions: tuple[Exemption, ...]
    basis: str
    confidence: Confidence
    note: str
    verified: Verified | None = None


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Sends the citizen elsewhere: `to` is an agency, a procedure id or `REFUSE`."""

    when: Condition | None
    to: str
    reason: str
    procedure: str | None = None

    @property
    def refuses(self) -> bool:
        """Whether the request is turned down instead of sent on."""
        return self.to == REFUSE


@dataclass(frozen=True, slots=True)
class Step:
    """Who does what inside the office; `max_duration` is free text or empty."""

    who: str
    what: str
    max_duration: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal text; `dated` None when we could not read its date."""

    number: str
    dated: date | None
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the compiler read it."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A value changed from the data we were given: what, both values, and the source."""

    what: str
    was: str
    now: str
    source: str


@dataclass(frozen=True, slots=True)
class Submission:
    """Channels that may be used; `online` is khong, mot_phan or toan_trinh."""

    direct: bool
    post: bool
    online: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A procedure as it stood from `valid_from` to `valid_to`, both inclusive, None = open."""

    id: str
    valid_from: date
    valid_to: date | None
    confidence: Confidence
    as_of: date
    implementing_agency: str
    competent_agency: str
    coordinating_agency: str
    submission: Submission
    conditions: tuple[str, ...]
    routing: tuple[RoutingRule, ...]
    documents: tuple[RequiredDocument, ...]
    steps: tuple[Step, ...]
    default_term: Term
    term_cases: tuple[TermCase, ...]
    fees: tuple[FeeRule, ...]
    result: str
    legal_basis: tuple[LegalBasis, ...]
    forms: tuple[str, ...]
    sources: tuple[Source, ...]
    notes: str
    verified: Verified | None = None

    def in_force(self, on: date) -> bool:
        """Whether this version applies to what is received on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def document(self, document_id: str) -> RequiredDocument | None:
        """The line of the checklist with that id."""
        return next((document for document in self.documents if document.id == document_id), None)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One entry of the catalogue with all its versions; `code` is the national code, None when not confirmed."""

    id: str
    code: str | None
    code_confidence: str | None
    name: str
    short_name: str
    official_name: str
    field: str
    field_name: str
    level: str
    depth: str
    applicants: tuple[str, ...]
    explanation: str
    questions: tuple[Question, ...]
    common_mistakes: tuple[str, ...]
    synonyms: tuple[str, ...]
    variants: tuple[Variant, ...]
    corrections: tuple[Correction, ...]

    def variant_on(self, day: date) -> Variant | None:
        """The version in force on the local date of receipt; None before the first or after the last."""
        return next((variant for variant in self.variants if variant.in_force(day)), None)

    def variant(self, variant_id: str) -> Variant | None:
        """The version a dossier was received under, whatever is in force now."""
        return next((variant for variant in self.variants if variant.id == variant_id), None)

    def question(self, question_id: str) -> Question | None:
        """The question with that id."""
        return next((question for question in self.questions if question.id == question_id), None)

    @property
    def by_question_id(self) -> dict[str, Question]:
        """Questions by id, for `condition.explain`."""
        return {question.id: question for question in self.questions}
