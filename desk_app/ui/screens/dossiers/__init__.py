"""Hồ sơ: every dossier of the desk and what is to be done with it."""

from desk_app.ui.screens.dossiers.ports import DossierPorts, Query, Rows
from desk_app.ui.screens.dossiers.screen import DossiersPage

__all__ = ["DossierPorts", "DossiersPage", "Query", "Rows"]
