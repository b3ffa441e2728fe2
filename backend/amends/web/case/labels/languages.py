"""Names of languages, in that of the page, from the CLDR."""

from functools import cache

from babel import Locale

from amends.i18n import language


def language_name(tag: str) -> str:
    """What a language (BCP 47) is called within a sentence ("français"), of any region; empty if unknown."""
    return _names(language()).get(tag.split("-")[0].lower(), "")


def language_title(tag: str) -> str:
    """What it is called in a list ("Portugais brésilien"); the tag itself where it has no name."""
    first, *parts = tag.lower().split("-")
    variant = "_".join([first, *(part.upper() if len(part) == 2 else part.title() for part in parts)])
    name = _names(language()).get(variant) or language_name(tag)
    return name[0].upper() + name[1:] if name else tag


@cache
def _names(spoken: str) -> dict[str, str]:
    """By the page's own table alone: an image holds no tables of languages that nobody reads there."""
    return {code: str(name) for code, name in Locale(spoken).languages.items()}
