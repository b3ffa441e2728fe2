"""Does the description of the API say all that a program needs to know?"""

import re
import types
import typing
from collections.abc import Iterator
from typing import Any

import msgspec

from amends.web.api.examples import EXAMPLES
from tests.web.routes import calls
from tests.web.site import Site

JSON = "application/json"


async def description(site: Site) -> dict[str, Any]:
    answer = await site.visitor().get("/api/openapi.json")
    found: dict[str, Any] = answer.json()
    return found


def operations(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and path.startswith("/api/"):
                yield {"method": method, "path": path, **operation}


async def test_every_operation_has_a_name_of_its_own_a_summary_and_its_scope(site: Site) -> None:
    found = list(operations(await description(site)))
    names = [operation["operationId"] for operation in found]
    assert len(names) == len(set(names)) > 30
    assert [name for name in names if not re.fullmatch("[a-z]+[A-Z][A-Za-z]+", name)] == []
    for operation in found:
        assert operation["summary"], operation["operationId"]
        assert re.search(r"Scope: `[a-z]+:[a-z]+`|No token|Any token", operation["description"])


async def test_every_operation_says_what_it_refuses_as_a_problem(site: Site) -> None:
    for operation in operations(await description(site)):
        refused = {status for status in operation["responses"] if status.startswith("4")}
        assert {"400", "422", "429"} <= refused
        for status in refused:
            [kind] = operation["responses"][status]["content"]
            assert kind == "application/problem+json", (operation["operationId"], status)


async def test_every_change_by_post_takes_an_idempotency_key(site: Site) -> None:
    """But where an id of the request’s own, or a code that is good once, does it already."""
    own_way = {"pairBrowser", "sendCaptures"}
    without = {
        operation["operationId"]
        for operation in operations(await description(site))
        if operation["method"] == "post"
        and not any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
    }
    assert without == own_way


async def test_no_answer_is_of_a_type_that_says_nothing(site: Site) -> None:
    described = await description(site)
    for operation in operations(described):
        for status, answer in operation["responses"].items():
            if status.startswith("2") and JSON in answer.get("content", {}):
                assert answer["content"][JSON]["schema"], operation["operationId"]


def bare(kind: Any) -> Any:
    """The struct inside of what a handler takes or answers with."""
    while (inner := typing.get_args(kind)) and not isinstance(kind, types.UnionType):
        kind = inner[0]
    return kind


async def test_every_example_is_what_its_handler_takes_and_answers(site: Site) -> None:
    handlers = {call.handler.operation_id: call.handler.fn for call in calls(site.app)}
    for name, example in EXAMPLES.items():
        hints = typing.get_type_hints(handlers[name], include_extras=True)
        if example.body is not None:
            msgspec.convert(example.body, bare(hints["data"]))
        if example.answer is not None:
            msgspec.convert(example.answer, bare(hints["return"]))


async def test_every_body_of_a_change_has_an_example(site: Site) -> None:
    without = {
        operation["operationId"]
        for operation in operations(await description(site))
        if "example" not in operation.get("requestBody", {}).get("content", {}).get(JSON, {"example": ""})
    }
    assert without <= {"pairBrowser", "sendCapture", "sendCaptures"}


async def test_every_answer_to_those_who_read_has_an_example(site: Site) -> None:
    without = {
        operation["operationId"]
        for operation in operations(await description(site))
        for status, answer in operation["responses"].items()
        if operation["method"] == "get" and status.startswith("2")
        if "example" not in answer.get("content", {}).get(JSON, {"example": ""})
    }
    assert without == set()
