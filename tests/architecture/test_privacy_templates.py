"""The templates for a team's own duties (GDPR Art. 14, 30, 35) are there in both languages."""

import re
from pathlib import Path

import pytest

from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.operation.privacy import CUSTOMER_TABLES, PURPOSES, Purpose
from amends.rules.vocabulary import Language
from tests.architecture.source import ROOT

FOLDER = ROOT / "docs/privacy"
NAMES = ("impact.md", "notice.md", "record.md")
ARTICLES = {"notice.md": "14", "record.md": "30", "impact.md": "35"}
NOTICE_SAYS = {
    "en": ("legal basis|interest", "keep|kept", "right|copy", "authority", "object"),
    "fr": ("base légale|base juridique|intérêt", "conserv", "droit|copie", "CNIL|autorité", "oppos"),
}
"""What a notice must tell whoever did not give their data themselves, in words of each language."""


def text(language: str, name: str) -> str:
    return (FOLDER / language / name).read_text()


@pytest.mark.parametrize("language", Language)
def test_each_template_is_there_names_its_article_and_is_linked(language: str):
    linked = (ROOT / "docs/personal-data.md").read_text()
    assert sorted(file.name for file in Path(FOLDER / language).iterdir()) == list(NAMES)
    for name in NAMES:
        assert re.search(rf"^# .*\b{ARTICLES[name]}\b", text(language, name), re.MULTILINE), name
        assert f"(privacy/{language}/{name})" in linked
        assert "[" in text(language, name), "what the team fills in stands in brackets"


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_parts_and_rows(name: str):
    shapes = [re.findall(r"^(?:#+ |\| |- )", text(language, name), re.MULTILINE) for language in Language]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", Language)
def test_the_notice_tells_what_it_must(language: str):
    for words in NOTICE_SAYS[language]:
        assert re.search(words, text(language, "notice.md"), re.IGNORECASE), words


@pytest.mark.parametrize("language", Language)
def test_the_record_names_the_purposes_that_the_inventory_names(language: str):
    with use_language(Language(language)):
        purposes = {
            _(PURPOSES[one]) for one in {held.purpose for held in CUSTOMER_TABLES} - {Purpose.RUNNING}
        }
    assert [one for one in sorted(purposes) if one not in text(language, "record.md")] == []
