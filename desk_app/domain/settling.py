"""Received here, settled elsewhere: since July 2025 the agency that takes a dossier in is often not the one that decides.

The catalogue names agencies as the law does ("UBND cấp xã"); for this commune's office that is the office itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from desk_app.domain.procedure import Term, Variant

_ELSEWHERE_IN_COMMUNE: Final = ("Công an", "Ban CHQS")
_WHOEVER: Final = "Cơ quan đang"  # whoever keeps the book: mostly this very office
_REMARK: Final = re.compile(r"\s*\([^)]*\)\s*$")


def agency_of(variant: Variant) -> str:
    """Who decides, in the catalogue's words."""
    return variant.competent_agency or variant.implementing_agency


def is_own(agency: str) -> bool:
    """Whether the words mean the commune's own committee, whose office this is; "" does."""
    if agency.startswith(("Nộp qua", *_ELSEWHERE_IN_COMMUNE)):
        return False
    return not agency or "cấp xã" in agency or agency.startswith(_WHOEVER)


def settled_elsewhere(variant: Variant) -> str:
    """The agency that settles what this desk takes in, as people call it; "" = this office settles it itself."""
    agency = agency_of(variant)
    if is_own(agency):
        return ""
    if agency.startswith("Nộp qua"):
        agency = agency.rpartition(";")[2].strip().removesuffix(" quyết định")
    return _REMARK.sub("", agency.partition(";")[0]).strip()


def with_own_name(term: Term, authority: str) -> Term:
    """The term whose stages name this office as it is called here (``UBND xã Hòa Mẫu``) where they mean it."""
    if not term.stages:
        return term
    stages = (replace(stage, agency=authority) if is_own(stage.agency) else stage for stage in term.stages)
    return replace(term, stages=tuple(stages))
