"""Phản ánh, kiến nghị: received, classified, handled, answered."""

from desk_app.ui.screens.feedback.ports import FeedbackPorts
from desk_app.ui.screens.feedback.screen import FeedbackPage

__all__ = ["FeedbackPage", "FeedbackPorts"]
