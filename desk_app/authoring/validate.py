"""Checks that need more than one value: between the versions of a procedure, and between procedures.

What can be seen in one place (types, unknown keys, unknown questions, negative fees) is refused while reading, in
`domain.procedure_data`. Here: overlapping validity, twins, broken references, conditions that can never hold.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import pairwise

from desk_app.authoring.source import Complaint, Source
from desk_app.domain.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    DataProblem,
    Equals,
    Not,
    OneOf,
    Path,
    QuestionKind,
)
from desk_app.domain.procedure import Procedure, Variant
from desk_app.domain.procedure_data import procedure_from_data

SHORT_NAME_LETTERS = 22


def read_procedure(source: Source) -> tuple[Procedure | None, list[Complaint]]:
    """The procedure of one file, or what is wrong with it."""
    try:
        procedure = procedure_from_data(source.data)
    except DataProblem as problem:
        return None, [source.complaint(problem.path, problem.reason)]
    return procedure, [source.complaint(path, reason) for path, reason in own_problems(procedure)]


def own_problems(procedure: Procedure) -> Iterator[tuple[Path, str]]:
    """What is wrong with one procedure that can be read: where and why."""
    if not procedure.variants:
        yield ("variants",), "thủ tục phải có ít nhất một bản hiệu lực"
    if len(procedure.short_name) > SHORT_NAME_LETTERS and procedure.short_name != procedure.name:
        yield ("short_name",), f"tên ngắn dài quá {SHORT_NAME_LETTERS} chữ"
    yield from _overlaps(procedure)
    seen: set[str] = set()
    for i, variant in enumerate(procedure.variants):
        if variant.id in seen:
            yield ("variants", i, "id"), f"hai bản cùng mã “{variant.id}”"
        seen.add(variant.id)
        yield from _contradictions(procedure, variant, ("variants", i))


def _overlaps(procedure: Procedure) -> Iterator[tuple[Path, str]]:
    order = sorted(enumerate(procedure.variants), key=lambda item: item[1].valid_from)
    for (_, earlier), (index, later) in pairwise(order):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            yield (
                ("variants", index, "valid_from"),
                f"hiệu lực chồng nhau: “{earlier.id}” chưa hết khi “{later.id}” bắt đầu ({later.valid_from})",
            )


def _contradictions(procedure: Procedure, variant: Variant, path: Path) -> Iterator[tuple[Path, str]]:
    for place, when in _conditions_of(variant, path):
        if _never_holds(when, procedure):
            yield (*place, "when"), "điều kiện không bao giờ đúng (các phần mâu thuẫn nhau)"


def _conditions_of(variant: Variant, path: Path) -> Iterator[tuple[Path, Condition]]:
    for i, rule in enumerate(variant.routing):
        if rule.when is not None:
            yield (*path, "routing", i), rule.when
    for i, document in enumerate(variant.documents):
        if document.when is not None:
            yield (*path, "documents", i), document.when
    for i, case in enumerate(variant.term_cases):
        yield (*path, "time", "cases", i), case.when
    for i, fee in enumerate(variant.fees):
        if fee.when is not None:
            yield (*path, "fees", i), fee.when
        for j, exemption in enumerate(fee.exemptions):
            yield (*path, "fees", i, "exemptions", j), exemption.when


def _never_holds(when: Condition, procedure: Procedure) -> bool:
    """Whether a conjunction asks one question for things that exclude each other; other shapes are trusted."""
    match when:
        case AnyOf(parts):
            return all(_never_holds(part, procedure) for part in parts)
        case All(parts):
            if any(_never_holds(part, procedure) for part in parts):
                return True
            leaves = [leaf for part in parts for leaf in _conjuncts(part)]
            return any(
                _exclude_each_other([leaf for leaf in leaves if leaf[0].question == name], procedure, name)
                for name in {leaf[0].question for leaf in leaves}
            )
        case _:
            return False


Signed = tuple[Equals | OneOf | Compare, bool]


def _conjuncts(part: Condition) -> Iterator[Signed]:
    """The leaves that must all hold (True) or fail (False) for the part to hold; unions are left out."""
    match part:
        case All(parts):
            for inner in parts:
                yield from _conjuncts(inner)
        case Equals() | OneOf() | Compare():
            yield part, True
        case Not(Equals() | OneOf() | Compare() as leaf):
            yield leaf, False
        case _:
            return


def _exclude_each_other(leaves: list[Signed], procedure: Procedure, name: str) -> bool:
    question = procedure.question(name)
    if question is None or not any(wanted for _, wanted in leaves):
        return False
    candidates: set[bool | int | str]
    match question.kind:
        case QuestionKind.YES_NO:
            candidates = {True, False}
        case QuestionKind.CHOICE:
            candidates = set(question.labels)
        case QuestionKind.NUMBER:
            candidates = _numbers_to_try(leaves)
    return not any(all(_fits(leaf, value) == wanted for leaf, wanted in leaves) for value in candidates)


def _numbers_to_try(leaves: list[Signed]) -> set[bool | int | str]:
    """Each bound and its neighbours: between them nothing changes."""
    bounds: set[int] = {0}
    for leaf, _ in leaves:
        match leaf:
            case Compare(_, _, bound):
                bounds.add(bound)
            case Equals(_, value) if isinstance(value, int):
                bounds.add(value)
            case OneOf(_, values):
                bounds.update(value for value in values if isinstance(value, int))
    return {value for bound in bounds for value in (bound - 1, bound, bound + 1) if value >= 0}


def _fits(leaf: Equals | OneOf | Compare, value: bool | int | str) -> bool:
    match leaf:
        case Equals(_, wanted):
            return value == wanted
        case OneOf(_, values):
            return value in values
        case Compare(_, op, bound):
            assert isinstance(value, int)
            return {"gt": value > bound, "gte": value >= bound, "lt": value < bound, "lte": value <= bound}[op]


def across(
    procedures: Mapping[str, tuple[Source, Procedure]], sources: list[tuple[Source, Procedure]]
) -> list[Complaint]:
    """What is wrong between procedures: twins by id or code, one field with two names, unknown procedure in a route."""
    found: list[Complaint] = []
    ids: dict[str, str] = {}
    codes: dict[str, str] = {}
    fields: dict[str, str] = {}
    for source, procedure in sources:
        if procedure.id in ids:
            found.append(source.complaint(("id",), f"mã “{procedure.id}” đã có trong {ids[procedure.id]}"))
        ids.setdefault(procedure.id, source.file)
        if procedure.code is not None and procedure.code in codes:
            reason = f"mã thủ tục {procedure.code} đã dùng cho “{codes[procedure.code]}”"
            found.append(source.complaint(("code",), reason))
        elif procedure.code is not None:
            codes[procedure.code] = procedure.id
        if fields.setdefault(procedure.field, procedure.field_name) != procedure.field_name:
            found.append(source.complaint(("field_name",), f"lĩnh vực “{procedure.field}” có hai tên khác nhau"))
        found += [source.complaint(path, reason) for path, reason in broken_routes(procedure, procedures)]
    return found


def broken_routes(procedure: Procedure, procedures: Container[str]) -> Iterator[tuple[Path, str]]:
    """Routes of a procedure to procedures that do not exist: where and why."""
    for i, variant in enumerate(procedure.variants):
        for j, rule in enumerate(variant.routing):
            path = ("variants", i, "routing", j)
            if rule.procedure is not None and rule.procedure not in procedures:
                yield (*path, "procedure"), f"không có thủ tục “{rule.procedure}”"
            looks_like_id = "." in rule.to and " " not in rule.to and rule.to.isascii()
            if looks_like_id and rule.to not in procedures:
                yield (*path, "to"), f"không có thủ tục “{rule.to}”"
