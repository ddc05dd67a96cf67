"""The survey forms that ship with the program."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.survey import SurveyQuestions
from desk_app.services import surveys
from desk_app.system import resources

COUNTER = "counter/"


def shipped() -> Mapping[str, SurveyQuestions]:
    """Every form by its id, older versions too: what was answered is read with the words that were asked."""
    return surveys.forms(resources.path("forms", "survey.json").read_text(encoding="utf-8"))


def newest() -> SurveyQuestions:
    """The newest version of the counter's form."""
    forms = {id: form for id, form in shipped().items() if id.startswith(COUNTER)}
    return forms[max(forms, key=lambda id: int(id.removeprefix(COUNTER)))]
