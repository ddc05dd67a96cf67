"""The feedback screen over the real use cases and a real file: what is shown here is what an officer gets."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from desk_app.domain.name_lexicon import NameLexicon
from desk_app.domain.session import Officer
from desk_app.ui.screens.feedback import FeedbackPage, FeedbackPorts
from desk_app.ui.shell import Shell
from desk_app.wiring.feedback import feedback_ports
from tests.services.feedback_desk import HANH, RESOURCES, Office, Paper
from tests.ui.gallery_screens import SIZE, shell_with

POOL = ThreadPoolExecutor(1)


def names() -> NameLexicon:
    return NameLexicon.from_lines((RESOURCES / "names" / "vi.txt").read_text(encoding="utf-8").splitlines())


def ports(office: Office, paper: Paper, officer: Officer = HANH) -> FeedbackPorts:
    desk = office.desk(officer)
    return feedback_ports(desk, paper, names(), office.store.submit, POOL.submit)


def shell_of(
    office: Office, paper: Paper, officer: Officer = HANH, size: tuple[int, int] = SIZE
) -> tuple[Shell, FeedbackPage]:
    shell = shell_with("feedback", lambda: FeedbackPage(ports(office, paper, officer)), size)
    page = shell.page("feedback")
    assert isinstance(page, FeedbackPage)
    return shell, page
