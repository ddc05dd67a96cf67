"""Sổ sách: what is done with the money after it was taken: remitted, confirmed, sent, exported, entered afterwards."""

from desk_app.ui.screens.ledger.screen import LedgerPage

__all__ = ["LedgerPage"]
