"""Receipts are most of a journal: their canonical text is read by one pattern instead of a JSON reader.

The pattern is stricter than JSON (order of keys, no second key, whole numbers), so what it takes needs no further look
at its form; whatever it does not take goes the ordinary way.
"""

from __future__ import annotations

import re
from typing import Any

_S = r'"([^"\\]*)"'
_T = r'"[^"\\]*"'  # a text that is not looked at
_N = r"(0|[1-9][0-9]{0,15})"
_ITEM = (
    rf'\{{"amount_vnd":{_N},"basis":{_T},"exempt_reason":{_T},"explanation":{_T},"fee":{_T},"levy_kind":{_T},"name":{_T},'
    rf'"quantity":{_N},"unit_vnd":{_N}\}}'
)
_PLAIN_ITEM = re.sub(r"\((?!\?)", "(?:", _ITEM)
_items = re.compile(_ITEM).findall
_receipt = re.compile(
    rf'\{{"actor":{_S},"at":{_S},"body":\{{"dossiers":\[(?:{_T}(?:,{_T})*)?\],"form":{_S},"grant":{_S},"issued_at":{_S},'
    rf'"items":\[({_PLAIN_ITEM}(?:,{_PLAIN_ITEM})*)\],"method":{_S},"number":{_N},'
    rf'"payer":\{{"commit":"[0-9a-f]{{64}}","id":{_T}\}},"receipt":{_S},"series_id":{_N},"series_total_vnd":{_N},'
    rf'"symbol":{_S},"total_vnd":{_N},"training":(true|false)\}},"id":{_S},"kind":"receipt\.issued","line":{_N},'
    rf'"p":"desk/1","prev":{_S},"seq":{_N},"station":{_S},"tz":{_N},"unit":{_S},"v":1\}}'
).fullmatch


def read_receipt(text: str) -> dict[str, Any] | None:
    """The record, with the fields that are checked; None when the text is not such a record in its plain form."""
    found = _receipt(text)
    if found is None:
        return None
    (
        actor, at, form, grant, issued_at, items, method, number, receipt, series_id, series_total, symbol, total,
        training, id, line, prev, seq, station, tz, unit,
    ) = found.groups()  # fmt: skip
    return {
        "actor": actor,
        "at": at,
        "body": {
            "form": form,
            "grant": grant,
            "issued_at": issued_at,
            "items": [
                {"amount_vnd": int(amount), "quantity": int(quantity), "unit_vnd": int(unit_vnd)}
                for amount, quantity, unit_vnd in _items(items)
            ],
            "method": method,
            "number": int(number),
            "receipt": receipt,
            "series_id": int(series_id),
            "series_total_vnd": int(series_total),
            "symbol": symbol,
            "total_vnd": int(total),
            "training": training == "true",
        },
        "id": id,
        "kind": "receipt.issued",
        "line": int(line),
        "prev": prev,
        "seq": int(seq),
        "station": station,
        "tz": int(tz),
        "unit": unit,
    }
