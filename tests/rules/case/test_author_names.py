"""Is an author called the same everywhere, also one of whom no name is known?"""

import json
from pathlib import Path

import pytest

from amends.i18n import use_language
from amends.rules.case.author_names import author_name

LOCALES = Path(__file__).parents[3] / "extension/_locales"


@pytest.mark.parametrize(
    ("name", "handle", "shown"),
    [
        ("Dana", "@dana", "Dana"),
        ("", "@dana", "@dana"),
        (" \n", "", "Unknown author"),
        (None, None, "Unknown author"),
        ("Zelda\r\nExample", "", "Zelda Example"),
    ],
)
def test_it_is_the_name_else_the_handle_else_unknown(name: str | None, handle: str | None, shown: str):
    with use_language("en"):
        assert author_name(name, handle) == shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_extension_says_the_same_of_an_author_without_a_name(language: str):
    messages = json.loads((LOCALES / language / "messages.json").read_text())
    with use_language(language):
        assert messages["unknownAuthor"]["message"] == author_name("")
