"""Quản trị over what the office itself says in the catalogue: its versions of procedures, its hours and addresses."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.domain.catalogue_form import Problem
from desk_app.domain.errors import Refused
from desk_app.services import catalogue_delivery, catalogue_edit, commune_edit, commune_layer
from desk_app.services.commune_edit import CommuneForm
from desk_app.services.desk import Desk
from desk_app.system.folder import replace_file
from desk_app.ui.screens.catalogue_edit.ports import EditPorts
from desk_app.ui.screens.catalogue_edit.screen import CatalogueEditPage
from desk_app.ui.screens.commune_edit import CommuneEditPage, CommunePorts

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


def catalogue_edit_page(
    desk: Desk, submit: Submit, find: Callable[[str], Sequence[str]], saved: Callable[[], None]
) -> CatalogueEditPage:
    """Sửa danh mục; ``saved``: the desk must be made anew."""
    return CatalogueEditPage(
        EditPorts(
            submit=submit,
            today=lambda: desk.now().date(),
            new_id=desk.ids.uuid7,
            procedures=tuple((heading.id, heading.name) for heading in desk.catalogue.headings),
            find=find,
            open=partial(catalogue_edit.open_draft, desk),
            draft_problems=partial(catalogue_edit.draft_problems, desk),
            check=partial(catalogue_edit.check, desk),
            save=partial(catalogue_edit.save, desk),
            take_over=lambda: commune_layer.take_over(desk, desk.ids.uuid7()),
            saved=saved,
        )
    )


def commune_edit_page(
    desk: Desk, submit: Submit, saved: Callable[[], None], imported: MutableMapping[str, int] | None = None
) -> CommuneEditPage:
    """Giờ, địa chỉ; ``saved``: the desk must be made anew. ``imported``: amounts of a sheet, laid into the form once."""

    def take_imported(form: CommuneForm) -> CommuneForm | None:
        if not imported:
            return None
        amounts = {setting: vnd for setting, vnd in imported.items() if setting in form.tariffs}
        imported.clear()
        return replace(form, tariffs={**form.tariffs, **amounts})

    def look(form: CommuneForm) -> tuple[Sequence[Problem], Sequence[str]]:
        return commune_edit.commune_problems(form), commune_edit.commune_changes(desk, form)

    def export(target: str) -> str:
        with desk.store.read() as tx:
            raw = catalogue_delivery.parcel_in_use(tx, commune_layer.LAYER)
        if raw is None:
            raise Refused("DM-45")
        return str(replace_file(Path(target), raw))

    return CommuneEditPage(
        CommunePorts(
            submit=submit,
            new_id=desk.ids.uuid7,
            open=partial(commune_edit.open_commune, desk),
            look=look,
            save=partial(commune_edit.save_commune, desk),
            take_over=lambda: commune_layer.take_over(desk, desk.ids.uuid7()),
            saved=saved,
            export=export,
            take_imported=take_imported,
        )
    )
