"""Is everything that a person reads said in French too, with the same placeholders and French typography?"""

import importlib
import pkgutil
import re
import warnings
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import amends
from amends import errors
from amends.i18n import LOCALE, gettext, ngettext, speaking
from tests.offenders import expect_none

CATALOGUE = "backend/amends/locale/fr/LC_MESSAGES/amends.po"
PACKAGE = Path(amends.__file__).parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "mark": None,
}
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sdf]|\{\w+\}")
BARE_SIGN = re.compile(
    r"(?<=\w)[;!?](?=\s|$)|(?<=[^\u202f])»|«(?!\u202f)|(?<=[^\s\u202f\d/a-z]) [;:!?]| [;:!?»](?=\s|$)"
)


@cache
def wanted() -> frozenset[str | tuple[str, ...]]:
    """Every message of the code and the templates, and the title of every problem."""
    with (LOCALE / "babel.cfg").open() as configuration:
        methods, options = parse_mapping_cfg(configuration)
    found = extract_from_dir(str(PACKAGE), methods, options, keywords=KEYWORDS)
    messages = {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}
    return frozenset(messages | {error.title() for error in problems()})


def problems() -> set[type[errors.AmendsError]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a library that one of them imports
        for module in pkgutil.walk_packages(amends.__path__, "amends."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found: set[type[errors.AmendsError]] = set()
    waiting = [errors.AmendsError]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found.update(error for error in below if error.__module__.startswith("amends."))
    return found


@cache
def french() -> Catalog:
    with (LOCALE / "fr" / "LC_MESSAGES" / "amends.po").open("rb") as source:
        return read_po(source, locale="fr")


def entries() -> list[Message]:
    return [message for message in french() if message.id]


def said(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_message_is_said_in_french():
    known = {entry.id if isinstance(entry.id, str) else tuple(entry.id) for entry in entries()}
    expect_none(wanted() - known, f"Say the message in French in {CATALOGUE}")


def test_the_catalogue_holds_nothing_that_nobody_says():
    known = {entry.id if isinstance(entry.id, str) else tuple(entry.id) for entry in entries()}
    expect_none(known - wanted(), f"Take the message out of {CATALOGUE}: nothing says it any longer")


def test_no_translation_is_empty_or_a_guess():
    unfinished = [entry.id for entry in entries() if entry.fuzzy or not all(said(entry))]
    expect_none(unfinished, f"Write the translation in {CATALOGUE}, and take `fuzzy` away")


def test_a_translation_keeps_the_placeholders_of_its_message():
    wrong = []
    for entry in entries():
        meant = set(PLACEHOLDER.findall(entry.id if isinstance(entry.id, str) else entry.id[-1]))
        wrong += [entry.id for words in said(entry) if set(PLACEHOLDER.findall(words)) != meant]
    expect_none(wrong, "Use in the translation the placeholders of the message, and no others")


def test_french_has_its_narrow_spaces_and_its_apostrophes():
    wrong = [words for entry in entries() for words in said(entry) if BARE_SIGN.search(words) or "'" in words]
    expect_none(wrong, "Write U+202F before ; : ! ? and inside « », and ’ for an apostrophe")


@pytest.mark.parametrize("words", ["Pourquoi?", "Pourquoi ?", "« ainsi »", "«\u202fainsi»", "fait : rien"])
def test_a_wrong_space_is_noticed(words: str):
    assert BARE_SIGN.search(words)


@pytest.mark.parametrize("words", ["Pourquoi\u202f?", "«\u202fainsi\u202f»", "https://", "de 09:00 à 18:00"])
def test_a_right_space_is_let_through(words: str):
    assert not BARE_SIGN.search(words)


def test_french_counts_nothing_and_one_as_one():
    with speaking("fr"):
        assert [ngettext("%(count)d day", "%(count)d days", count) for count in (0, 1, 2)] == [
            "%(count)d jour",
            "%(count)d jour",
            "%(count)d jours",
        ]
        assert gettext("Today") == "Aujourd’hui"
