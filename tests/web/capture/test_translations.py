"""A case says where the words of a post are a translation, and shows what a site made of the original."""

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import make_case, make_member


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def visitor(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def test_a_translation_is_shown_as_one_with_both_languages(bob: Member, visitor: Visitor) -> None:
    number = await make_case(bob, lang="ja", translated=True, translatedTo="en-GB")
    page = (await visitor.get(f"/cases/{number}")).text
    assert "Translated from Japanese to English by the site or the browser" in page
    assert '<div class="letter-text" lang="en-GB"' in page


async def test_a_translation_from_nobody_knows_what_is_said_to_be_one(bob: Member, visitor: Visitor) -> None:
    number = await make_case(bob, lang="", translated=True, translatedTo="<b>")
    page = (await visitor.get(f"/cases/{number}")).text
    assert "Translated by the site or the browser: not the original words." in page


async def test_the_authors_own_words_are_shown_without_a_word(bob: Member, visitor: Visitor) -> None:
    context = {"translation": {"text": "The staff was rude.", "lang": "en"}}
    number = await make_case(bob, lang="ko", translated=False, translatedTo="en", context=context)
    page = (await visitor.get(f"/cases/{number}")).text
    assert "Translated" not in page
    assert "Translation by the site" in page
    assert "The staff was rude." in page
    assert '<div class="letter-text" lang="ko"' in page
