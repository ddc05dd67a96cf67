"""The catalogue as the product ships it, loaded once for the tests of the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_app.domain.catalogue import load_catalogue
from desk_app.domain.procedure import Variant

ROOT = Path(__file__).resolve().parents[2] / "resources" / "catalogue"
CATALOGUE = load_catalogue((ROOT / "catalogue.json").read_bytes())


def variant_in_force(procedure_id: str, day: date) -> Variant:
    """The version of a shipped procedure on a day; the procedure must have one."""
    variant = CATALOGUE.procedures[procedure_id].variant_on(day)
    assert variant is not None
    return variant
