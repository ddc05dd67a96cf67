"""Hồ sơ: every dossier of the desk and what is to be done with it."""

from desk_app.ui.screens.dossiers.life import Book, Done, Group, LifePorts, Prepared, Typed
from desk_app.ui.screens.dossiers.ports import DossierPorts, Query, Rows
from desk_app.ui.screens.dossiers.screen import DossiersPage

__all__ = ["Book", "Done", "DossierPorts", "DossiersPage", "Group", "LifePorts", "Prepared", "Query", "Rows", "Typed"]
