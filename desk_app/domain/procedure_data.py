"""From the data form of a procedure (what YAML and the compiled catalogue hold) to `Procedure`, checked on the way.

Every refusal is a `DataProblem` with the path inside the data, so that an author is shown file and line. What takes
more than one version or procedure to see is checked in `authoring.validate`.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.condition import DataProblem, Path, QuestionKind
from desk_app.domain.data_node import Node, read_whole
from desk_app.domain.procedure import (
    Band,
    Computed,
    Confidence,
    Correction,
    DocumentKind,
    Exemption,
    FeeRule,
    Fixed,
    LegalBasis,
    LevyKind,
    Option,
    PageBands,
    Procedure,
    Provincial,
    Question,
    RequiredDocument,
    RoutingRule,
    Source,
    Stage,
    Step,
    Submission,
    Term,
    TermCase,
    TermUnit,
    Variant,
    Verified,
)

Questions = dict[str, Question]
MAX_VND = 1_000_000_000
MAX_TERM = 3650


def procedure_from_data(data: object, path: Path = ()) -> Procedure:
    """A procedure from its data form; raises DataProblem at the first thing that is wrong."""
    return read_whole(data, path, _procedure)


def _procedure(node: Node) -> Procedure:
    node.raw("schema_version")
    node.raw("cases")
    questions: Questions = {}
    guidance = Node(node.raw("guidance") or {}, node.at("guidance"))
    for i, item in enumerate(guidance.items("questions")):
        question = read_whole(item, (*guidance.at("questions"), i), lambda n: _question(n, questions))
        if question.id in questions:
            raise DataProblem((*guidance.at("questions"), i, "id"), f"hai câu hỏi cùng mã “{question.id}”")
        questions[question.id] = question
    guidance.done()
    name = node.text("name")
    return Procedure(
        id=node.text("id"),
        code=node.text("code", "") or None,
        code_confidence=node.text("code_confidence", "") or None,
        name=name,
        short_name=node.text("short_name", name),
        official_name=node.text("official_name_2026", ""),
        field=node.text("field"),
        field_name=node.text("field_name"),
        level=node.text("level"),
        depth=node.text("depth"),
        applicants=node.texts("applicants"),
        explanation=node.text("explanation", ""),
        questions=tuple(questions.values()),
        common_mistakes=node.texts("common_mistakes"),
        synonyms=node.texts("synonyms"),
        variants=node.each("variants", lambda n: _variant(n, questions)),
        corrections=node.each("corrections", _correction),
    )


def _question(node: Node, before: Questions) -> Question:
    kind = node.choice("type", QuestionKind)
    options = node.each("options", lambda n: Option(n.text("value"), n.text("label")))
    labels = {option.value: option.label for option in options}
    if len(labels) != len(options):
        raise DataProblem(node.at("options"), "hai lựa chọn cùng giá trị")
    if (kind is QuestionKind.CHOICE) != bool(options):
        raise DataProblem(node.path, "câu hỏi choice phải có options; câu hỏi khác thì không")
    return Question(
        usual=_preset(node, "usual", kind, labels),
        at_desk=_preset(node, "at_desk", kind, labels),
        id=node.text("id"),
        text=node.text("text"),
        kind=kind,
        options=options,
        # Only earlier questions: this is what keeps the guidance free of cycles.
        ask_when=node.when("ask_when", before),
        affects=frozenset(node.texts("affects")),
        help=node.text("help", ""),
        labels=labels,
        computed=_computed(node, kind),
    )


def _computed(node: Node, kind: QuestionKind) -> Computed | None:
    if not node.has("computed"):
        node.raw("computed")
        return None
    if kind is not QuestionKind.NUMBER:
        raise DataProblem(node.at("computed"), "chỉ câu hỏi số mới tính được từ thẻ hoặc ngày tháng")
    return node.choice("computed", Computed)


def _preset(node: Node, key: str, kind: QuestionKind, labels: Mapping[str, str]) -> bool | int | str | None:
    """A preset answer, of the question's own type."""
    value = node.raw(key)
    fits = {
        QuestionKind.YES_NO: isinstance(value, bool),
        QuestionKind.NUMBER: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
        QuestionKind.CHOICE: isinstance(value, str) and value in labels,
    }
    if value is None:
        return None
    if not fits[kind]:
        raise DataProblem(node.at(key), "câu trả lời đặt sẵn không hợp với câu hỏi")
    return value if isinstance(value, bool | int | str) else None


def _variant(node: Node, questions: Questions) -> Variant:
    time_limit = Node(node.raw("time") or {}, node.at("time"))
    default = time_limit.raw("default")
    variant = Variant(
        id=node.text("id"),
        valid_from=node.day("valid_from"),
        valid_to=node.day("valid_to") if node.has("valid_to") else None,
        confidence=node.choice("confidence", Confidence),
        as_of=node.day("as_of"),
        implementing_agency=node.text("implementing_agency"),
        competent_agency=node.text("competent_agency"),
        coordinating_agency=node.text("coordinating_agency", ""),
        submission=read_whole(node.raw("submission"), node.at("submission"), _submission),
        conditions=node.texts("conditions"),
        routing=node.each("routing", lambda n: _routing(n, questions)),
        documents=node.each("documents", lambda n: _document(n, questions)),
        steps=node.each("steps", lambda n: Step(n.text("who"), n.text("what"), n.text("max_duration", ""))),
        default_term=Term(None, None) if default is None else read_whole(default, time_limit.at("default"), _term),
        term_cases=time_limit.each("cases", lambda n: _term_case(n, questions)),
        fees=node.each("fees", lambda n: _fee(n, questions)),
        result=node.text("result", ""),
        legal_basis=node.each("legal_basis", _legal_basis),
        forms=node.texts("forms"),
        sources=node.each("sources", lambda n: Source(n.text("title"), n.text("url", ""))),
        notes=node.text("notes", ""),
        verified=_verified(node),
    )
    node.raw("valid_to")
    time_limit.done()
    if variant.valid_to is not None and variant.valid_to < variant.valid_from:
        raise DataProblem(node.at("valid_to"), "ngày hết hiệu lực trước ngày có hiệu lực")
    _refuse_twins([document.id for document in variant.documents], node.at("documents"), "giấy tờ")
    _refuse_twins([fee.id for fee in variant.fees], node.at("fees"), "khoản thu")
    return variant


def _refuse_twins(ids: list[str], path: Path, what: str) -> None:
    for i, one in enumerate(ids):
        if one in ids[:i]:
            raise DataProblem((*path, i, "id"), f"hai {what} cùng mã “{one}”")


def _submission(node: Node) -> Submission:
    online = node.text("online")
    if online not in ("khong", "mot_phan", "toan_trinh"):
        raise DataProblem(node.at("online"), "chỉ nhận: khong, mot_phan, toan_trinh")
    return Submission(node.flag("direct"), node.flag("post"), online)


def _routing(node: Node, questions: Questions) -> RoutingRule:
    return RoutingRule(
        node.when("when", questions), node.text("to"), node.text("reason"), node.text("procedure", "") or None
    )


def _document(node: Node, questions: Questions) -> RequiredDocument:
    return RequiredDocument(
        id=node.text("id"),
        name=node.text("name"),
        kind=node.choice("kind", DocumentKind),
        originals=node.whole("originals", at_most=50),
        copies=node.whole("copies", at_most=50),
        when=node.when("when", questions),
        form=node.text("form", ""),
        issuer=node.text("issuer", ""),
        note=node.text("note", ""),
        confidence=node.choice("confidence", Confidence, Confidence.KNOWLEDGE),
        verified=_verified(node),
    )


def _term(node: Node) -> Term:
    unit = node.choice("unit", TermUnit)
    cutoff = node.clock("cutoff") if node.has("cutoff") else None
    after = read_whole(node.raw("after_cutoff"), node.at("after_cutoff"), _term) if node.has("after_cutoff") else None
    if (cutoff is None) != (after is None) or (cutoff is not None and unit is not TermUnit.SAME_DAY):
        raise DataProblem(node.path, "cutoff và after_cutoff đi cùng nhau và chỉ dùng với same_day")
    value = node.whole("value", at_most=MAX_TERM)
    if (value == 0) != (unit is TermUnit.SAME_DAY):
        raise DataProblem(node.at("value"), "same_day có giá trị 0; đơn vị khác phải lớn hơn 0")
    confidence = node.choice("confidence", Confidence, Confidence.KNOWLEDGE)
    stages = node.each("stages", lambda n: Stage(n.text("agency"), n.whole("value", at_most=MAX_TERM)))
    _check_stages(stages, value, unit, node.at("stages"))
    return Term(value, unit, cutoff, after, node.text("note", ""), confidence, _verified(node), stages)


def _check_stages(stages: tuple[Stage, ...], value: int, unit: TermUnit, path: Path) -> None:
    """The offices of a term share all of it and nothing more."""
    if not stages:
        return
    if unit not in (TermUnit.WORKING_DAY, TermUnit.DAY):
        raise DataProblem(path, "chặng của từng cơ quan chỉ dùng với thời hạn tính bằng ngày")
    if len(stages) < 2 or not all(stage.value for stage in stages):
        raise DataProblem(path, "thời hạn chia chặng phải có từ hai cơ quan, mỗi cơ quan ít nhất 1 ngày")
    total = sum(stage.value for stage in stages)
    if total != value:
        raise DataProblem(path, f"các chặng cộng lại là {total}, thời hạn ghi {value}")


def _term_case(node: Node, questions: Questions) -> TermCase:
    when = node.when("when", questions)
    if when is None:
        raise DataProblem(node.path, "trường hợp riêng về thời hạn phải có điều kiện when")
    return TermCase(when, _term(node))


def _fee(node: Node, questions: Questions) -> FeeRule:
    return FeeRule(
        id=node.text("id"),
        kind=node.choice("kind", LevyKind),
        name=node.text("name"),
        unit=node.text("unit"),
        when=node.when("when", questions),
        calc=read_whole(node.raw("calc"), node.at("calc"), lambda n: _calc(n, questions)),
        exemptions=node.each("exemptions", lambda n: _exemption(n, questions)),
        basis=node.text("basis", ""),
        confidence=node.choice("confidence", Confidence, Confidence.KNOWLEDGE),
        note=node.text("note", ""),
        verified=_verified(node),
    )


def _verified(node: Node) -> Verified | None:
    """Who checked the fact; a fact marked verified must say so, and the other way round."""
    claimed = node.raw("confidence") == Confidence.VERIFIED
    if claimed != node.has("verified"):
        raise DataProblem(node.at("confidence"), "confidence: verified đi cùng mục verified (by, on, document)")
    if not claimed:
        node.raw("verified")
        return None
    return read_whole(
        node.raw("verified"), node.at("verified"), lambda n: Verified(n.text("by"), n.day("on"), n.text("document"))
    )


def _exemption(node: Node, questions: Questions) -> Exemption:
    when = node.when("when", questions)
    if when is None:
        raise DataProblem(node.path, "miễn thu phải có điều kiện when")
    return Exemption(when, node.text("reason"), node.text("basis"))


def _calc(node: Node, questions: Questions) -> Fixed | PageBands | Provincial:
    kind = node.text("type")
    if kind == "fixed":
        return Fixed(node.whole("amount", at_most=MAX_VND), _counter(node, "times", questions))
    if kind == "page_bands":
        return _page_bands(node, questions)
    if kind != "provincial":
        raise DataProblem(node.at("type"), f"cách tính “{kind}” không có; chỉ nhận fixed, page_bands, provincial")
    values = Node(node.raw("values") or {}, node.at("values"))
    return Provincial(
        setting=node.text("setting"),
        set_by=node.text("set_by", ""),
        times=_counter(node, "times", questions),
        values={
            str(key): values.whole(str(key), at_most=MAX_VND) if values.has(str(key)) else None
            for key in dict.fromkeys(_keys(node.raw("values")))
        },
        value_note=node.text("value_note", ""),
        former_ceiling_vnd=_optional_vnd(node, "former_national_ceiling"),
        former_ceiling_basis=node.text("former_national_ceiling_basis", ""),
    )


def _keys(data: object) -> list[str]:
    return [str(key) for key in data] if isinstance(data, Mapping) else []


def _optional_vnd(node: Node, key: str) -> int | None:
    if not node.has(key):
        node.raw(key)
        return None
    return node.whole(key, at_most=MAX_VND)


def _counter(node: Node, key: str, questions: Questions) -> str | None:
    if not node.has(key):
        node.raw(key)
        return None
    name = node.text(key)
    if name not in questions or questions[name].kind is not QuestionKind.NUMBER:
        raise DataProblem(node.at(key), f"“{name}” không phải câu hỏi số của thủ tục này")
    return name


def _page_bands(node: Node, questions: Questions) -> PageBands:
    pages, copies = _counter(node, "pages", questions), _counter(node, "copies", questions)
    if pages is None or copies is None:
        raise DataProblem(node.path, "page_bands cần pages và copies")
    bands = node.each("bands", _band)
    expected = 1
    for i, band in enumerate(bands):
        last_open = band.last is None and i == len(bands) - 1
        if band.first != expected or not (last_open or (band.last is not None and band.last >= band.first)):
            raise DataProblem((*node.at("bands"), i), "các bậc trang phải nối nhau từ trang 1, không hở, không chồng")
        expected = (band.last or band.first) + 1
    if not bands or bands[-1].last is not None:
        raise DataProblem(node.at("bands"), "bậc trang cuối phải để ngỏ (to: null)")
    return PageBands(pages, copies, bands, _optional_vnd(node, "cap_per_copy"))


def _band(node: Node) -> Band:
    last = node.whole("to", at_most=100_000) if node.has("to") else None
    node.raw("to")
    return Band(node.whole("from", at_most=100_000), last, node.whole("per_page", at_most=MAX_VND))


def _legal_basis(node: Node) -> LegalBasis:
    dated = node.day("date") if node.has("date") else None
    node.raw("date")
    return LegalBasis(node.text("number"), dated, node.text("name"))


def _correction(node: Node) -> Correction:
    return Correction(node.text("what"), node.text("was"), node.text("now"), node.text("source"))
