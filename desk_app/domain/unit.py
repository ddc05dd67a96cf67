"""The office as it prints itself: names, letterheads, hours, level above, provincial tariffs. All of it is data.

Since July 2025 the level above a commune is the province; before it was the district. Nothing in the program knows
which: the profile comes with the enrolment (or the training sample) and is a fact on the line, so that an old paper is always
drawn with the names of its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk_app.domain.errors import Failed
from desk_app.domain.receipt_regime import Regime, read_regimes
from desk_app.domain.vietqr import BankAccount
from sync.protocol.canonical import Value


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """One commune's office. ``code``: five digits; ``agency_code``: first group of a dossier code (``H99.12``).

    ``desk_head``/``office_head``: superior line and own line of the letterheads HEAD-D and HEAD-U (papers.md §0).
    ``regimes``: which receipts on which days, own data of the office; none: the law's (``receipt_regime.LAW``).
    ``treasury``: the account fees go to each month.
    ``catalogue_keys``: public key by layer of whoever signs the catalogue for this office (from the enrolment).
    ``email``, ``site``, ``feedback_box``, ``catalogue_url`` may be empty: postings print dots.
    ``tariffs``: đồng by setting name, set by the provincial council; a missing one is unknown, never 0.
    """

    code: str
    agency_code: str
    name: str
    place: str
    address: str
    phone: str
    tax_code: str
    collector: str
    authority: str
    desk_name: str
    desk_head: tuple[str, str]
    office_head: tuple[str, str]
    head_title: str
    province: str
    level_above: str
    centre_name: str
    feedback: str
    hours_text: str
    online: str
    receipt_form: str
    cutoff_shifts_start: bool
    tariff_basis: str
    tariffs: Mapping[str, int] = field(default_factory=dict)
    sample: bool = False
    regimes: tuple[Regime, ...] = ()
    bank: BankAccount | None = None
    treasury: str = ""
    email: str = ""
    site: str = ""
    feedback_box: str = ""
    catalogue_url: str = ""
    catalogue_keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name as a heading: ``Xã Hòa Mẫu``."""
        return self.name[:1].upper() + self.name[1:]


_TEXTS = (
    "code", "agency_code", "name", "place", "address", "phone", "tax_code", "collector", "authority", "desk_name",
    "head_title", "province", "level_above", "centre_name", "feedback", "hours_text", "online", "receipt_form",
    "tariff_basis",
)  # fmt: skip


_OPTIONAL = ("email", "site", "feedback_box", "catalogue_url")


def read_profile(value: Mapping[str, Value]) -> UnitProfile:
    """The profile in a fact or file; keys of later versions are ignored.

    Refuses: DL-10 naming the key that is missing or of the wrong type.
    """
    texts = {k: _text(value, k) for k in _TEXTS}
    if not (texts["code"].isdigit() and len(texts["code"]) == 5):
        raise Failed("DL-10", key="code")
    tariffs = value.get("tariffs", {})
    if not isinstance(tariffs, Mapping):
        raise Failed("DL-10", key="tariffs")
    amounts: dict[str, int] = {}
    for name, amount in tariffs.items():
        if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
            raise Failed("DL-10", key=f"tariffs.{name}")
        amounts[name] = amount
    keys = value.get("catalogue_keys", {})
    if not isinstance(keys, Mapping) or not all(isinstance(key, str) for key in keys.values()):
        raise Failed("DL-10", key="catalogue_keys")
    return UnitProfile(
        **texts,
        catalogue_keys={str(layer): str(key) for layer, key in keys.items()},
        desk_head=_pair(value, "desk_head"),
        office_head=_pair(value, "office_head"),
        cutoff_shifts_start=value.get("cutoff_shifts_start") is True,
        tariffs=amounts,
        sample=value.get("sample") is True,
        regimes=_regimes(value.get("receipt_regimes", ())),
        bank=_bank(value.get("bank")),
        treasury=str(value.get("treasury_account") or ""),
        **{k: text for k in _OPTIONAL if isinstance(text := value.get(k), str)},
    )


def _text(value: Mapping[str, Value], key: str) -> str:
    found = value.get(key)
    if not isinstance(found, str) or not found.strip():
        raise Failed("DL-10", key=key)
    return found


def _pair(value: Mapping[str, Value], key: str) -> tuple[str, str]:
    found = value.get(key)
    if isinstance(found, list | tuple) and len(found) == 2 and all(isinstance(x, str) for x in found):
        return str(found[0]), str(found[1])
    raise Failed("DL-10", key=key)


def _regimes(value: Value) -> tuple[Regime, ...]:
    try:
        return read_regimes(value)
    except ValueError as error:
        raise Failed("DL-10", key="receipt_regimes") from error


def _bank(value: Value) -> BankAccount | None:
    """The account for transfers; without one, no code to scan is offered."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        try:
            return BankAccount(str(value.get("bin")), str(value.get("account")), str(value.get("name")))
        except ValueError as error:
            raise Failed("DL-10", key="bank") from error
    raise Failed("DL-10", key="bank")
