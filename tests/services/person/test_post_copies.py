"""Is a post that was captured twice from two places shown as maybe the same, and never merged by itself?"""

from typing import Any

from amends import tables
from amends.services.person import post_copies
from amends.services.team.members import Act, Member
from amends.services.workflow import triage
from tests.world import DAY, MONDAY, make_case, move

WORDS = "Nous avons attendu deux heures, le plat était froid et personne ne s’est excusé. À fuir !"
MAPS: dict[str, Any] = {
    "platform": "google",
    "kind": "review",
    "id": "",
    "url": "https://www.google.com/maps/place/Chez+Nino",
    "page": {"url": "https://www.google.com/maps/place/Chez+Nino"},
    "author": {"name": "Léa Ménard", "handle": ""},
    "text": WORDS,
}
DASHBOARD: dict[str, Any] = {**MAPS, "url": "https://business.google.com/reviews", "page": None}


async def copies(number: int) -> list[int]:
    return [row.number for row in await post_copies.of(number)]


async def test_one_review_from_two_pages_of_google_is_two_cases_that_name_each_other(bob: Member):
    first = await make_case(bob, **MAPS)
    again = await make_case(bob, **DASHBOARD, now=MONDAY + DAY)
    assert first != again
    assert (await copies(first), await copies(again)) == ([again], [first])
    assert await post_copies.of(999) == []
    begun = await triage.begin(Act(bob, MONDAY + DAY), again)
    assert [row.number for row in begun.copies] == [first]
    assert (begun.others, begun.elsewhere) == ([], []), "each case stands in one list"


async def test_a_post_from_before_numbers_were_kept_is_one_without_a_number(bob: Member):
    first, again = await make_case(bob, **MAPS), await make_case(bob, **{**DASHBOARD, "id": "ChZDSUhN1"})
    await tables.Post.update({tables.Post.external_id: None}).where(tables.Post.external_id == "")
    assert (await copies(first), await copies(again)) == ([again], [first])


async def test_other_people_and_other_numbers_are_other_posts(bob: Member):
    first = await make_case(bob, **MAPS)
    await make_case(bob, **{**DASHBOARD, "author": {"name": "Nora Vidal", "handle": ""}})
    await make_case(bob, **{**DASHBOARD, "platform": "tripadvisor", "url": "https://example.org/avis"})
    assert await copies(first) == []
    numbered = await make_case(bob, **{**DASHBOARD, "id": "ChZDSUhN1"})
    other = await make_case(bob, **{**DASHBOARD, "id": "ChZDSUhN2"})
    assert await copies(numbered) == [first]
    assert await copies(other) == [first]


async def test_what_was_merged_or_says_nothing_is_no_copy(bob: Member):
    first, again = await make_case(bob, **MAPS), await make_case(bob, **DASHBOARD)
    await move(again, "join", by=bob, duplicate_of=first)
    assert await copies(first) == []
    stars = {"text": "", "rating": {"value": 1, "max": 5}}
    silent = await make_case(bob, **{**MAPS, **stars, "author": {"name": "Iris", "handle": ""}})
    await make_case(bob, **{**DASHBOARD, **stars, "author": {"name": "Iris", "handle": ""}})
    assert await copies(silent) == []


async def test_two_selections_of_the_same_words_on_one_page_name_each_other(bob: Member):
    page = "https://blog.example/avis"
    selected = {"platform": "web", "kind": "page", "author": None, "page": {"url": page}}
    whole = await make_case(bob, **selected, url=page, id=f"{page}#words-1", text=WORDS)
    part = await make_case(bob, **selected, url=page, id=f"{page}#words-2", text=WORDS[5:70])
    other = f"{page}/2"
    elsewhere = await make_case(bob, **selected, url=other, id=f"{other}#words-1", text=WORDS)
    assert await copies(part) == [whole]
    assert await copies(elsewhere) == []


async def test_in_a_flood_of_one_text_the_latest_cases_with_it_are_looked_at(bob: Member):
    numbered = {"platform": "tripadvisor", "url": "https://www.tripadvisor.fr/Chez-Nino", "page": None}
    unnumbered = await make_case(bob, **{**MAPS, **numbered})
    for place in range(post_copies.LOOKED_AT - 1):
        await make_case(bob, **{**MAPS, **numbered, "id": f"9{place}", "url": f"https://t.example/{place}"})
    last = await make_case(bob, **{**MAPS, **numbered, "id": "8", "url": "https://t.example/last"})
    assert await copies(last) == [unnumbered]
    further = await make_case(bob, **{**MAPS, **numbered, "id": "7", "url": "https://t.example/further"})
    assert await copies(further) == []
