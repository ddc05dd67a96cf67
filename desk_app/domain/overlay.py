"""What a province and a commune lay over the national catalogue: fees of the council, hours, addresses, places.

A layer may only say what is its own to decide, and only lie over layers above it, so no two can go round in a circle.
Every value that was laid over keeps where it comes from. A commune may note the council's fees while no layer of its
province does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from desk_app.domain.agency import Directory, Place
from desk_app.domain.condition import DataProblem
from desk_app.domain.data_node import Node, read_whole
from desk_app.domain.procedure_data import MAX_VND, procedure_from_data
from desk_app.domain.unit import UnitProfile

FORMAT: Final = "mot-cua-overlay/1"
ORDER: Final = ("national", "province", "commune")
WORDS: Final = {"national": "danh mục quốc gia", "province": "bản của tỉnh", "commune": "bản của xã"}
_TEXTS: Final = {
    "province": ("tariff_basis", "centre_name"),
    "commune": (
        "address", "phone", "hours_text", "feedback", "email", "site", "feedback_box", "catalogue_url", "online",
        "tariff_basis",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """A procedure as the office keeps it. ``base``: digest of the entry it was made from; ``cases``: expected of it."""

    base: str
    entry: Mapping[str, Any]
    cases: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """One layer. ``tariffs`` in đồng by setting; ``texts`` of the office; ``places`` of agencies for its units.

    ``editions`` by procedure: what the commune changed, over exactly the entry it changed.
    """

    layer: str
    version: str
    unit: str = ""
    tariffs: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict)

    @property
    def from_words(self) -> str:
        """Where a value comes from, as shown: ``bản của tỉnh, 2026.3``."""
        return f"{WORDS[self.layer]}, {self.version}"


def overlay_from_json(data: bytes, layer: str) -> Overlay:
    """A layer from its bytes; raises DataProblem naming the first thing that is wrong."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise DataProblem((), f"không đọc được: {problem}") from problem
    return read_whole(value, (), lambda node: _overlay(node, layer))


def _overlay(node: Node, layer: str) -> Overlay:
    if node.text("format") != FORMAT or node.text("layer") != layer or layer not in _TEXTS:
        raise DataProblem(("layer",), f"không phải bản phủ của lớp “{layer}”")
    node.raw("serial")
    over = node.texts("over")
    wrong = next((x for x in over if x not in ORDER or ORDER.index(x) >= ORDER.index(layer)), None)
    if wrong is not None:
        raise DataProblem(("over",), f"“{layer}” không được phủ lên “{wrong}”: các lớp sẽ vòng lại nhau")
    allowed = _TEXTS[layer]
    texts = {key: node.text(key) for key in allowed if node.has(key)}
    named = node.raw("tariffs") or {}
    amounts = Node(named, node.at("tariffs"))
    tariffs = (
        {str(key): amounts.whole(str(key), at_most=MAX_VND) for key in named} if isinstance(named, Mapping) else {}
    )
    if tariffs and "tariff_basis" not in texts:
        raise DataProblem(("tariff_basis",), "mức thu phải ghi số nghị quyết của tỉnh")
    places: dict[str, tuple[Place, ...]] = {}
    for unit, found in node.each("places", _places):
        if unit in places:
            raise DataProblem(("places",), f"đơn vị “{unit}” ghi hai lần")
        places[unit] = found
    editions = dict(node.each("procedures", _edition)) if layer == "commune" else {}
    return Overlay(layer, node.text("version"), node.text("unit", ""), tariffs, texts, places, editions)


def _edition(node: Node) -> tuple[str, Edition]:
    entry = node.raw("entry")
    procedure = procedure_from_data(entry, node.at("entry"))
    cases = node.items("cases")
    assert isinstance(entry, Mapping)
    if not all(isinstance(case, Mapping) for case in cases):
        raise DataProblem(node.at("cases"), "ca thử phải gồm khóa và giá trị")
    return procedure.id, Edition(node.text("base"), entry, tuple(case for case in cases if isinstance(case, Mapping)))


def _places(node: Node) -> tuple[str, tuple[Place, ...]]:
    return node.text("unit"), node.each(
        "agencies",
        lambda n: Place(
            n.text("agency"), n.text("name", ""), n.text("address", ""), n.text("phone", ""), n.text("hours", "")
        ),
    )


def lay_over(profile: UnitProfile, layers: Sequence[Overlay]) -> UnitProfile:
    """The office with its layers, the commune's last; one for another unit is passed over.

    What the council decided is the province's to say: where its layer names a tariff, the commune's is not used.
    """
    for overlay in _sorted(profile, layers):
        profile = replace(profile, tariffs={**profile.tariffs, **overlay.tariffs}, **overlay.texts)
    above = [o for o in _sorted(profile, layers) if o.layer == "province" and o.tariffs]
    for overlay in above:
        basis = overlay.texts.get("tariff_basis", profile.tariff_basis)
        profile = replace(profile, tariffs={**profile.tariffs, **overlay.tariffs}, tariff_basis=basis)
    return profile


def origin_of(profile: UnitProfile, layers: Sequence[Overlay], name: str) -> str:
    """Where a tariff or text of the office comes from, "" = from the office's own profile."""
    mine = _sorted(profile, layers)
    found = [o for o in mine if o.layer == "province" and name in o.tariffs]
    found = found or [o for o in mine if name in o.tariffs or name in o.texts]
    return found[-1].from_words if found else ""


def directory_over(directory: Directory, layers: Sequence[Overlay]) -> Directory:
    """The agencies with the places that province and commune know better."""
    places = {unit: list(found) for unit, found in (directory.places or {}).items()}
    samples = set(directory.samples)
    for overlay in sorted(layers, key=lambda o: ORDER.index(o.layer)):
        for unit, found in overlay.places.items():
            named = {place.agency for place in found}
            left = [p for p in places.get(unit, ()) if p.agency not in named]
            invented = unit in samples
            places[unit] = [*(replace(p, sample=p.sample or invented) for p in left), *found]
            samples.discard(unit)
    return replace(directory, places={u: tuple(f) for u, f in places.items()}, samples=frozenset(samples))


def _sorted(profile: UnitProfile, layers: Sequence[Overlay]) -> list[Overlay]:
    mine = (o for o in layers if o.unit in ("", profile.code))
    return sorted(mine, key=lambda o: ORDER.index(o.layer))
