"""Is a case found by everything that was said, on both databases alike, and is it told where?"""

from pathlib import Path
from uuid import UUID

import pytest

from amends import tables
from amends.database import run
from amends.rules.vocabulary import Channel, Stage
from amends.services.case import searches
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import MONDAY, make_case, move


async def found(words: str, **filters: object) -> list[int]:
    page = await cases.page(CaseFilters(stage="all", words=words, **filters), now=MONDAY)
    return [row.number for row in page.rows]


@pytest.fixture
async def number(bob: Member) -> int:
    text = "Le gâteau n’est jamais arrivé. Cœur brisé. Commande AB-4711."
    seen = {"author": {"name": "Léa Ménard", "handle": "@lea_m"}, "title": "Déçue", "lang": "fr"}
    return await make_case(bob, text=text, **seen)


async def case_id(number: int) -> UUID:
    rows = await tables.Case.select(tables.Case.id).where(tables.Case.number == number)
    return rows[0]["id"]


OF_HER = ["gateau", "GÂTEAU", "gât arri", "coeur", "cœur", "menard", "lea_m", "decue", "ab-4711", "1", "#1"]
NOT_OF_HER = ["gateau refund", "eau", "471", "47110", "!!!", "%", "' OR 1=1 --"]


@pytest.mark.parametrize("typed", OF_HER)
async def test_a_case_is_found_by_its_post_its_author_and_its_number(number: int, bob: Member, typed: str):
    await make_case(bob)
    assert await found(typed) == [number]


@pytest.mark.parametrize("typed", NOT_OF_HER)
async def test_all_words_have_to_be_there_and_signs_mean_nothing(number: int, typed: str):
    assert await found(typed) == []
    assert await found("'arrivé'!") == [number]


async def test_what_is_said_later_finds_the_case_too(number: int, bob: Member):
    await case_commands.note(Act(bob, MONDAY), number, text="Spoke to her sister, Zoë")
    said = {"direction": "out", "text": "A refund is on its way"}
    await case_commands.record_touchpoint(Act(bob, MONDAY), number, channel=Channel.PHONE, **said)
    await move(number, "not_ours", by=bob, reason="Wrong bakery")
    for typed in ("zoe", "refund way", "bakery", "gateau sister refund bakery"):
        assert await found(typed) == [number]
    assert await found("gateau", platform="x") == [number]
    assert await found("gateau", platform="reddit") == []
    page = await cases.page(CaseFilters(stage=Stage.CLOSED, words="zoe"), now=MONDAY)
    assert [row.number for row in page.rows] == [number]


async def test_many_are_paged_by_number_and_a_second_sight_adds_its_words(bob: Member):
    numbers = [await make_case(bob, id=f"{place}") for place in range(5)]
    asked = CaseFilters(words="cake")
    first = await cases.page(asked, now=MONDAY, limit=2)
    rest = await cases.page(asked, now=MONDAY, limit=3, before=first.next_before)
    assert [row.number for row in [*first.rows, *rest.rows]] == numbers[::-1]
    late = await cases.page(CaseFilters(words="cake", late=True), now=MONDAY.replace(year=2027), limit=2)
    assert len(late.rows) == 2
    await make_case(bob, id="0", text="Edited: they made amends")
    assert await found("amends") == [numbers[0]]


async def test_each_case_of_a_page_is_told_where_its_words_stand(number: int, bob: Member):
    other = await make_case(bob)
    await case_commands.note(Act(bob, MONDAY), other, text="Her gâteau <b>and</b> the commande")
    ids = {await case_id(one): one for one in (number, other)}
    told = {ids[key]: one for key, one in (await searches.found_in(ids, "commande gateau")).items()}
    assert {one: at.place for one, at in told.items()} == {number: "post", other: "timeline"}
    assert ("gâteau", True) in told[other].excerpt.pieces
    assert {ids[key] for key in await searches.found_in(ids, "menard")} == {number}
    assert await searches.found_in([], "cake") == {} == await searches.found_in(ids, "!!")


async def test_a_case_is_found_by_what_was_joined_to_it(number: int, bob: Member):
    twin = await make_case(bob)
    await move(number, "join", by=bob, duplicate_of=twin)
    assert await found("gateau") == [twin, number]


async def test_a_case_may_have_more_words_than_an_index_takes(number: int, bob: Member):
    for place in range(4):
        words = " ".join(f"w{place}x{word}" for word in range(15_000))
        await searches.remember(await case_id(number), words)
    [row] = await run("SELECT words FROM case_words WHERE number = :number", number=number)
    assert len(row["words"]) <= searches.MOST_CHARACTERS
    assert await found("w0x14999") == [number]


async def test_a_case_that_is_gone_is_not_found(number: int):
    await tables.Case.delete().where(tables.Case.number == number)
    assert await found("gateau") == []
    assert await run("SELECT * FROM case_words") == []


QUESTIONS = Path(__file__).parents[2] / "rules/case/search_questions.tsv"


async def test_both_databases_answer_every_question_in_every_script_alike(bob: Member):
    rows = [line.split("\t") for line in QUESTIONS.read_text("utf-8").splitlines()[1:]]
    numbers = {text: await make_case(bob, text=text) for text in dict.fromkeys(row[0] for row in rows)}
    wrong = [
        (text, typed, expected)
        for text, typed, expected in rows
        if (numbers[text] in await found(typed)) is not (expected == "+")
    ]
    assert wrong == []


async def test_a_phrase_does_not_go_from_one_text_of_a_case_into_another(bob: Member):
    number = await make_case(bob, title="Cake was late", text="again and cold")
    assert await found('"cake was" "and cold"') == [number]
    assert await found('"late again"') == []
