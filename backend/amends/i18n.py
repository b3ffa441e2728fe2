"""Translation of texts by gettext catalogues, and of numbers, in the language of the current context."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "fr")
LOCALES = {"en": "en_GB", "fr": "fr_FR"}
"""By which dates are written: both count the day's hours to 24 and begin the week on Monday."""

_language: ContextVar[str] = ContextVar("language", default="en")


def catalogue_path(language: str) -> Path:
    """The file with one language's translations; English has none."""
    return LOCALE / language / "LC_MESSAGES" / "amends.po"


@functools.cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one language, compiled in memory: there is no build step for them."""
    path = catalogue_path(language)
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


def language() -> str:
    """The language of the context: a request's member, a nudge's receiver."""
    return _language.get()


@contextmanager
def use_language(chosen: str) -> Iterator[None]:
    """Everything said inside is said in this language."""
    token = _language.set(chosen if chosen in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def set_language(chosen: str) -> None:
    """From here to the end of this task's context, speak this language."""
    _language.set(chosen if chosen in LANGUAGES else "en")


def gettext(message: str) -> str:
    """The message in the context's language."""
    return _said(message, language())


@functools.lru_cache(maxsize=8192)
def _said(message: str, spoken: str) -> str:
    """Kept: a list says the same few words in each of its rows."""
    return catalogue(spoken).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The right plural in the context's language (French counts 0 and 1 as one)."""
    return catalogue(language()).ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The message in the context's language where one English word has two meanings."""
    return catalogue(language()).pgettext(context, message)


def N_(message: str) -> str:
    """Marks a message for the catalogue where it is only stored; it is translated when shown."""
    return message


def number(value: float | int) -> str:
    """A number with its thousands apart and at most two decimals, as the context's language writes them."""
    text = f"{int(value):,}" if value == int(value) else f"{round(value, 2):,}"
    if language() == "fr":
        return text.replace(",", "\u202f").replace(".", ",")
    return text
