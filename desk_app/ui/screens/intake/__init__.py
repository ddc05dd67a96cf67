"""Tiếp nhận: the counter's main screen."""

from desk_app.ui.screens.intake.ports import Draft, IntakePorts, Printing, Series
from desk_app.ui.screens.intake.screen import IntakePage

__all__ = ["Draft", "IntakePage", "IntakePorts", "Printing", "Series"]
