"""The catalogue as an office looks at it: what holds, since when, from whom, how sure; read only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.catalogue_layer import national_version
from desk_app.domain.overlay import WORDS, origin_of
from desk_app.domain.procedure import Confidence, Procedure, Provincial, Variant
from desk_app.domain.unit import UnitProfile
from desk_app.services.desk import Desk
from desk_app.services.paper_data_posters import fee_words, term_words
from desk_app.storage.queries import catalogue as catalogue_query

IN_USE, CHANGES, ENDED, LATER = "in_use", "changes", "ended", "later"


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One procedure. ``state``: in_use, changes (from ``day``), ended (on ``day``), later (begins on ``day``)."""

    id: str
    code: str
    name: str
    field: str
    term: str
    fee: str
    state: str
    day: date | None
    checked: bool


@dataclass(frozen=True, slots=True)
class CatalogueHead:
    """What is in force: version, who signed it, and the layers over it in words.

    ``aside``: names of procedures the office edited over an entry that the level above has changed since.
    """

    version: str
    signed: str
    layers: tuple[str, ...]
    covers_to: date
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueDetail:
    """One procedure in full: pairs of label and words, then notes."""

    title: str
    above: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def head(desk: Desk) -> CatalogueHead:
    """What this desk works by."""
    with desk.store.read() as tx:
        rows = catalogue_query.layers(tx)
    national = rows.get("national")
    signed = "đi kèm chương trình"
    if national is not None and national.version == national_version(desk.catalogue.version):
        signed = "chữ ký số hợp lệ"
    layers = tuple(f"{WORDS[o.layer].capitalize()}: {o.version}" for o in desk.layers)
    return CatalogueHead(desk.catalogue.version, signed, layers, desk.catalogue.calendar.covers[1], _aside(desk))


def _aside(desk: Desk) -> tuple[str, ...]:
    """What the office edited and does not hold: the entry under it is another one now, or gone."""
    known = desk.catalogue.procedures
    edited = {id: edition.entry for layer in desk.layers for id, edition in layer.editions.items()}
    lost = [id for id, entry in edited.items() if id not in known or known.data(id) != entry]
    return tuple(desk.procedure_name(id) for id in lost)


def rows(desk: Desk) -> tuple[CatalogueRow, ...]:
    """Every procedure, in the order of the catalogue."""
    with desk.store.read() as tx:
        profile = desk.profile(tx)
    on = desk.now().date()
    return tuple(_row(desk.procedure(h.id), profile, on) for h in desk.catalogue.headings)


def detail(desk: Desk, procedure_id: str) -> CatalogueDetail:
    """One procedure with where its values come from."""
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        waiting = tx.row("SELECT COUNT(*) FROM dossier WHERE procedure = ? AND returned_at = ''", (procedure_id,))[0]
    procedure, on = desk.procedure(procedure_id), desk.now().date()
    variant = procedure.variant_on(on) or procedure.variants[-1]
    since = f"hiệu lực từ {variant.valid_from:%d/%m/%Y}"
    above = f"{procedure.code or 'chưa có mã'} · {procedure.field_name} · {since}"
    always = sum(d.when is None for d in variant.documents)
    papers = f"{len(variant.documents)}, luôn cần {always}" if variant.documents else "không có"
    facts = (
        ("Thời hạn", term_words(variant)),
        *_fees(desk, variant, profile),
        ("Câu hỏi hướng dẫn", f"{len(procedure.questions)} câu"),
        ("Thành phần hồ sơ", papers),
        ("Cơ quan giải quyết", variant.competent_agency),
        ("Bản đã có", f"{len(procedure.variants)}"),
        ("Hồ sơ đang mở", f"{waiting}, giữ theo bản lúc tiếp nhận"),
        ("Mức tin cậy", "chưa kiểm chứng" if variant.confidence is Confidence.KNOWLEDGE else "có nguồn"),
    )
    basis = tuple(f"{b.name} số {b.number}" for b in variant.legal_basis)
    return CatalogueDetail(procedure.name, above, facts, (*basis, *(s.title for s in variant.sources)))


def _row(procedure: Procedure, profile: UnitProfile, on: date) -> CatalogueRow:
    variant = procedure.variant_on(on)
    later = sorted(v.valid_from for v in procedure.variants if v.valid_from > on)
    if variant is None:
        ended = max((v.valid_to for v in procedure.variants if v.valid_to), default=None)
        state, day = (LATER, later[0]) if later else (ENDED, ended)
    else:
        ending = variant.valid_to
        state, day = (CHANGES, later[0]) if later else (ENDED, ending) if ending else (IN_USE, None)
    shown = variant or procedure.variants[-1]
    return CatalogueRow(
        procedure.id, procedure.code or "", procedure.name, procedure.field_name, term_words(shown),
        fee_words(shown, profile), state, day, shown.confidence is not Confidence.KNOWLEDGE,
    )  # fmt: skip


def _fees(desk: Desk, variant: Variant, profile: UnitProfile) -> list[tuple[str, str]]:
    found = [("Phí, lệ phí", fee_words(variant, profile))]
    for rule in variant.fees:
        if isinstance(rule.calc, Provincial):
            origin = origin_of(profile, desk.layers, rule.calc.setting) or profile.tariff_basis
            found.append(("Mức thu từ", origin))
            break
    return found
