"""Names of languages on pages."""

import pytest
from babel import Locale, localedata

from amends.i18n import LANGUAGES, use_language
from amends.web.case.labels.languages import language_name, language_title


@pytest.mark.parametrize(
    ("spoken", "tag", "name", "title"),
    [
        ("en", "fr", "French", "French"),
        ("fr", "de", "allemand", "Allemand"),
        ("fr", "pt-BR", "portugais", "Portugais brésilien"),
        ("fr", "fr-LU", "français", "Français"),
        ("en", "zh-hant", "Chinese", "Traditional Chinese"),
        ("en", "tlh-x", "Klingon", "Klingon"),
        ("en", "qqq", "", "qqq"),
        ("en", "", "", ""),
    ],
)
def test_a_language_has_its_name_in_that_of_the_page(spoken: str, tag: str, name: str, title: str):
    with use_language(spoken):
        assert (language_name(tag), language_title(tag)) == (name, title)


def test_no_table_but_those_of_the_pages_languages_is_read(monkeypatch: pytest.MonkeyPatch):
    """The image holds no others."""
    monkeypatch.setattr(localedata, "_cache", {})
    for spoken in LANGUAGES:
        with use_language(spoken):
            language_name("ja"), language_title("sv-FI")
        Locale(spoken)
    assert set(localedata._cache) <= {"root", *LANGUAGES}
