"""The text of a bank QR for a transfer: EMVCo merchant-presented code as VietQR (NAPAS 247) uses it.

Fields are ``id length value`` with two digits each; the last is a CRC-16 over everything before it, its own ``6304``
included (EMVCo QRCPS §4.7.3: CCITT, polynomial 0x1021, start 0xFFFF). A static account with an amount: the bank's app
shows both, the officer still has to see the money arrive. Text is ASCII only: banks damage Vietnamese letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_GUID = "A000000727"  # NAPAS
_TO_ACCOUNT = "QRIBFTTA"
_VND = "704"
MAX_PURPOSE = 25


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where transfers go. ``bin``: six digits of the bank; ``account``: up to 19 letters and digits; ``name``: its owner."""

    bin: str
    account: str
    name: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{6}", self.bin):
            raise ValueError("a bank is six digits")
        if not re.fullmatch(r"[0-9A-Za-z]{1,19}", self.account):
            raise ValueError("not an account number")
        if not self.name.strip() or self.name == "None":
            raise ValueError("an account has an owner")


def transfer_text(account: BankAccount, amount_vnd: int, purpose: str) -> str:
    """The text of the code. ``purpose``: what the payer's bank passes on, such as ``BL 26TAA 209``.

    Raises ValueError for an amount outside 1 … 9,999,999,999,999 đồng.
    """
    if not 1 <= amount_vnd < 10**13:
        raise ValueError("not an amount to transfer")
    merchant = field("00", _GUID) + field("01", field("00", account.bin) + field("01", account.account))
    merchant += field("02", _TO_ACCOUNT)
    text = field("00", "01") + field("01", "12") + field("38", merchant)
    text += field("53", _VND) + field("54", str(amount_vnd)) + field("58", "VN")
    said = plain(purpose)[:MAX_PURPOSE].strip()
    if said:
        text += field("62", field("08", said))
    text += "6304"
    return f"{text}{crc16(text.encode('ascii')):04X}"


def field(id2: str, value: str) -> str:
    """One field; its length counts ASCII characters. Raises ValueError for more than 99."""
    if len(value) > 99:
        raise ValueError("a field holds at most 99 characters")
    return f"{id2}{len(value):02d}{value}"


def read(text: str) -> dict[str, str]:
    """The fields of a code. Raises ValueError when the CRC or a length does not fit."""
    body, crc = text[:-4], text[-4:]
    if not text.isascii() or body[-4:] != "6304" or f"{crc16(body.encode('ascii')):04X}" != crc:
        raise ValueError("the check of the code does not fit")
    return fields(body[:-4])


def fields(text: str) -> dict[str, str]:
    """The fields of one level. Raises ValueError when a length does not fit."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if not re.fullmatch(r"[0-9]{4}", head) or at + 4 + int(head[2:]) > len(text):
            raise ValueError("a field is cut off")
        found[head[:2]] = text[at + 4 : at + 4 + int(head[2:])]
        at += 4 + int(head[2:])
    return found


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021) & 0xFFFF if crc & 0x8000 else crc << 1 & 0xFFFF
    return crc


def plain(text: str) -> str:
    """Letters without marks, digits and blanks: what every bank passes on unharmed."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(
        r"\s+", " ", re.sub(r"[^0-9A-Za-z ]+", " ", "".join(c for c in bare if not unicodedata.combining(c)))
    ).strip()
