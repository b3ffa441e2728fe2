"""The library of replies: written, found by key, archived and not deleted, exchanged as a table."""

import csv
import io
import re
from datetime import date
from uuid import uuid4

import msgspec
import pytest

from amends import tables
from amends.rules.capture.sheets import SheetUnreadable
from amends.rules.reply.reply_lint import Circumstances, language_of, lint
from amends.rules.reply.reply_templates import Record, UnknownVariable, WrongTemplate, fill
from amends.rules.vocabulary import Language, Nature, Occasion, Outcome, Stance, Tone
from amends.services.desk import case_themes, themes
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import (
    TableNotUnderstood,
    TemplateFilters,
    TemplateUnknown,
    Written,
)
from amends.services.reply.reply_templates.starter import starters
from amends.services.team.members import Act, Member
from tests.offenders import expect_none
from tests.world import HOUR, MONDAY, case_row, lead_to, make_case

SORRY = Written(
    title="Sorry", text="We are sorry, {author}. Write to {private_place}.", language="en", stance="fix"
)


async def add(by: Member, **changes: object) -> object:
    return await reply_templates.add(msgspec.structs.replace(SORRY, **changes), by=by, now=MONDAY)


async def titles(**filters: object) -> list[str]:
    page = await reply_templates.page(TemplateFilters(**filters))
    return [row.title for row in page.rows]


async def test_what_was_written_is_found_with_all_its_parts(alice: Member):
    made = await add(alice, text=" Écrivez-nous, {author}.\r\n ", language="fr", source="reviews")
    row = await reply_templates.find(made)
    assert (row.title, row.text, row.language) == ("Sorry", "Écrivez-nous, {author}.", Language.FRENCH)
    assert (row.stance, row.occasion, row.tone) == (Stance.FIX, Occasion.FIRST, Tone.EMPATHY)
    assert (row.source, row.archived, row.uses.cases) == ("reviews", False, 0)


async def test_what_cannot_be_kept_is_refused_and_nothing_is_kept(alice: Member):
    for wrong, error in (({"title": " "}, WrongTemplate), ({"text": "{autor}"}, UnknownVariable)):
        with pytest.raises(error):
            await add(alice, **wrong)
    assert await titles() == []


async def test_a_change_keeps_what_it_was_used_for(alice: Member):
    made = await add(alice)
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    await use(made, number)
    await reply_templates.change(
        Act(alice, MONDAY + HOUR), made, msgspec.structs.replace(SORRY, title="Very sorry")
    )
    row = await reply_templates.find(made)
    assert (row.title, row.changed_at, row.uses.cases) == ("Very sorry", MONDAY + HOUR, 1)


async def use(template: object, number: int) -> None:
    case = (await case_row(number))["id"]
    await tables.ReplyUse.insert(tables.ReplyUse(id=uuid4(), template=template, case=case, used_at=MONDAY))


async def test_what_is_offered_tells_how_its_last_cases_ended_and_which_shared_a_theme(alice: Member):
    made = await add(alice)
    numbers = [await make_case(alice) for _ in range(4)]
    at_hand, won, lost, still_open = numbers
    theme = await themes.make(Act(alice, MONDAY), "Delivery")
    for number in (at_hand, won, lost):
        await case_themes.choose(Act(alice, MONDAY), number, add_to={theme})
    for number in (won, lost, still_open):
        await use(made, number)
    case = tables.Case
    for number, outcome in ((won, "won_back"), (lost, "lost")):
        closed = {case.stage: "closed", case.outcome: outcome, case.closed_at: MONDAY}
        await case.update(closed).where(case.number == number)
    [row] = await reply_templates.offered(Language.ENGLISH, Occasion.FIRST, number=at_hand)
    on_theme = {"theme": "Delivery", "on_theme": 1, "theme_cases": 2}
    assert row.record == Record(well=1, badly=1, uses=3, last_used=MONDAY, **on_theme)
    [row] = await reply_templates.offered(Language.ENGLISH, Occasion.FIRST, number=still_open)
    assert row.record == Record(well=1, badly=1, uses=3, last_used=MONDAY)


async def test_an_archived_reply_is_offered_no_more_until_it_is_used_again(alice: Member):
    made = await add(alice)
    await reply_templates.archive(Act(alice, MONDAY), made)
    assert (await titles(), await titles(archived=True)) == ([], ["Sorry"])
    assert await reply_templates.offered(Language.ENGLISH, Occasion.FIRST, number=1) == []
    assert (await reply_templates.find(made)).archived
    await reply_templates.restore(Act(alice, MONDAY), made)
    assert [
        row.title for row in await reply_templates.offered(Language.ENGLISH, Occasion.FIRST, number=1)
    ] == ["Sorry"]


async def test_what_is_not_there_is_not_found(alice: Member):
    for verb in (reply_templates.archive, reply_templates.restore):
        with pytest.raises(TemplateUnknown):
            await verb(Act(alice, MONDAY), uuid4())
    with pytest.raises(TemplateUnknown):
        await reply_templates.change(Act(alice, MONDAY), uuid4(), SORRY)
    with pytest.raises(TemplateUnknown):
        await reply_templates.find(uuid4())


async def test_filters_narrow_and_words_are_looked_for_in_name_and_text(alice: Member):
    await add(alice, title="A", language="fr")
    await add(alice, title="B", stance="clarify", tone="distance")
    await add(alice, title="C", occasion="closing", source="x", text="100% yours")
    assert await titles() == ["A", "B", "C"]
    assert await titles(language=Language.FRENCH) == ["A"]
    assert await titles(stance=Stance.CLARIFY) == await titles(tone=Tone.DISTANCE) == ["B"]
    assert await titles(occasion=Occasion.CLOSING) == await titles(source="x") == ["C"]
    assert await titles(words="100%") == await titles(words="YOURS") == ["C"]
    assert await titles(words="b") == ["B"]
    assert await titles(words="_") == ["A", "B"]  # of {private_place}, and no sign for any letter


async def test_pages_follow_each_other_by_key_with_names_that_are_alike(alice: Member):
    for _ in range(3):
        await add(alice)
    await add(alice, title="Zebra")
    seen, after = [], None
    while True:
        page = await reply_templates.page(TemplateFilters(), after=after, limit=2)
        seen += [row.id for row in page.rows]
        if (after := page.next_after) is None:
            break
    assert len(seen) == len(set(seen)) == 4


async def test_uses_are_counted_with_what_became_of_their_cases(alice: Member):
    made, other = await add(alice), await add(alice, title="Other")
    ends = [Outcome.WON_BACK, Outcome.SETTLED, Outcome.LOST, Outcome.BLOCKED, None]
    for outcome in ends:
        number = await make_case(alice)
        await use(made, number)
        if outcome:
            case = tables.Case
            await case.update({case.stage: "closed", case.outcome: outcome, case.closed_at: MONDAY}).where(
                case.number == number
            )
    row = await reply_templates.find(made)
    assert (row.uses.cases, row.uses.won_back, row.uses.settled, row.uses.lost, row.uses.otherwise) == (
        5,
        1,
        1,
        1,
        1,
    )
    assert (await reply_templates.find(other)).uses.cases == 0


async def test_the_starter_set_is_added_once_and_keeps_what_was_changed(alice: Member):
    assert await reply_templates.has_starters() is False
    added = await reply_templates.install(by=alice, now=MONDAY)
    assert added == len(starters())
    assert await reply_templates.has_starters()
    first = (await reply_templates.page(TemplateFilters())).rows[0]
    await reply_templates.archive(Act(alice, MONDAY), first.id)
    assert await reply_templates.install(by=alice, now=MONDAY) == 0
    assert (await reply_templates.find(first.id)).archived


def test_the_starter_set_has_forty_replies_of_each_language_for_every_stance_occasion_and_tone():
    for language in Language:
        ours = [given for given in starters().values() if given.language is language]
        assert len(ours) >= 40
        assert {given.occasion for given in ours} == set(Occasion)
        assert {given.tone for given in ours} == set(Tone)
        assert len({given.text for given in ours}) == len(ours)


VALUES = {
    "author": "Dana",
    "team": "Bakers",
    "product": "the bakery app",
    "private_place": "care@bakers.example",
    "case_number": "#142",
    "signature": "Sam",
}


@pytest.mark.parametrize("name", starters())
def test_every_reply_of_the_starter_set_passes_the_lint(name: str):
    given = starters()[name]
    text = fill(given.text, VALUES).text
    natures = [None, Nature.COMPLAINT]
    if given.tone is Tone.DISTANCE:
        natures += [Nature.HARASSMENT, Nature.THREAT]
    for nature in natures:
        circumstances = Circumstances(
            today=date(2026, 5, 4), occasion=given.occasion, nature=nature, places=("care@bakers.example",)
        )
        assert lint(text, circumstances) == ()
    assert language_of(text) == given.language
    assert given.source in ("reviews", "forums") or len(text) <= 280


CLAIMS = re.compile(
    r"\d|\b(refunds?|money back|replacements?|free|discount|vouchers?|mondays?|weeks?|days|hours|within|"
    r"have (changed|corrected|fixed|talked)|works again|last version|remboursements?|"
    r"échanges?\b(?! avec)|gratuite?s?|remises?|bons? d’achat|semaines?|sous \w+ jours|"
    r"avons (corrigé|changé)|marche de nouveau|dernière version)\b",
    re.IGNORECASE,
)
"""What a firm may not hold: sums, times, days, and what is said to have been changed."""


def test_no_reply_of_the_starter_set_promises_what_a_firm_may_not_hold():
    told = [
        f"{name}: {found[0]}" for name, given in starters().items() if (found := CLAIMS.search(given.text))
    ]
    expect_none(told, "Word it so that it is true for any firm, or leave it to a placeholder")


async def test_the_library_leaves_as_a_table_and_comes_back_as_it_was(alice: Member):
    await add(alice, title="=SUM(A1)", text="+1 for {author};\nwrite “us”", language="fr", source="x")
    await add(alice, title="Plain", occasion="closing")
    table = await reply_templates.table()
    lines = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert [line["title"] for line in lines] == ["'=SUM(A1)", "Plain"]
    assert lines[0]["used"] == "0"
    before = (await reply_templates.page(TemplateFilters())).rows
    assert await reply_templates.bring_in(Act(alice, MONDAY), table) == 0
    await tables.ReplyTemplate.delete(force=True)
    assert await reply_templates.bring_in(Act(alice, MONDAY), table) == 2
    after = (await reply_templates.page(TemplateFilters())).rows
    assert [without_id(row) for row in after] == [without_id(row) for row in before]


def without_id(row: reply_templates.TemplateRow) -> reply_templates.TemplateRow:
    return msgspec.structs.replace(row, id=None)  # type: ignore[arg-type]


async def test_text_alone_is_enough_for_a_line(alice: Member):
    assert await reply_templates.bring_in(Act(alice, MONDAY), b"text\nWe hear you\nWe hear you\n") == 1
    [row] = (await reply_templates.page(TemplateFilters())).rows
    assert (row.title, row.language, row.stance) == ("We hear you", Language.ENGLISH, Stance.ANSWER)


async def test_a_table_with_a_wrong_line_brings_in_nothing_and_says_which(alice: Member):
    table = b"text,tone,language\nWe hear you,empathy,en\nHello {autor},empathy,en\nHi,rude,de\n"
    with pytest.raises(TableNotUnderstood) as told:
        await reply_templates.bring_in(Act(alice, MONDAY), table)
    assert "Line 3: Unknown placeholder {autor}." in told.value.detail
    assert "Line 4: In “language”, enter one of: en, fr." in told.value.detail
    assert await titles() == []
    with pytest.raises(SheetUnreadable):
        await reply_templates.bring_in(Act(alice, MONDAY), b"words\nHello\n")
