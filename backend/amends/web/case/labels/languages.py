"""Names of languages, in that of the page, from the CLDR."""

from functools import lru_cache

from babel import Locale

from amends.i18n import language


def language_name(tag: str) -> str:
    """What a language (BCP 47) is called within a sentence ("français"); empty where it has no name."""
    return _name(tag, language())


def language_title(tag: str) -> str:
    """The same where it begins ("Français"); the tag itself where it has no name."""
    name = language_name(tag)
    return name[0].upper() + name[1:] if name else tag


@lru_cache(maxsize=512)
def _name(tag: str, spoken: str) -> str:
    """By the page's own table alone: an image holds no tables of languages that nobody reads there."""
    names, parts = Locale(spoken).languages, tag.lower().split("-")
    variant = "_".join([parts[0], *(part.upper() if len(part) == 2 else part.title() for part in parts[1:])])
    return str(names.get(variant) or names.get(parts[0]) or "")
