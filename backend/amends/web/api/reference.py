"""The description of the API as a page: the same document, for people."""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get

from amends.web import templating
from amends.web.api.description import whole
from amends.web.requests import site
from amends.web.security import Policy

Json = Mapping[str, Any]
JSON = "application/json"
TOKEN = "Authorization: Bearer $AMENDS_TOKEN"  # noqa: S105 - the name of a variable


class Kind(msgspec.Struct, frozen=True):
    """What a value is, in words; `named` where it is a type of the list of types."""

    words: str
    named: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter, or one field of a type."""

    name: str
    where: str
    kind: Kind
    required: bool
    words: str


class Type(msgspec.Struct, frozen=True, kw_only=True):
    """One type: its fields, or the values that it may have."""

    name: str
    words: str
    fields: Sequence[Field]
    values: Sequence[str]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one status means, and what comes with it."""

    status: str
    words: str
    kind: Kind | None
    example: str


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One operation, as it is called and answered."""

    id: str
    method: str
    path: str
    summary: str
    words: Sequence[str]
    parameters: Sequence[Field]
    body: Kind | None
    curl: str
    answers: Sequence[Answer]


class Group(msgspec.Struct, frozen=True):
    """The operations about one noun."""

    name: str
    operations: Sequence[Operation]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """The whole page."""

    server: str
    groups: Sequence[Group]
    types: Sequence[Type]


@get("/api/docs", opt={"policy": Policy.PUBLIC}, include_in_schema=False)
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Every operation with parameters, types, refusals and an example; nothing comes from elsewhere."""
    described = whole(request.app)
    reference = read(described, site(request).settings.base_url)
    return await templating.render(request, "api/index.html", reference=reference)


def read(described: Json, server: str) -> Reference:
    """The description in the order of its nouns."""
    groups: dict[str, list[Operation]] = {}
    for path, item in described["paths"].items():
        for method, one in item.items():
            if isinstance(one, dict) and "operationId" in one:
                tag = one.get("tags", [""])[0]
                groups.setdefault(tag, []).append(_operation(one, method.upper(), path, server))
    types = [_type(name, schema) for name, schema in sorted(described["components"]["schemas"].items())]
    return Reference(
        server=server, groups=[Group(name, found) for name, found in sorted(groups.items())], types=types
    )


def _operation(one: Json, method: str, path: str, server: str) -> Operation:
    content = one.get("requestBody", {}).get("content", {})
    body = next(iter(content.values()), None)
    return Operation(
        id=one["operationId"],
        method=method,
        path=path,
        summary=one["summary"],
        words=one["description"].split("\n\n"),
        parameters=[_parameter(given) for given in one.get("parameters", ())],
        body=kind_of(body["schema"]) if body else None,
        curl=curl(one, method, path, server),
        answers=[_answer(status, given) for status, given in sorted(one["responses"].items())],
    )


def _parameter(given: Json) -> Field:
    return Field(
        name=given["name"],
        where=given["in"],
        kind=kind_of(given["schema"]),
        required=given.get("required", False),
        words=given.get("description") or "",
    )


def _answer(status: str, given: Json) -> Answer:
    content: Json = next(iter(given.get("content", {}).values()), {})
    example = content.get("example")
    return Answer(
        status=status,
        words=given.get("description", ""),
        kind=kind_of(content["schema"]) if content.get("schema") else None,
        example="" if example is None else json.dumps(example, indent=2, ensure_ascii=False),
    )


def _type(name: str, schema: Json) -> Type:
    required = schema.get("required", ())
    return Type(
        name=name,
        words=schema.get("description") or "",
        fields=[
            Field(
                name=field,
                where="",
                kind=kind_of(kind),
                required=field in required,
                words=kind.get("description") or "",
            )
            for field, kind in schema.get("properties", {}).items()
        ],
        values=[str(one) for one in schema.get("enum", ())],
    )


def kind_of(schema: Json) -> Kind:
    """A schema in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Kind(name, name)
    if several := schema.get("oneOf") or schema.get("anyOf"):
        kinds = [kind_of(one) for one in several]
        named = next((one.named for one in kinds if one.named), "")
        return Kind(" or ".join(dict.fromkeys(one.words for one in kinds)), named)
    if schema.get("type") == "array":
        inner = kind_of(schema.get("items", {}))
        return Kind(f"list of {inner.words}", inner.named)
    if "enum" in schema:
        return Kind(", ".join(str(one) for one in schema["enum"] if one is not None))
    return Kind(" ".join(_plain(schema)) or "any")


def _plain(schema: Json) -> Iterator[str]:
    kind = schema.get("type", "")
    yield from kind if isinstance(kind, list) else [kind] if kind else []
    if "format" in schema:
        yield f"({schema['format']})"
    for sign, names in (("≥", ("minimum", "minLength")), ("≤", ("maximum", "maxLength"))):
        yield from (f"{sign} {schema[name]}" for name in names if name in schema)


def curl(one: Json, method: str, path: str, server: str) -> str:
    """A call as somebody types it into a terminal."""
    parts = ["curl", *([] if method == "GET" else ["-X", method])]
    address = server + path
    for given in one.get("parameters", ()):
        if given["in"] == "path":
            example = given.get("example", "ID")
            address = address.replace(f"{{{given['name']}}}", str(example))
        elif given["in"] == "header" and given["required"]:
            seen = given["examples"]["as it was seen"]["value"]
            parts += ["-H", f"{given['name']}: {seen}"]
    if "No token" not in one["description"]:
        parts += ["-H", TOKEN]
    content = one.get("requestBody", {}).get("content", {})
    if JSON in content and "example" in content[JSON]:
        parts += ["--json", json.dumps(content[JSON]["example"], ensure_ascii=False)]
    elif content:
        parts += ["--json" if JSON in content else "--data-binary", "@FILE"]
    return _line([*parts, address])


def _line(parts: Sequence[str]) -> str:
    """Quoted for a shell, which is to fill in the token."""
    return " ".join(f'"{part}"' if part == TOKEN else shlex.quote(part) for part in parts)
