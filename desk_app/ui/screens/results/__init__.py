"""Trả kết quả: the result leaves the desk, checked and written down."""

from desk_app.ui.forms.result import Claim
from desk_app.ui.screens.results.ports import ResultPorts
from desk_app.ui.screens.results.screen import ResultsPage

__all__ = ["Claim", "ResultPorts", "ResultsPage"]
