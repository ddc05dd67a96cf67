"""The contract as an OpenAPI 3.1 document, made from the message shapes themselves: it can't say anything else."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from sync.protocol.blob import BlobAnswer
from sync.protocol.daymatch import DayAnswer, DayRequest
from sync.protocol.feed import ClaimAnswer, ClaimRequest, FeedPage, FeedRequest
from sync.protocol.messages import (
    BATCH_TYPE,
    CONTENT_TYPE,
    H_LINE,
    H_SIGNATURE,
    EnrolAnswer,
    EnrolRequest,
    PushAck,
    Refusal,
    SessionAnswer,
    SessionRequest,
)

#: Path → shape of the request (None: bytes), shape of the answer, what it is for.
OPERATIONS: Final[dict[str, tuple[type | None, type, str]]] = {
    "/v1/enrol": (EnrolRequest, EnrolAnswer, "A code becomes a station; signed with the key it brings."),
    "/v1/session": (SessionRequest, SessionAnswer, "Where does this line stand?"),
    "/v1/push": (None, PushAck, "A batch of sealed records: header, records, subjects; JSON lines under zstd."),
    "/v1/day": (DayRequest, DayAnswer, "Both sides of a day are compared."),
    "/v1/feed": (FeedRequest, FeedPage, "What comes down after a position."),
    "/v1/claim": (ClaimRequest, ClaimAnswer, "Take, release or accept an online dossier."),
    "/v1/blob": (None, BlobAnswer, "A chunk of a scan behind one line of JSON; without a chunk: how far it has come."),
}
REFUSALS: Final = ("400", "401", "403", "409", "410", "413", "426", "429", "503")
PLAIN: Final = {"/healthz": "the process", "/readyz": "database and disk", "/metrics": "Prometheus figures"}


def document() -> dict[str, Any]:
    """The whole document, as JSON values."""
    shapes: dict[str, Any] = {}
    paths: dict[str, Any] = {path: {"post": _post(path, *what, shapes)} for path, what in OPERATIONS.items()}
    for path, what in PLAIN.items():
        answers = {"200": {"description": what}, "503": {"description": "not now"}}
        paths[path] = {"get": {"summary": what, "responses": answers}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "desk-sync/1", "version": "1", "description": "Every answer is signed by the centre's key."},
        "paths": paths,
        "components": {"schemas": dict(sorted(shapes.items()))},
    }


def _post(path: str, request: type | None, answer: type, summary: str, shapes: dict[str, Any]) -> dict[str, Any]:
    kind = BATCH_TYPE if path == "/v1/push" else CONTENT_TYPE
    body = _schema(request, shapes) if request is not None else {"type": "string", "format": "binary"}
    headers = [_header(H_SIGNATURE, "Ed25519 over the purpose and the exact body, 128 hexadecimal digits")]
    if path != "/v1/enrol":
        headers.append(_header(H_LINE, "unit/station/line"))
    refused = {"content": {CONTENT_TYPE: {"schema": _schema(Refusal, shapes)}}}
    said = {"description": "done", "content": {CONTENT_TYPE: {"schema": _schema(answer, shapes)}}}
    return {
        "summary": summary,
        "operationId": path.rpartition("/")[2],
        "parameters": headers,
        "requestBody": {"required": True, "content": {kind: {"schema": body}}},
        "responses": {"200": said, **{code: {"description": "refused, signed", **refused} for code in REFUSALS}},
    }


def _header(name: str, what: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": what, "schema": {"type": "string"}}


def _schema(shape: Any, shapes: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of a type; dataclasses go by name into ``shapes``."""
    if is_dataclass(shape) and isinstance(shape, type):
        if shape.__name__ not in shapes:
            shapes[shape.__name__] = {}
            hints = get_type_hints(shape)
            shapes[shape.__name__] = {
                "type": "object",
                "properties": {f.name: _schema(hints[f.name], shapes) for f in fields(shape)},
                "required": [f.name for f in fields(shape) if f.default is MISSING and f.default_factory is MISSING],
            }
        return {"$ref": f"#/components/schemas/{shape.__name__}"}
    origin, inner = get_origin(shape), get_args(shape)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(one, shapes) for one in inner if one is not type(None)]}
    if origin is tuple:
        return {"type": "array", "items": _schema(inner[0], shapes)}
    plain = {str: "string", int: "integer", bool: "boolean"}.get(shape)
    return {"type": plain} if plain else {"type": "object"}
