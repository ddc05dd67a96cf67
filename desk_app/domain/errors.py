"""What can go wrong in words an officer understands.

    DeskError            what happened, with a code of ``resources/messages``
    ├── Refused          a rule says no; the officer can act
    ├── Failed           disk, printer, network; try again or call somebody
    └── Incident         a chain is broken, forked or rolled back; also appended as a fact, money stops on that line

Anything else that is raised is a bug and shown as HT-00. The texts (title, what is safe, next step) live in
``resources/messages/vi.json`` under the code; ``values`` fill their placeholders and hold no personal data that the
officer does not see anyway. Values never reach a log.
"""

from __future__ import annotations


class DeskError(Exception):
    """Something the officer must be told. ``code`` such as ``TN-06``; ``values`` fill the placeholders of its text."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Refused(DeskError):
    """A rule says no; nothing was changed, what was typed is kept."""


class Failed(DeskError):
    """The machine could not; what was recorded stays recorded."""


class Incident(DeskError):
    """The journal does not hold what it should; the line is frozen for money and the incident is recorded."""
