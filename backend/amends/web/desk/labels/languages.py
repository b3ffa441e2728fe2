"""Names of languages, in that of the reader."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from amends.i18n import language


def language_name(tag: str) -> str:
    """What a language is called ("French" for fr); the tag itself where nobody knows it."""
    return _name(tag, language()) if tag else ""


@lru_cache(maxsize=512)
def _name(tag: str, spoken: str) -> str:
    try:
        name = Locale.parse(tag).get_language_name(spoken)
    except (UnknownLocaleError, ValueError):
        return tag
    return name[0].upper() + name[1:] if name else tag
