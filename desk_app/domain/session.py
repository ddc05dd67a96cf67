"""Who sits at the counter: officers and the roles a use case asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk_app.domain.errors import Refused


class Role(StrEnum):
    """What an officer may do here; codes are stored, so they are never reused."""

    RECEPTION = "reception"
    CASHIER = "cashier"
    SPECIALIST = "specialist"
    LEADER = "leader"
    HEAD = "head"
    TECHNICIAN = "technician"
    AUDITOR = "auditor"


ROLE_TEXT = {
    Role.RECEPTION: "Tiếp nhận và trả kết quả",
    Role.CASHIER: "Thu phí, lệ phí",
    Role.SPECIALIST: "Chuyên môn",
    Role.LEADER: "Lãnh đạo",
    Role.HEAD: "Phụ trách Một cửa",
    Role.TECHNICIAN: "Kỹ thuật",
    Role.AUDITOR: "Kiểm tra",
}


_WEIGHT = (
    Role.HEAD, Role.LEADER, Role.SPECIALIST, Role.RECEPTION, Role.CASHIER, Role.TECHNICIAN, Role.AUDITOR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer as signed in. ``name`` is printed on slips."""

    id: str
    name: str
    roles: frozenset[Role]

    @property
    def role_text(self) -> str:
        """The weightiest role in words: what stands beside the name at the log-in."""
        return next((ROLE_TEXT[r] for r in _WEIGHT if r in self.roles), "")

    def require(self, *allowed: Role) -> None:
        """Refuses (DN-06) unless the officer has one of the ``allowed`` roles."""
        if not self.roles.intersection(allowed):
            raise Refused("DN-06", role=", ".join(ROLE_TEXT[r] for r in allowed))
