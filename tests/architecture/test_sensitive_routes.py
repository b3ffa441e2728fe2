"""What is sensitive stands in one list, asks again who is there, and is told in docs/security.md."""

import re

from amends.app import assembled
from amends.web.sensitive_routes import SENSITIVE
from tests.architecture.source import ROOT
from tests.offenders import expect_none
from tests.web.routes import calls


def asking() -> set[str]:
    """The routes whose handler is decorated with `confirmed`, by the application itself."""
    app = assembled("http://127.0.0.1:8000", is_measured=False)
    asks = (call for call in calls(app) if getattr(call.handler.fn, "is_confirmed", False))
    return {str(call) for call in asks if call.method != "HEAD"}


def test_the_list_names_the_routes_that_ask_and_no_others() -> None:
    asks = asking()
    expect_none(asks - SENSITIVE.keys(), "Name the route in web/sensitive_routes.py, with the reason")
    expect_none(SENSITIVE.keys() - asks, "Decorate its handler with @confirmed, or take it off the list")


def test_the_document_has_the_same_list() -> None:
    text = (ROOT / "docs" / "security.md").read_text()
    section = text.partition("## What asks again")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `([A-Z]+ /[^`]*)` \| ([^|]+) \|$", section, re.MULTILINE))
    assert told == SENSITIVE, "write the list into docs/security.md as it stands in web/sensitive_routes.py"
