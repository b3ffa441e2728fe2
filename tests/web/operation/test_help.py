"""Is there help for every page, in both languages, and is it found by its words?"""

import io
import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from amends.web import help_topics
from amends.web.pages import PAGES
from tests.offenders import expect_none
from tests.web.site import Site
from tests.world import make_member

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "help"
EXTENSION = ROOT / "extension" / "_locales"
CATALOGUE = ROOT / "backend" / "amends" / "locale" / "fr" / "LC_MESSAGES" / "amends.po"


def pages() -> set[str]:
    """The addresses of all pages of members, with a number wherever one stands."""
    handlers = [handler for module in PAGES for handler in module.routes]
    shown = [each for each in handlers if "GET" in each.http_methods and not is_public(each)]
    return {re.sub(r"\{[^}]+\}", "1", path) for each in shown for path in each.paths}


def is_public(handler: object) -> bool:
    return handler.opt["policy"].name == "PUBLIC"  # type: ignore[attr-defined]


NOT_PAGES = re.compile(
    r"/(calendar|evidence|events|files|help|manifest|act|confirm|setup|pair/browsers|commands/found).*|.*\.csv|.*/(csv|export)"
)
"""Files, parts of pages, and pages of which each says what it is for."""


def test_every_page_has_a_text_of_its_own_subject():
    strays = [
        path for path in pages() if help_topics.topic_of(path) == "start" and not NOT_PAGES.fullmatch(path)
    ]
    expect_none(strays, "Say in BY_PAGE of help_topics which text explains the page")


def test_every_text_is_there_in_both_languages_and_listed():
    for language in ("en", "fr"):
        assert {file.stem for file in (FOLDER / language).glob("*.md")} == set(help_topics.TOPICS)


def test_both_languages_say_the_same_number_of_things():
    def shape(language: str, topic: str) -> list[str]:
        lines = (FOLDER / language / f"{topic}.md").read_text().splitlines()
        return [line[:2].strip() for line in lines if re.match(r"[-#]|\d\.", line)]

    strays = [topic for topic in help_topics.TOPICS if shape("en", topic) != shape("fr", topic)]
    expect_none(strays, "Say in both languages what is said in one")


NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
"""What a text names as it stands on a page: between two asterisks."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_text_names_what_stands_on_a_page_and_nothing_else(language: str):
    shown = {word.casefold() for word in words_of(language)}
    strays = [
        f"{file.stem}: {name}"
        for file in sorted((FOLDER / language).glob("*.md"))
        for name in NAMED.findall(file.read_text())
        if name.casefold() not in shown
    ]
    expect_none(strays, "Call it as the page does, or take the asterisks away")


def words_of(language: str) -> set[str]:
    """Every text of the pages and of the extension in a language."""
    of_extension = json.loads((EXTENSION / language / "messages.json").read_text())
    found = [message["message"] for message in of_extension.values()]
    for message in read_po(io.BytesIO(CATALOGUE.read_bytes())):
        told = message.id if language == "en" else message.string
        found += [told] if isinstance(told, str) else told
    return set(found)


@pytest.mark.parametrize(("language", "title"), [("en", "A case"), ("fr", "Un dossier")])
async def test_the_help_of_a_page_speaks_the_readers_language(site: Site, language: str, title: str) -> None:
    reader = await site.visit_as(await make_member("ada", language=language))
    page = await reader.get("/help/case")
    assert f"<h1>{title}</h1>" in page.text
    assert "<strong>" in page.text
    part = await reader.get("/help/case", headers={"hx-request": "true"})
    assert title in part.text
    assert "<html" not in part.text


async def test_help_is_found_by_the_beginnings_of_its_words_whatever_their_accents(site: Site) -> None:
    reader = await site.visit_as(await make_member("ada", language="fr"))
    found = re.findall(r'href="/help/([a-z-]+)"', (await reader.get("/help?words=jours+feri")).text)
    assert "calendar" in found
    assert "triage" not in found
    assert "/help/" not in (await reader.get("/help?words=zzzz")).text.split("<main")[1].split("</main")[0]


async def test_a_page_leads_to_its_own_help_and_an_unknown_one_is_not_there(site: Site) -> None:
    reader = await site.signed_in()
    assert 'href="/help/agenda"' in (await reader.get("/agenda")).text
    assert (await reader.get("/help/..%2Fsettings")).status_code == 404
    assert (await reader.get("/help/nonsense")).status_code == 404
