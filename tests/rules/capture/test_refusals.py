"""Is whatever may be said of the refused line of a table known again, in whichever language it was stored?"""

import ast
from pathlib import Path

import pytest

import amends
from amends.i18n import LANGUAGES, catalogue, use_language
from amends.rules.capture import refusals
from amends.rules.operation import own_texts

REFUSING = (
    "services/capture/import_lines.py",
    "services/capture/import_checks.py",
    "services/capture/import_runs.py",
    "services/capture/written_captures.py",
    "rules/capture/cleaning.py",
)
"""Modules whose sentences are stored with a line."""
HOLES = {"count": "500", "name": "facebook"}


@pytest.mark.parametrize("stored_in", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
def test_a_refusal_is_said_in_the_readers_language(stored_in: str, read_in: str):
    with use_language(read_in):
        for message in refusals.SENTENCES:
            stored, read = (catalogue(one).gettext(message) for one in (stored_in, read_in))
            assert own_texts.refusal(_filled(stored)) == _filled(read)


def _filled(message: str) -> str:
    return message % HOLES if "%(" in message else message


def test_a_sentence_that_is_not_known_stays_as_it_was_stored():
    with use_language("fr"):
        assert own_texts.refusal("Write a date, such as 1999.") == "Write a date, such as 1999."


def test_no_module_that_refuses_a_line_has_a_sentence_of_its_own():
    folder = Path(amends.__file__).parent
    assert [
        (name, node.args[0].value)
        for name in REFUSING
        for node in ast.walk(ast.parse((folder / name).read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_")
        if node.args and isinstance(node.args[0], ast.Constant)
    ] == []
