"""Thu phí: fees collected after intake, and the receipts of the day."""

from desk_app.ui.screens.fees.ports import FeePorts, Owed
from desk_app.ui.screens.fees.screen import FeesPage

__all__ = ["FeePorts", "FeesPage", "Owed"]
