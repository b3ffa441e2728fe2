"""Does every route that can remove something of a case ask whether a legal hold forbids it?"""

import ast
import inspect
import re
from functools import cache

from tests.architecture.source import PACKAGE, dotted, modules, tree
from tests.architecture.test_transactions import Name
from tests.web.routes import Call, calls
from tests.web.site import Site
from tests.web.test_audited import reached_from

REMOVES = re.compile(
    r"tables\.(Case|Post|Capture|Evidence|Attachment)\.delete\(|removed_at: act\.now|erase_payloads\("
    r"|DELETE FROM (case_file|post|capture|evidence|attachment|entry|particulars)\b"
)
ASKS = ("amends.services.case.legal_hold_checks", "must_be_removable")
ROUTES = {
    "DELETE /api/v1/captures/{capture_id:uuid}",
    "POST /cases/{number:int}/files/{file_id:uuid}/remove",
    "POST /cases/{number:int}/remove",
    "POST /cases/{number:int}/take-back",
    "POST /people/{author:uuid}/erase",
}
"""Routes that remove something: `tests/services/case/test_legal_hold_checks.py` tries their commands."""
DEMO = "amends.services.operation.demo"
"""Removes what it made itself, by its own addresses."""


@cache
def removers() -> frozenset[Name]:
    """Functions of the services whose text removes rows or files of a case."""
    found = set()
    for module in modules(PACKAGE / "services"):
        for one in tree(module).body:
            if isinstance(one, ast.AsyncFunctionDef) and REMOVES.search(ast.unparse(one)):
                found.add((dotted(module), one.name))
    return frozenset(name for name in found if not name[0].startswith(DEMO))


def removes(call: Call) -> bool:
    return not _walk(call).isdisjoint(removers())


def _walk(call: Call) -> set[Name]:
    function = inspect.unwrap(call.handler.fn)
    return set(reached_from((function.__module__, function.__name__)))


async def test_every_route_that_removes_something_of_a_case_asks_the_one_rule(site: Site) -> None:
    found = [call for call in calls(site.app) if removes(call)]
    assert {str(call) for call in found} == ROUTES
    assert [str(call) for call in found if ASKS not in _walk(call)] == []
