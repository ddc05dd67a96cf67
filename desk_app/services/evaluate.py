"""Runs written cases through the real rules: `desk-app evaluate FILE`, no window needed.

Authors run it before publishing a catalogue. A case says what was answered and what must follow; only the keys named
under `expect` are compared. One JSON line a case, and a last line with the counts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

from desk_app.authoring.compile import compile_catalogue
from desk_app.authoring.source import MAX_BYTES, SourceError, read_file, read_text
from desk_app.domain.assessment import Assessment, assess
from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.condition import Answers, answer_problem
from desk_app.domain.deadline import compute_deadline
from desk_app.domain.errors import DeskError
from desk_app.domain.fees import FeeQuote
from desk_app.domain.procedure import Procedure

Data = Mapping[str, object]
VIETNAM = timezone(timedelta(hours=7))
CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "catalogue.json"
# A file of cases is one author's evening, not a download; a procedure file is smaller still.
MAX_CASES_BYTES = 8 * MAX_BYTES


def evaluate_cases(catalogue: Catalogue, cases: str | bytes | Iterable[Data]) -> Iterator[dict[str, object]]:
    """One result a case: `{"id", "ok", "expected", "got"}`; a case that cannot be run is not ok and says why.

    `cases` is YAML text in the shared format (`cases:`), the text of one procedure file, or cases already read.
    Raises SourceError when the text cannot be read at all.
    """
    for number, case in enumerate(_cases(cases), start=1):
        if not isinstance(case, Mapping):
            yield {
                "id": f"#{number}",
                "ok": False,
                "expected": None,
                "got": {"error": "ca thử phải gồm khóa và giá trị"},
            }
            continue
        yield _result(catalogue, case, str(case.get("id", f"#{number}")))


def _cases(cases: str | bytes | Iterable[Data]) -> Iterable[Data]:
    if not isinstance(cases, str | bytes):
        return cases
    content = cases.encode("utf-8") if isinstance(cases, str) else cases
    source = read_text(content, "ca thử", MAX_CASES_BYTES)
    data = source.data
    found = data.get("cases") if isinstance(data, dict) else data
    if not isinstance(found, list):
        raise SourceError([source.complaint((), "tệp không có danh sách cases")])
    if isinstance(data, dict) and "variants" in data:
        return _with_procedure(found, data.get("id"))
    return found


def evaluate_folder(root: Path) -> Iterator[dict[str, object]]:
    """Every case beside a procedure under `root`, against the sources in it as they are now, published or not.

    Raises SourceError when the sources do not compile: then there is nothing to evaluate.
    """
    catalogue = load_catalogue(compile_catalogue(root))
    for file in sorted((root / "procedures").rglob("*.yaml")):
        source = read_file(file, file.relative_to(root).as_posix())
        if isinstance(source.data, dict) and isinstance(source.data.get("cases"), list):
            yield from evaluate_cases(catalogue, _with_procedure(source.data["cases"], source.data.get("id")))


def _with_procedure(cases: list[Data], procedure_id: object) -> list[Data]:
    return [{"procedure": procedure_id, **case} if isinstance(case, Mapping) else case for case in cases]


def _result(catalogue: Catalogue, case: Data, case_id: str) -> dict[str, object]:
    expected = case.get("expect")
    if not isinstance(expected, Mapping) or not expected:
        return {"id": case_id, "ok": False, "expected": None, "got": {"error": "ca thử không có expect"}}
    try:
        got = outcome(catalogue, case)
    except (DeskError, ValueError) as problem:
        reason = problem.values if isinstance(problem, DeskError) else str(problem)
        return {"id": case_id, "ok": False, "expected": dict(expected), "got": {"error": str(reason)}}
    return {"id": case_id, "ok": agrees(expected, got), "expected": dict(expected), "got": got}


def outcome(catalogue: Catalogue, case: Data) -> dict[str, object]:
    """What the rules say for one case, in the shape of `expect`; raises ValueError when the case makes no sense."""
    procedure_id = str(case.get("procedure"))
    if procedure_id not in catalogue.procedures:
        raise ValueError(f"không có thủ tục “{procedure_id}”")
    procedure = catalogue.procedures[procedure_id]
    received_at = local_time(str(case.get("received_at")))
    variant = procedure.variant_on(received_at.date())
    if variant is None:
        return dict.fromkeys(("variant", "routing", "fee_total", "deadline")) | {
            "documents": [],
            "fee_lines": [],
            "unset_settings": [],
        }
    answers = _answers(procedure, case.get("answers"))
    settings = _settings(case.get("settings"))
    result = assess(procedure, variant, answers, settings=settings, on=received_at.date(), complete=True)
    due = None
    if result.term is not None:
        due = compute_deadline(result.term, received_at, catalogue.calendar).due_on
    return {
        "variant": variant.id,
        "routing": _routing(result),
        "documents": [document.id for document in result.needed],
        "fee_lines": _fee_lines(result.fee),
        "fee_total": result.fee.total_vnd,
        "deadline": None if due is None else due.isoformat(),
        "unset_settings": list(result.fee.unset_settings),
    }


def local_time(text: str) -> datetime:
    """A local time of Vietnam, naive; a time with an offset is brought to Vietnam first."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        return at
    return at.astimezone(VIETNAM).replace(tzinfo=None)


def _answers(procedure: Procedure, data: object) -> Answers:
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise ValueError("answers phải gồm mã câu hỏi và câu trả lời")  # noqa: TRY004 – a fault of the data
    for key, value in data.items():
        question = procedure.question(str(key))
        if question is None:
            raise ValueError(f"thủ tục {procedure.id} không có câu hỏi “{key}”")
        problem = answer_problem(value, question)
        if problem and value is not None:
            raise ValueError(problem)
    return {str(key): value for key, value in data.items() if value is not None}


def _settings(data: object) -> dict[str, int]:
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise ValueError("settings phải gồm tên và số tiền")  # noqa: TRY004 – a fault of the data
    for key, value in data.items():
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise ValueError(f"mức thu “{key}” phải là số nguyên đồng, không âm")
    return {str(key): value for key, value in data.items() if value is not None}


def _routing(result: Assessment) -> dict[str, str] | None:
    rule = result.routing
    return None if rule is None else {"to": rule.to, "reason": rule.reason}


def _fee_lines(fee: FeeQuote) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for line in fee.lines:
        entry: dict[str, object] = {"id": line.id, "amount": line.amount_vnd}
        if line.exempt_reason is not None:
            entry["exempt"] = line.exempt_reason
        lines.append(entry)
    lines += [{"id": unset.id, "amount": None} for unset in fee.unset]
    return lines


def agrees(expected: Data, got: Data) -> bool:
    """Whether everything expected came out; keys that the case does not name are not compared."""
    return all(key in got and _same(key, value, got[key]) for key, value in expected.items())


def _same(key: str, expected: object, got: object) -> bool:
    if key == "fee_lines" and isinstance(expected, list) and isinstance(got, list):
        return _lines(expected) == _lines(got) and _unknown_named(expected) <= _unknown_named(got)
    if key == "unset_settings":
        return sorted(map(str, _listed(expected))) == sorted(map(str, _listed(got)))
    if key == "routing" and isinstance(expected, Mapping) and isinstance(got, Mapping):
        return all(got.get(part) == value for part, value in expected.items())
    return expected == got


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _lines(lines: list[object]) -> list[object]:
    """Lines with a known amount: a levy whose tariff is unset may be written as `amount: null` or left out."""
    return sorted((line for line in lines if not _is_unknown(line)), key=str)


def _unknown_named(lines: list[object]) -> set[str]:
    return {str(line.get("id")) for line in lines if isinstance(line, Mapping) and _is_unknown(line)}


def _is_unknown(line: object) -> bool:
    return isinstance(line, Mapping) and line.get("amount") is None


def main(argv: list[str]) -> int:
    """Evaluate a file of cases, or a folder of catalogue sources with the cases beside the procedures.

    0 when every case passes, 1 when one fails, 2 when nothing could be run.
    """
    if len(argv) != 1:
        sys.stderr.write("Cách dùng: desk-app evaluate TỆP\n")
        return 2
    passed = failed = 0
    try:
        for result in _results(Path(argv[0])):
            passed += bool(result["ok"])
            failed += not result["ok"]
            _print(result)
    except (SourceError, DeskError, OSError) as problem:
        reason = problem.values if isinstance(problem, DeskError) else problem
        sys.stderr.write(f"Không chạy được: {reason}\n")
        return 2
    _print({"passed": passed, "failed": failed})
    return 1 if failed else 0


def _results(named: Path) -> Iterator[dict[str, object]]:
    if named.is_dir():
        return evaluate_folder(named)
    return evaluate_cases(load_catalogue(CATALOGUE.read_bytes()), named.read_bytes())


def _print(line: Mapping[str, object]) -> None:
    # ASCII only: a Windows console in another code page must not break the lines another program reads.
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
