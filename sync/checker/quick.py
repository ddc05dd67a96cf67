"""Receipts are most of a journal: their canonical bytes are read by one pattern instead of a JSON reader.

The pattern is stricter than JSON (order of keys, no second key, whole numbers), so what it takes needs no further look
at its form; whatever it does not take, or what does not fit the rules, goes the ordinary way, which says what is wrong.
The bytes must be known to be UTF-8 without a backslash: then a text ends at the next quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_S = r'"([^"]*+)"'
_T = r'"[^"]*+"'  # a text that is not looked at
_N = r"((?!0[0-9])[0-9]{1,16}+)"
_ITEM = (
    rf'\{{"amount_vnd":{_N},"basis":{_T},"exempt_reason":{_T},"explanation":{_T},"fee":{_T},"levy_kind":{_T},"name":{_T},'
    rf'"quantity":{_N},"unit_vnd":{_N}\}}'
)
_PLAIN_ITEM = re.sub(r"\((?!\?)", "(?:", _ITEM)
_RECEIPT = (
    rf'\{{"actor":{_T},"at":{_T},"body":\{{"dossiers":\[(?:{_T}(?:,{_T})*)?\],"form":([^\[]*),"issued_at":{_S},'
    rf'"items":\[{_ITEM}((?:,{_PLAIN_ITEM})*)\],"method":"(cash|transfer)","number":{_N},'
    rf'"payer":\{{"commit":{_T},"id":{_T}\}},"receipt":{_S},"series_id":{_N},"series_total_vnd":{_N},'
    rf'"symbol":{_S},"total_vnd":{_N},"training":(true|false)\}},"id":{_T},"kind":"receipt\.issued","line":{_N},'
    rf'"p":"desk/1","prev":{_S},"seq":{_N},"station":({_T},"tz":[0-9]+,"unit":{_T}),"v":1\}}'
)

#: Groups of a receipt in its plain form: form and grant, time, the three numbers of its first item, its other items,
#: method, number, id, series id, running total, symbol, total, training, line, prev, seq, station to unit.
plain_receipt: Final = re.compile(_RECEIPT.encode()).fullmatch
#: The numbers of further items.
other_items: Final[Callable[[bytes], list[tuple[bytes, bytes, bytes]]]] = re.compile(_ITEM.encode()).findall
#: Form and grant of the first group.
form_and_grant: Final = re.compile(rf'{_S},"grant":{_S}'.encode()).fullmatch
#: Station, time zone and unit of the last group.
place: Final = re.compile(rf'{_S},"tz":{_N},"unit":{_S}'.encode()).fullmatch
