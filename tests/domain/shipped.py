"""The catalogue as the product ships it, loaded once for the tests of the rules."""

from __future__ import annotations

from pathlib import Path

from desk_app.domain.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[2] / "resources" / "catalogue"
CATALOGUE = load_catalogue((ROOT / "catalogue.json").read_bytes())
