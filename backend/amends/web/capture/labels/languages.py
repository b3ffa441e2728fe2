"""Names of the languages of posts, from the CLDR."""

from babel import Locale
from babel.core import UnknownLocaleError

from amends.i18n import language


def language_name(tag: str) -> str:
    """The name of the language of a tag (BCP 47) in the language of the page; empty where it has none."""
    try:
        return str(Locale.parse(language()).languages.get(tag.split("-")[0].lower(), ""))
    except UnknownLocaleError:
        return ""
