"""Báo cáo: what was done, how quickly, for how much; each figure with its formula and what stands behind it."""

from desk_app.ui.screens.reports.ports import ReportPorts
from desk_app.ui.screens.reports.screen import ReportsPage

__all__ = ["ReportPorts", "ReportsPage"]
