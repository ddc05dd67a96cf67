"""Received here, settled elsewhere: the slip the citizen takes home says who decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.services import intake, lookup, papers
from tests.documents.reading import text_of
from tests.services.counter import CARDS, Counter, open_counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as found:
        yield found


def printed(counter: Counter, about: str) -> str:
    row = next(r for r in counter.do(papers.due, about) if "slip" in r.kind)
    papers.print_paper(counter.desk, counter.printer, row.paper)
    return " ".join(text_of(counter.printer.out[-1][1]).split())


def test_the_acceptance_slip_names_the_police_and_that_of_the_office_s_own_names_nobody(counter: Counter) -> None:
    form = counter.looked_at(counter.form("cu_tru.tach_ho", card=CARDS[0], kenh="truc_tiep"))
    done = counter.do(intake.accept, intake.AcceptDossier(form.id, form))
    assert "Hồ sơ nhận tại đây, do Công an cấp xã giải quyết." in printed(counter, done.dossier)
    own = counter.looked_at(counter.form("bao_tro.khuyet_tat", card=CARDS[1]))
    done = counter.do(intake.accept, intake.AcceptDossier(own.id, own))
    assert "Hồ sơ nhận tại đây" not in printed(counter, done.dossier)


def test_the_guidance_slip_names_the_agency_and_not_the_committee(counter: Counter) -> None:
    form = counter.looked_at(counter.form("cu_tru.tach_ho", card=CARDS[0], kenh="truc_tiep"), bad=1)
    guided = counter.do(intake.guide, intake.GiveGuidance(form.id, form))
    assert "Cơ quan giải quyết: Công an cấp xã" in printed(counter, guided.guidance)


def test_the_look_up_screen_says_it_too(counter: Counter) -> None:
    facts = dict(counter.do(lookup.read, "cu_tru.tach_ho").facts)
    assert facts["Cơ quan giải quyết"] == "Công an cấp xã" and facts["Nơi nộp"]
    assert "Cơ quan giải quyết" not in dict(counter.do(lookup.read, "ho_tich.khai_sinh").facts)
