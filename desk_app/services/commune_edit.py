"""Hours, addresses and noted fees of the commune by form: what it says over the level above, put into use at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from desk_app.domain.agency import Place
from desk_app.domain.catalogue import Catalogue
from desk_app.domain.catalogue_form import FieldKind, FormField, Problem, Section
from desk_app.domain.errors import Refused
from desk_app.domain.overlay import directory_over, lay_over
from desk_app.domain.procedure_data import MAX_VND
from desk_app.domain.session import Role
from desk_app.domain.unit import UnitProfile
from desk_app.services import commune_layer
from desk_app.services.catalogue_delivery import activated_before
from desk_app.services.desk import Desk, profile_of
from desk_app.storage.queries import profile as profile_query
from desk_app.storage.transaction import ReadTx
from sync.protocol.catalogue_facts import CatalogueActivated

OFFICE: Final = Section("office", "Trụ sở của xã", (
    FormField("address", "Địa chỉ", required=True, most=300),
    FormField("phone", "Điện thoại", required=True, most=60),
    FormField("email", "Thư điện tử", most=120),
    FormField("hours_text", "Giờ tiếp nhận", required=True, most=300),
    FormField("feedback", "Nơi nhận phản ánh, kiến nghị", FieldKind.LONG, required=True, most=500),
    FormField("feedback_box", "Hòm thư góp ý", most=300),
    FormField("online", "Nơi nộp trực tuyến", required=True, most=200),
    FormField("site", "Trang thông tin", most=200),
    FormField("catalogue_url", "Địa chỉ danh mục trên trang (in mã QR)", most=200),
))  # fmt: skip
PLACE: Final = Section("place", "Cơ quan khác", (
    FormField("name", "Tên cơ quan ở đây", most=300),
    FormField("address", "Địa chỉ", most=300),
    FormField("phone", "Điện thoại", most=60),
    FormField("hours", "Giờ tiếp nhận", most=300),
))  # fmt: skip
_PHONE = re.compile(r"[0-9+][0-9 .()+-]{5,}")
_URL = re.compile(r"https?://[^\s]+\.[^\s]+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PLACE_KEYS = ("name", "address", "phone", "hours")


@dataclass(frozen=True, slots=True)
class CommuneForm:
    """What the commune says now. ``places`` by agency id; ``tariffs`` in đồng by setting, None = not entered.

    ``fixed``: settings that the province's own layer decides. ``version``: of the layer in use, "" = none.
    """

    office: Mapping[str, str]
    places: Mapping[str, Mapping[str, str]]
    tariffs: Mapping[str, int | None]
    tariff_basis: str
    agencies: tuple[tuple[str, str], ...] = ()
    tariff_words: tuple[tuple[str, str], ...] = ()
    fixed: frozenset[str] = frozenset()
    version: str = ""


@dataclass(frozen=True, slots=True)
class SaveCommune:
    """Put the form into use."""

    id: str
    form: CommuneForm


def tariff_section(form: CommuneForm) -> Section:
    """The amounts the council decides, as fields; those of the province's own layer are not asked."""
    amounts = [
        FormField(setting, words, FieldKind.MONEY, most=MAX_VND)
        for setting, words in form.tariff_words
        if setting not in form.fixed
    ]
    basis = FormField("tariff_basis", "Nghị quyết của HĐND tỉnh", most=300, hint="số, ngày")
    return Section("tariffs", "Mức thu theo nghị quyết của tỉnh", (basis, *amounts))


def open_commune(desk: Desk) -> CommuneForm:
    """What holds now, from whichever layer. Refuses: DM-41, DM-42."""
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        commune_layer.require_key(tx, profile)
    return _now(desk, profile)


def commune_problems(form: CommuneForm) -> tuple[Problem, ...]:
    """What is wrong with the form, field by field; ``row`` of a place is its position among the agencies."""
    found = [*_texts(OFFICE, 0, form.office)]
    for n, (agency, _name) in enumerate(form.agencies):
        found += _texts(PLACE, n, form.places.get(agency, {}))
    for setting, amount in form.tariffs.items():
        if amount is not None and not 0 <= amount <= MAX_VND:
            found.append(Problem("tariffs", 0, setting, "Mức thu phải từ 0 đến 1.000.000.000 đồng."))
    if any(amount is not None for amount in form.tariffs.values()) and not form.tariff_basis.strip():
        found.append(Problem("tariffs", 0, "tariff_basis", "Ghi số nghị quyết của tỉnh quy định mức thu."))
    return tuple(found)


def commune_changes(desk: Desk, form: CommuneForm) -> tuple[str, ...]:
    """What the form would change, each a line."""
    with desk.store.read() as tx:
        now = _now(desk, desk.profile(tx))
    said = [f"{f.words}: {now.office.get(f.key) or 'chưa có'} → {new or 'để trống'}" for f in OFFICE.fields
            if (new := form.office.get(f.key, "").strip()) != now.office.get(f.key, "")]  # fmt: skip
    names = dict(form.agencies)
    for agency, place in form.places.items():
        before = now.places.get(agency, {})
        for field in PLACE.fields:
            new = str(place.get(field.key) or "").strip()
            if new != str(before.get(field.key) or ""):
                said.append(f"{names[agency]}, {field.words.lower()}: {before.get(field.key) or 'chưa có'} → {new}")
    words = dict(form.tariff_words)
    said += [
        f"{words[s]}: {_dong(now.tariffs.get(s))} → {_dong(v)}"
        for s, v in form.tariffs.items()
        if v != now.tariffs.get(s)
    ]
    if form.tariff_basis.strip() != now.tariff_basis:
        said.append(f"Nghị quyết của tỉnh: {now.tariff_basis} → {form.tariff_basis.strip()}")
    return tuple(said)


def save_commune(desk: Desk, command: SaveCommune) -> CatalogueActivated:
    """The form becomes the commune's layer in use; what is as the level above has it is not said again.

    Refuses: DM-43 a problem is left, DM-45 nothing is changed, DM-41, DM-42, DM-48. Only a head may.
    """
    desk.officer.require(Role.HEAD)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return activated_before(tx)
        tx.use_line(desk.line_kind)
        found = commune_problems(command.form)
        if found:
            raise Refused("DM-43", text=found[0].text)
        profile = desk.profile(tx)
        if _now(desk, profile) == _stripped(command.form):
            raise Refused("DM-45")
        fact = commune_layer.put_changed(desk, tx, _said(desk, tx, profile.code, command.form))
    desk.wake_sync()
    return fact


def tariff_words(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Each amount of the council with what it is paid for, since several levies have one name."""
    users: dict[str, str] = {}
    for heading in catalogue.headings:
        for variant in cast("list[dict[str, Any]]", catalogue.procedures.data(heading.id)["variants"]):
            for levy in variant.get("fees") or ():
                users.setdefault(str(levy["calc"].get("setting") or ""), heading.name)
    named = ((t.setting, t.name, t.unit, users.get(t.setting, "")) for t in catalogue.tariffs)
    return tuple(
        (setting, f"{name}, {unit}: {used}" if used else f"{name}, {unit}") for setting, name, unit, used in named
    )


def _now(desk: Desk, profile: UnitProfile) -> CommuneForm:
    commune = commune_layer.of_commune(desk)
    directory = directory_over(desk.catalogue.agencies, desk.layers)
    listed = [a for a in directory.agencies if not a.this_desk and (a.until is None or a.until >= desk.now().date())]
    known = {p.agency: p for p in (directory.places or {}).get(profile.code, ())}
    return CommuneForm(
        office={f.key: str(getattr(profile, f.key)) for f in OFFICE.fields},
        places={a.id: _place(known.get(a.id)) for a in listed},
        tariffs={t.setting: profile.tariffs.get(t.setting) for t in desk.catalogue.tariffs},
        tariff_basis=profile.tariff_basis,
        agencies=tuple((a.id, a.name) for a in listed),
        tariff_words=tariff_words(desk.catalogue),
        fixed=frozenset(s for layer in desk.layers if layer.layer == "province" for s in layer.tariffs),
        version=commune.version if commune else "",
    )


def _place(place: Place | None) -> dict[str, str]:
    return {key: str(getattr(place, key)) if place else "" for key in _PLACE_KEYS}


def _stripped(form: CommuneForm) -> CommuneForm:
    return CommuneForm(
        {k: v.strip() for k, v in form.office.items()},
        {a: {k: v.strip() for k, v in place.items()} for a, place in form.places.items()},
        form.tariffs, form.tariff_basis.strip(), form.agencies, form.tariff_words, form.fixed, form.version,
    )  # fmt: skip


def _said(desk: Desk, tx: ReadTx, unit: str, given: CommuneForm) -> dict[str, Any]:
    """The keys of the layer: only what is other than without it. An empty text can't be laid over one that is there."""
    form = _stripped(given)
    above = [layer for layer in desk.layers if layer.layer != commune_layer.LAYER]
    bare = _without_layer(tx, above)
    texts: dict[str, Any] = dict.fromkeys((*(f.key for f in OFFICE.fields), "tariff_basis"))
    texts |= {key: value for key, value in form.office.items() if value and value != str(getattr(bare, key))}
    tariffs = {
        s: v for s, v in form.tariffs.items() if v is not None and s not in form.fixed and v != bare.tariffs.get(s)
    }
    if tariffs or form.tariff_basis != bare.tariff_basis:
        texts["tariff_basis"] = form.tariff_basis or None
    known = {p.agency: _place(p) for p in (directory_over(desk.catalogue.agencies, above).places or {}).get(unit, ())}
    changed = {a: p for a, p in form.places.items() if p != known.get(a, _place(None))}
    places = {a: Place(a, p["name"], p["address"], p["phone"], p["hours"]) for a, p in changed.items()}
    return {**texts, "tariffs": tariffs, "places": commune_layer.places_data(unit, places)}


def _without_layer(tx: ReadTx, above: list[Any]) -> UnitProfile:
    found = profile_query.unit(tx)
    assert found is not None
    return lay_over(profile_of(found), above)


def _texts(section: Section, n: int, values: Mapping[str, str]) -> Iterator[Problem]:
    shapes = {"phone": (_PHONE, "Ghi số điện thoại, từ 6 chữ số."), "email": (_EMAIL, "Ghi dạng ten@donvi.gov.vn."),
              "catalogue_url": (_URL, "Ghi địa chỉ đầy đủ, bắt đầu bằng https://.")}  # fmt: skip
    for field in section.fields:
        text = str(values.get(field.key) or "").strip()
        if not text:
            if field.required:
                yield Problem(section.id, n, field.key, f"Chưa có “{field.words}”.")
        elif field.most and len(text) > field.most:
            yield Problem(section.id, n, field.key, f"Dài quá {field.most} chữ.")
        elif field.key in shapes and not shapes[field.key][0].match(text):
            yield Problem(section.id, n, field.key, shapes[field.key][1])


def _dong(amount: int | None) -> str:
    return "chưa có" if amount is None else f"{amount:,} đ".replace(",", ".")
