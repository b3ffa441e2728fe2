"""Can a phone install Amends, and does its share menu lead to a form and to nothing else?"""

import re

import pytest

from amends.web.capture.bookmarklet import bookmark
from amends.web.operation.manifest import INK, PAPER
from tests.architecture.source import STATIC, TEMPLATES
from tests.web.site import Site


async def test_anybody_may_read_the_manifest_and_its_icons_are_there(site: Site) -> None:
    visitor = site.visitor()
    answer = await visitor.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    told = answer.json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
    assert "maskable" in {icon.get("purpose") for icon in told["icons"]}
    for icon in told["icons"]:
        found = await visitor.get(icon["src"])
        assert (found.status_code, found.headers["content-type"]) == (200, icon["type"])


async def test_what_the_phone_opens_are_pages_of_ours_that_change_nothing(site: Site) -> None:
    told = (await site.visitor().get("/manifest.webmanifest")).json()
    desk = await site.signed_in()
    assert told["share_target"]["method"] == "GET"
    for address in (told["share_target"]["action"], *(one["url"] for one in told["shortcuts"])):
        assert (await desk.get(address)).status_code == 200


@pytest.mark.parametrize(("language", "words"), [("en", "New case"), ("fr", "Nouveau dossier")])
async def test_it_speaks_the_language_of_the_page(site: Site, language: str, words: str) -> None:
    page = await (await site.signed_in(language=language)).get("/cases/new")
    address = re.search('<link rel="manifest" href="([^"]+)">', page.text)
    assert address
    told = (await site.visitor().get(address[1])).json()
    assert (told["lang"], told["shortcuts"][0]["name"]) == (language, words)


async def test_a_language_that_we_do_not_speak_is_not_repeated(site: Site) -> None:
    told = await site.visitor().get("/manifest.webmanifest", params={"language": "<script>"})
    assert told.json()["lang"] == "en"


def test_the_colours_are_those_of_the_pages():
    layout = (TEMPLATES / "layout.html").read_text()
    assert f'light)" content="{PAPER}"' in layout
    assert f'dark)" content="{INK}"' in layout
    paper = "--color-paper: light-dark(oklch(0.975 0.006 90), oklch(0.205 0.012 225))"
    assert paper in (STATIC / "css/tokens.css").read_text(), "write the new colours as hex in manifest.py"


async def test_the_bookmark_is_shown_to_be_copied_and_is_no_link(site: Site) -> None:
    page = (await (await site.signed_in()).get("/pair")).text
    assert 'readonly rows="3" spellcheck="false" aria-describedby="bookmark-hint">javascript:void(' in page
    assert not re.search(r"""href\s*=\s*["']?\s*javascript:""", page, re.IGNORECASE)


def test_a_bookmark_has_no_space_and_cannot_be_left_by_a_strange_address():
    assert " " not in bookmark("https://amends.example.org")
    assert r"\"+alert(1)+\"" in bookmark('https://x"+alert(1)+"')
