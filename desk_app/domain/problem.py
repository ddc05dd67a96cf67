"""A remark about something that was read: the code of a message, the field it belongs to, how grave it is."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is a key of the messages; `message_values` fill its places and never go into a log."""

    code: str
    field: str
    message_values: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    level: Level = "error"
