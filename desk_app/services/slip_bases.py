"""Which legal texts stand on a guidance slip: those that govern the papers to bring, not all that the procedure rests on.

The whole list is one key away on the screen and stands on the poster of the procedure; a citizen who misses one paper
needs a slip of one sheet. Law: papers.md §6 (`Căn cứ pháp lý: …`, never a Công văn); 61/2018/NĐ-CP Điều 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from desk_app.domain.procedure import LegalBasis, RequiredDocument, Variant

#: The text the procedure rests on and the one that details it: the catalogue names them first.
MAIN: Final = 2
_CITED: Final = re.compile(r"\b\d{1,5}/\d{4}\b")


def citable(variant: Variant) -> tuple[LegalBasis, ...]:
    """What may be cited: a Công văn is a letter and no basis."""
    return tuple(basis for basis in variant.legal_basis if not basis.name.startswith("Công văn"))


def for_papers(variant: Variant, documents: Iterable[RequiredDocument]) -> tuple[LegalBasis, ...]:
    """The procedure's main texts, then each further one that a paper to bring is laid down in, in catalogue order."""
    cited = {number for one in documents for number in _CITED.findall(f"{one.name} {one.form} {one.note}")}
    found = citable(variant)
    return found[:MAIN] + tuple(basis for basis in found[MAIN:] if cited & set(_CITED.findall(basis.number)))
