"""An administrator changes a procedure: by form, looked at before it holds, never in place of what was.

``open_draft`` → ``check`` as often as wanted → ``save``. A save makes the next version of the commune's own layer; a
draft with a problem, or with a case that does not hold, leaves everything as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desk_app.authoring.validate import broken_routes, own_problems
from desk_app.documents.picture import Picture
from desk_app.domain.case_words import case_words
from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.catalogue_changes import variant_changes
from desk_app.domain.catalogue_check import problem_at, problems
from desk_app.domain.catalogue_draft import Author, Draft, applied, draft_of, new_variant_id
from desk_app.domain.catalogue_form import Problem
from desk_app.domain.catalogue_layer import entry_digest, lay_editions
from desk_app.domain.errors import Refused
from desk_app.domain.intake import document_kind
from desk_app.domain.overlay import Edition, Overlay
from desk_app.domain.procedure import Procedure, Question, Variant
from desk_app.domain.procedure_data import procedure_from_data
from desk_app.domain.session import Role
from desk_app.services import commune_layer, paper_data_sample
from desk_app.services.catalogue_cases import CaseResult, kept_cases, run_cases
from desk_app.services.catalogue_delivery import activated_before, national_bytes
from desk_app.services.commune_edit import tariff_words
from desk_app.services.desk import Desk
from desk_app.storage.transaction import ReadTx
from sync.protocol.catalogue_facts import CatalogueActivated

_PICTURE_PX = 900


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft and what its form needs. ``own``: the office edited it before; ``held``: days of the version it begins from.

    ``tariffs``: setting and words of each amount that the province decides.
    """

    draft: Draft
    title: str
    code: str
    held: str
    own: bool
    questions: tuple[Question, ...]
    tariffs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a draft would mean. ``problems`` and cases that do not hold keep it from being saved.

    ``changes``: against the version before; ``papers``: name, kind and case; ``slip``: None while there are problems.
    """

    problems: tuple[Problem, ...]
    changes: tuple[str, ...] = ()
    cases: tuple[CaseResult, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    slip: Picture | None = None

    @property
    def failing(self) -> tuple[CaseResult, ...]:
        return tuple(result for result in self.cases if not result.holds)

    @property
    def may_be_saved(self) -> bool:
        return not self.problems and bool(self.changes) and not self.failing


@dataclass(frozen=True, slots=True)
class SaveEdit:
    """Make the draft a version of the commune. ``accepted``: ids of cases whose new outcome is the right one."""

    id: str
    draft: Draft
    accepted: frozenset[str] = frozenset()


def open_draft(desk: Desk, procedure_id: str, valid_from: date) -> Opened:
    """The form of a procedure for a version that begins on ``valid_from``. Refuses: DM-11, DM-41, DM-42."""
    if procedure_id not in desk.catalogue.procedures:
        raise Refused("DM-11", what=procedure_id)
    with desk.store.read() as tx:
        commune_layer.require_key(tx, desk.profile(tx))
    procedure = desk.procedure(procedure_id)
    draft = draft_of(desk.catalogue.procedures.data(procedure_id), valid_from)
    base = procedure.variant(draft.base)
    assert base is not None
    end = f"đến {base.valid_to:%d/%m/%Y}" if base.valid_to else "chưa có ngày hết"
    commune = commune_layer.of_commune(desk)
    return Opened(
        draft=draft,
        title=procedure.name,
        code=procedure.code or "",
        held=f"từ {base.valid_from:%d/%m/%Y} {end}",
        own=commune is not None and procedure_id in commune.editions,
        questions=procedure.questions,
        tariffs=tariff_words(desk.catalogue),
    )


def draft_problems(desk: Desk, draft: Draft) -> tuple[Problem, ...]:
    """What is wrong with the fields of a draft: the quick part of ``check``, asked while somebody types."""
    author = Author(desk.officer.name, desk.now().date())
    return problems(desk.catalogue.procedures.data(draft.procedure), draft, author)


def check(desk: Desk, draft: Draft, accepted: frozenset[str] = frozenset()) -> Checked:
    """What is wrong with the draft, what it changes, whether the cases hold, how the slip will look. Changes nothing."""
    with desk.store.read() as tx:
        return _check(desk, tx, draft, accepted, picture=True)[0]


def save(desk: Desk, command: SaveEdit) -> CatalogueActivated:
    """The draft becomes the office's version from its day on; the same command twice is once.

    Refuses: DM-43 a problem is left, DM-44 a case does not hold, DM-45 nothing is changed, DM-41, DM-42. Only a head.
    """
    desk.officer.require(Role.HEAD)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return activated_before(tx)
        tx.use_line(desk.line_kind)
        checked, entry = _check(desk, tx, command.draft, command.accepted, picture=False)
        if checked.problems:
            raise Refused("DM-43", text=checked.problems[0].text)
        if not checked.changes:
            raise Refused("DM-45")
        if checked.failing:
            raise Refused("DM-44", n=len(checked.failing))
        data = commune_layer.data_in_use(tx)
        listed = [item for item in data.get("procedures", ()) if item["entry"]["id"] != entry["id"]]
        base = _national_entry(desk, tx, str(entry["id"]))
        edited = {"base": entry_digest(base), "entry": entry, "cases": list(kept_cases(checked.cases))}
        fact = commune_layer.put_changed(desk, tx, {"procedures": [*listed, edited]})
    desk.wake_sync()
    return fact


def _check(
    desk: Desk, tx: ReadTx, draft: Draft, accepted: frozenset[str], *, picture: bool
) -> tuple[Checked, Mapping[str, Any]]:
    old_entry = desk.catalogue.procedures.data(draft.procedure)
    author = Author(desk.officer.name, desk.now().date())
    found = problems(old_entry, draft, author)
    if found:
        return Checked(found), old_entry
    entry = applied(old_entry, draft, author)
    procedure = procedure_from_data(entry)
    wider = (*own_problems(procedure), *broken_routes(procedure, desk.catalogue.procedures))
    if wider:
        return Checked(tuple(problem_at(old_entry, draft, path, reason) for path, reason in wider)), old_entry
    variant = procedure.variant(new_variant_id(old_entry, draft)) or procedure.variant(draft.base)
    assert variant is not None
    new = _with_entry(desk, tx, draft.procedure, entry)
    return (
        Checked(
            (),
            _changes(desk.procedure(draft.procedure), procedure, draft, variant),
            run_cases(desk.catalogue, new, draft.procedure, draft.valid_from, accepted),
            tuple(_paper(procedure, d.name, document_kind(d), d.when) for d in variant.documents),
            _picture(desk, tx, procedure, variant, new) if picture else None,
        ),
        entry,
    )


def _paper(procedure: Procedure, name: str, kind: str, when: Any) -> tuple[str, str]:
    case = case_words(when, procedure.by_question_id)
    return name, f"{kind}. Chỉ khi {case}." if case else f"{kind}."


def _with_entry(desk: Desk, tx: ReadTx, id: str, entry: Mapping[str, Any]) -> Catalogue:
    """The catalogue as it would be with this entry; the office's other versions stay in it."""
    commune = commune_layer.of_commune(desk) or Overlay(commune_layer.LAYER, "nháp")
    base = entry_digest(_national_entry(desk, tx, id))
    cases = tuple(desk.catalogue.cases.get(id, ()))
    layer = replace(commune, editions={**commune.editions, id: Edition(base, entry, cases)})
    return load_catalogue(lay_editions(national_bytes(desk, tx), layer).data)


def _national_entry(desk: Desk, tx: ReadTx, id: str) -> Mapping[str, Any]:
    entries = json.loads(national_bytes(desk, tx))["procedures"]
    found: Mapping[str, Any] = next(entry for entry in entries if entry["id"] == id)
    return found


def _picture(desk: Desk, tx: ReadTx, procedure: Procedure, variant: Variant, new: Catalogue) -> Picture:
    slip = paper_data_sample.sample_slip(desk, desk.profile(tx), procedure, variant, new.version)
    return paper_data_sample.slip_picture(slip, _PICTURE_PX)


def _changes(old: Procedure, new: Procedure, draft: Draft, variant: Variant) -> tuple[str, ...]:
    said = []
    if old.name != new.name:
        said.append(f"Tên: {old.name} → {new.name} (đổi ngay)")
    if old.explanation != new.explanation:
        said.append("Lời giải thích (đổi ngay)")
    if old.common_mistakes != new.common_mistakes:
        said.append("Các lỗi hay gặp (đổi ngay)")
    if old.synonyms != new.synonyms:
        said.append("Từ tìm kiếm (đổi ngay)")
    before = old.variant(draft.base)
    assert before is not None
    if before != variant and variant in new.variants:
        lines = variant_changes(before, variant)
        if lines or replace(before, valid_to=None) != replace(variant, valid_to=None):
            said += [
                f"Từ {variant.valid_from:%d/%m/%Y}: {line}" for line in lines or ["Đổi kết quả, nguồn hoặc ghi chú"]
            ]
    return tuple(said)
