"""OpenAPI operations completed: what guard, kit and edge do to every handler, said once for all of them."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from amends.rules.team.permissions import Permission
from amends.rules.team.scopes import SCOPES as WHAT_SCOPES_ALLOW
from amends.web.api.examples import EXAMPLES
from amends.web.security import SCOPES, Policy

Json = dict[str, Any]

PROBLEM: Json = {
    "type": "object",
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457). The names of `type` stand in docs/problems.md.",
    "properties": {
        "type": {"type": "string", "description": "`urn:amends:problem:` and a name."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the member’s language: what to do next."},
        "request_id": {"type": "string", "description": "As in the header X-Request-Id and in the log."},
        "fields": {
            "type": "object",
            "description": "For each wrong field a sentence.",
            "additionalProperties": {"type": "string"},
        },
    },
    "required": ["type", "title", "status", "detail", "request_id"],
    "example": {
        "type": "urn:amends:problem:case-unknown",
        "title": "Case not found.",
        "status": 404,
        "detail": "There is no case #99.",
        "request_id": "9f2c4e1ab37d5086",
    },
}
WORDS = {
    400: "The request could not be read.",
    401: "There is no token, or it is unknown, revoked or expired.",
    403: "The token’s scope or the member’s role does not allow this.",
    404: "There is nothing of this number or id.",
    409: "This is not possible in the current state.",
    410: "The code is spent or too old.",
    412: "Someone else has changed this; read it again.",
    413: "This is larger than the server accepts.",
    422: "Something in what was sent is missing or wrong; `fields` says what.",
    428: "If-Match is missing.",
    429: "Too many requests; Retry-After says how many seconds to wait.",
    503: "The database is busy, or the storage of files is away; try again.",
}
FRAMEWORK = {
    "Request fulfilled, document follows": "As asked.",
    "Document created, URL follows": "Made.",
    "Request fulfilled, nothing follows": "Done.",
}
"""What the framework says of an answer where nobody says more, and what we say."""
WHOSE = {Permission.WORK: " Not for readers.", Permission.LEAD: " Leads and admins only."}
"""Whose token it must be, by what the scope asks of a member."""
MEDIA = "application/problem+json"
IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Your own name for this one request. Sent again with it, the request happens once and is "
    "answered as the first time. Kept for three days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x21-\x7e]+$"},
}
BYTES: Json = {
    "required": True,
    "description": "The bytes of the file as they are.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
IF_MATCH: Json = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of what you read, or `*` to change it whatever it is now.",
    "schema": {"type": "string", "pattern": r'^("[0-9a-f]{1,16}"|\*)$'},
    "examples": {
        "whatever it is now": {"value": "*"},
        "as it was seen": {"value": '"3"'},
    },
}


def completed(schema: Json, app: Litestar) -> Json:
    """The description with parameters, scopes, problems and examples of every operation."""
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for route in app.routes:
        if isinstance(route, HTTPRoute) and route.path_format in schema["paths"]:
            for handler in route.route_handlers:
                for method in handler.http_methods:
                    operation = schema["paths"][route.path_format].get(method.lower())
                    if operation is not None:
                        _complete(operation, handler, method, has_path="{" in route.path_format)
    return schema


def _complete(operation: Json, handler: HTTPRouteHandler, method: str, *, has_path: bool) -> None:
    _take(operation, handler)
    _answer(operation, _statuses(operation, handler, method, has_path=has_path))
    summary, _blank, rest = operation.get("description", "").partition("\n\n")
    operation["summary"] = summary.replace("\n", " ").rstrip(".")
    operation["description"] = f"{rest}\n\n{_allowed(handler.opt['policy'])}".strip()
    _exemplify(operation)


def _take(operation: Json, handler: HTTPRouteHandler) -> None:
    """What a request may bear: in its path, its address, its headers, and as bytes."""
    parameters = operation.setdefault("parameters", [])
    for given in parameters:
        if given["in"] == "path" and given["schema"].get("type") == "integer":
            given["schema"] |= {"minimum": 1, "maximum": 2**31 - 1}
            given["example"] = 1
    if shape := handler.opt.get("query"):
        parameters += query_parameters(shape)
    if getattr(handler.fn, "is_answered_once", False) or handler.opt.get("once"):
        parameters.append(IDEMPOTENCY_KEY)
    if handler.opt.get("matches"):
        parameters.append(IF_MATCH)
    if handler.opt.get("bytes"):
        operation["requestBody"] = BYTES


def _answer(operation: Json, statuses: Iterator[int]) -> None:
    """What it may be answered: what the framework guesses is said in words, and each refusal is a problem."""
    answers = operation["responses"]
    answers.pop("400", None)
    for answer in answers.values():
        answer["description"] = FRAMEWORK.get(answer["description"], answer["description"])
    for status in statuses:
        answers[str(status)] = {
            "description": WORDS[status],
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def _statuses(operation: Json, handler: HTTPRouteHandler, method: str, *, has_path: bool) -> Iterator[int]:
    policy = handler.opt["policy"]
    yield from (400, 422, 429, 503)
    if policy in SCOPES:
        yield from (401, 403)
    if has_path or "query" in handler.opt or operation["parameters"]:
        yield 404
    if method != "GET":
        yield 404
    if method != "GET" or handler.opt.get("depends"):
        yield 409
    if "requestBody" in operation:
        yield 413
    if handler.opt.get("matches"):
        yield from (412, 428)
    if policy is Policy.PAIRING:
        yield 410


def _allowed(policy: Policy) -> str:
    """The scope that a token needs, and whose token it may be."""
    if policy not in SCOPES:
        return "No token is needed."
    scope = SCOPES[policy]
    if scope is None:
        return "Any token will do."
    return f"Scope: `{scope}`." + WHOSE.get(WHAT_SCOPES_ALLOW[scope].needs, "")


def _exemplify(operation: Json) -> None:
    example = EXAMPLES.get(operation.get("operationId", ""))
    if example is None:
        return
    if example.body is not None and "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["example"] = example.body
    for status, answer in operation["responses"].items():
        content = answer.get("content", {}).get("application/json")
        if status.startswith("2") and content is not None and example.answer is not None:
            content["example"] = example.answer


def query_parameters(shape: type[msgspec.Struct]) -> Iterator[Json]:
    """A struct of the address as OpenAPI parameters, with their types and what they mean."""
    [reference], known = msgspec.json.schema_components([shape])
    own = known[reference["$ref"].rpartition("/")[2]]
    for name, described in own["properties"].items():
        kind = _without_null(resolved(described, known))
        words = kind.pop("description", "")
        kind.pop("default", None)
        yield {
            "name": name,
            "in": "query",
            "required": name in own.get("required", ()),
            "description": words,
            "schema": kind,
        }


def resolved(schema: Any, known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """The schema with what it refers to in its place."""
    if isinstance(schema, list):
        return [resolved(part, known) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return resolved(known[schema["$ref"].rpartition("/")[2]], known)
    return {name: resolved(part, known) for name, part in schema.items()}


def _without_null(schema: Json) -> Json:
    """In an address there is no null: a parameter is left out."""
    kinds = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    around = {name: value for name, value in schema.items() if name != "anyOf"}
    return kinds[0] | around if len(kinds) == 1 else schema
