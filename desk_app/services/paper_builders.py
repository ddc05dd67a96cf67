"""Which builder gathers the data of which kind of paper; what is not named here is built in ``paper_data``."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.domain.unit import UnitProfile
from desk_app.services import paper_data, paper_data_money, paper_data_posters, paper_data_referral, paper_data_voice
from desk_app.services.desk import Desk
from desk_app.storage.queries import guidance
from desk_app.storage.transaction import ReadTx

Builder = Callable[[Desk, ReadTx, UnitProfile, str], object]

BUILDERS: dict[str, Builder] = {
    "referral_slip": paper_data_referral.referral,
    "refusal_slip": paper_data_referral.refusal,
    "procedure_poster": paper_data_posters.build_for("procedure"),
    "field_poster": paper_data_posters.build_for("field"),
    "list_poster": paper_data_posters.build_for("list"),
    "feedback_poster": paper_data_posters.build_for("feedback"),
    "qr_poster": paper_data_posters.build_for("qr"),
    **paper_data_money.BUILDERS,
    **paper_data_voice.BUILDERS,
}


def build(desk: Desk, tx: ReadTx, kind: str, about: str) -> object:
    """The data of one paper; a dossier that was refused has its own Mẫu số 03.

    Refuses: IN-09 for a kind or a fact that is not known here.
    """
    builder = BUILDERS.get(kind)
    if builder is None or (kind == "refusal_slip" and guidance.get(tx, about) is None):
        return paper_data.build(desk, tx, kind, about)
    return builder(desk, tx, desk.profile(tx), about)
