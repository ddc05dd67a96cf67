"""A paper's data as bytes, kept beside its PDF: the same data can be drawn again with a reprint mark years later.

Catalogue, profile and program may change; what was printed may not. So the data are frozen when the paper is made and a
reprint never asks the catalogue again.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from desk_app.documents import acceptance_slip, fee_receipt, guidance_slip
from desk_app.documents.marks import Mark


@dataclass(frozen=True)
class PaperKind:
    """How a kind of paper is drawn and fed. ``media``: A4, A5; ``role``: which printer; ``copy_word``: reprint mark."""

    data: type
    render: Callable[[Any], bytes]
    media: str
    role: str
    title: str
    landscape: bool = False
    is_receipt: bool = False


KINDS: dict[str, PaperKind] = {
    "acceptance_slip": PaperKind(
        acceptance_slip.AcceptanceSlip,
        acceptance_slip.render,
        "A4",
        "slip",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ),
    "guidance_slip": PaperKind(
        guidance_slip.GuidanceSlip, guidance_slip.render, "A4", "slip", "Phiếu hướng dẫn hoàn thiện hồ sơ"
    ),
    "fee_receipt": PaperKind(
        fee_receipt.FeeReceipt,
        fee_receipt.render,
        "A5",
        "receipt",
        "Biên lai thu tiền phí, lệ phí",
        landscape=True,
        is_receipt=True,
    ),
}


def freeze(data: object) -> bytes:
    """The bytes of a paper's data."""
    return json.dumps(_out(data), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def thaw(kind: str, frozen: bytes) -> Any:
    """The data of a paper of ``kind``. Raises KeyError for an unknown kind, ValueError for other bytes."""
    return _into(KINDS[kind].data, json.loads(frozen))


def render(kind: str, frozen: bytes, *extra: Mark) -> bytes:
    """The PDF of frozen data; ``extra`` marks (a reprint) are laid over. Same input, same bytes."""
    data = thaw(kind, frozen)
    return KINDS[kind].render(replace(data, marks=(*data.marks, *extra)) if extra else data)


def _out(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _out(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_out(v) for v in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _into(hint: Any, value: Any) -> object:
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        if value is None:
            return None
        return _into(next(a for a in get_args(hint) if a is not type(None)), value)
    if is_dataclass(hint):
        hints = _hints(cast(type, hint))
        return cast(type, hint)(**{k: _into(hints[k], v) for k, v in value.items() if k in hints})
    if origin is tuple:
        return tuple(_into(get_args(hint)[0], v) for v in value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    return value
