"""Compiles the authors' YAML files into the one file desks load: `python -m desk_app.authoring.compile [FOLDER]`.

Either everything is right and a new file replaces the old one in a single rename, or every complaint is listed (file,
line, reason) and the old file stays. The output is canonical: same sources, same bytes. Signing is done by whoever
publishes.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from desk_app.authoring.source import Complaint, Source, SourceError, read_file
from desk_app.authoring.validate import across, read_procedure
from desk_app.domain.agency import directory_from_data
from desk_app.domain.catalogue import FORMAT, calendar_from_data
from desk_app.domain.condition import DataProblem
from desk_app.domain.declaration import forms_from_data
from desk_app.domain.procedure import Procedure, Provincial

OUTPUT = "catalogue.json"
MAX_FILES = 5_000
_AUTHOR_ONLY = ("cases", "schema_version")


def compile_catalogue(root: Path) -> bytes:
    """Canonical JSON of the catalogue in `root`; raises SourceError with every complaint found."""
    read, complaints = _read_procedures(root)
    by_id = {procedure.id: (source, procedure) for source, procedure in read}
    complaints += across(by_id, read)
    calendar = _other(root, "holidays.yaml", complaints)
    units = _other(root, "units.yaml", complaints)
    defaults = _other(root, "defaults.yaml", complaints)
    agencies = _other(root, "agencies.yaml", complaints)
    forms = _other(root, "forms.yaml", complaints)
    complaints += _calendar_problems(calendar)
    complaints += _read_problems(agencies, directory_from_data)
    complaints += _read_problems(forms, forms_from_data)
    if complaints:
        raise SourceError(sorted(complaints, key=lambda one: (one.file, one.line)))
    assert calendar and units and defaults and agencies and forms
    whole: dict[str, object] = {
        "format": FORMAT,
        "procedures": [_published(source) for source, _ in read],
        "fields": {procedure.field: procedure.field_name for _, procedure in read},
        "cases": {procedure.id: cases for source, procedure in read if (cases := _cases(source))},
        "tariffs": _tariffs([procedure for _, procedure in read]),
        "calendar": calendar.data,
        "units": units.data,
        "defaults": defaults.data,
        "agencies": agencies.data,
        "forms": forms.data,
    }
    digest = hashlib.sha256(_canonical(whole)).hexdigest()
    # The number rises by hand with a publication; the digest tells two drafts of one number apart.
    whole["version"] = f"{_number(defaults)}-{digest[:8]}"
    return _canonical(whole)


def _canonical(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _number(defaults: Source) -> str:
    data = defaults.data
    return str(data.get("catalogue_version", "0")) if isinstance(data, dict) else "0"


def _read_procedures(root: Path) -> tuple[list[tuple[Source, Procedure]], list[Complaint]]:
    files = sorted((root / "procedures").rglob("*.yaml"))
    complaints: list[Complaint] = []
    if not files or len(files) > MAX_FILES:
        complaints.append(Complaint("procedures", 1, f"có {len(files)} tệp thủ tục; cần từ 1 đến {MAX_FILES}"))
    read: list[tuple[Source, Procedure]] = []
    for file in files[:MAX_FILES]:
        shown_as = file.relative_to(root).as_posix()
        try:
            source = read_file(file, shown_as)
        except SourceError as error:
            complaints += error.complaints
            continue
        procedure, problems = read_procedure(source)
        complaints += problems
        if procedure is not None:
            read.append((source, procedure))
            if file.stem != procedure.id or file.parent.name != procedure.field:
                reason = f"tệp phải nằm ở procedures/{procedure.field}/{procedure.id}.yaml"
                complaints.append(source.complaint(("id",), reason))
    return read, complaints


def _other(root: Path, name: str, complaints: list[Complaint]) -> Source | None:
    try:
        source = read_file(root / name, name)
    except SourceError as error:
        complaints += error.complaints
        return None
    except FileNotFoundError:
        complaints.append(Complaint(name, 1, "thiếu tệp này"))
        return None
    if not isinstance(source.data, dict):
        complaints.append(source.complaint((), "tệp phải gồm khóa và giá trị"))
        return None
    return source


def _calendar_problems(calendar: Source | None) -> list[Complaint]:
    if calendar is None:
        return []
    assert isinstance(calendar.data, dict)
    try:
        read = calendar_from_data(calendar.data)
    except DataProblem as problem:
        return [calendar.complaint(problem.path, problem.reason)]
    except (KeyError, ValueError, TypeError, AssertionError) as problem:
        return [calendar.complaint((), f"lịch nghỉ thiếu hoặc sai: {problem}")]
    outside = [day for day in (*read.holidays, *read.swapped_in) if not read.covers_day(day)]
    return [calendar.complaint(("covers",), f"ngày {day} nằm ngoài khoảng covers") for day in outside]


def _read_problems(source: Source | None, read: Callable[[object], object]) -> list[Complaint]:
    if source is None:
        return []
    try:
        read(source.data)
    except DataProblem as problem:
        return [source.complaint(problem.path, problem.reason)]
    return []


def _published(source: Source) -> dict[str, object]:
    assert isinstance(source.data, dict)
    return {key: value for key, value in source.data.items() if key not in _AUTHOR_ONLY and value is not None}


def _cases(source: Source) -> list[object]:
    """What the author expects of the procedure; it travels too, so that whoever edits it later runs it again."""
    assert isinstance(source.data, dict)
    cases = source.data.get("cases")
    return cases if isinstance(cases, list) else []


def _tariffs(procedures: list[Procedure]) -> dict[str, object]:
    """Every provincial tariff an office must enter, with what it is for."""
    found: dict[str, dict[str, object]] = {}
    for procedure in procedures:
        for variant in procedure.variants:
            for fee in variant.fees:
                if isinstance(fee.calc, Provincial):
                    entry: dict[str, object] = {
                        "name": fee.name,
                        "unit": fee.unit,
                        "kind": fee.kind.value,
                        "set_by": fee.calc.set_by,
                    }
                    found.setdefault(fee.calc.setting, entry)
    return dict(found)


def write_catalogue(root: Path, target: Path) -> bytes:
    """Compile and replace `target` in one rename; on any complaint the old file stays untouched."""
    data = compile_catalogue(root)
    beside = target.with_name(f"{target.name}.new")
    try:
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return data


def main(argv: list[str]) -> int:
    """Compile the folder named (default: the product's own); 0 when written, 1 with the complaints otherwise."""
    root = Path(argv[0]) if argv else Path(__file__).resolve().parents[2] / "resources" / "catalogue"
    try:
        data = write_catalogue(root, root / OUTPUT)
    except SourceError as error:
        sys.stdout.write(f"{error}\nKhông ghi danh mục mới; danh mục đang dùng giữ nguyên.\n")
        return 1
    sys.stdout.write(f"Đã ghi {OUTPUT}: {len(data)} byte, bản {json.loads(data)['version']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
