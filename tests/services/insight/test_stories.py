"""Is a story kept as a lead wants it, and does it name nobody who has not agreed?"""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from amends import tables
from amends.database import run, values_of
from amends.rules.case.texts import TextIsTooLong
from amends.rules.insight.stories import Texts
from amends.rules.person.customer_links import Purpose
from amends.services.case.access import CaseUnknown
from amends.services.insight import stories
from amends.services.insight.stories import (
    Agreement,
    AgreementIncomplete,
    StoryChanged,
    StoryIncomplete,
    StoryRow,
    StoryTooEarly,
    StoryUnknown,
)
from amends.services.person import author_pairs, customer_links
from amends.services.team.members import Act, Member
from amends.services.workflow import customers, removals
from amends.services.workflow.customers import HandOff
from tests.world import DAY, MONDAY, case_row, entries, lead_to, make_case, make_order_number, move

LATER = MONDAY + 30 * DAY
WORDS = Texts(
    title="A cake for Dana",
    said="Dana (@dana) said it never came, see https://x.com/dana/status/1",
    did="We wrote to dana@example.org about order 4711.",
    ended="DANA is glad.",
)
TODAY = date(2026, 5, 4)


async def resolved(by: Member, **particulars: Any) -> int:
    number = await make_case(by, **particulars)
    await lead_to(number, "resolved", by=by)
    return number


async def story_of(number: int) -> StoryRow:
    story = await stories.find(number)
    assert story is not None
    return story


async def stored(number: int) -> str:
    """Everything that the database has of the story."""
    [row] = await run(
        'SELECT s.* FROM case_story AS s JOIN case_file AS c ON c.id = s."case" WHERE c.number = :number',
        number=number,
    )
    return " ".join(str(value) for value in values_of(row).values()).casefold()


async def agreed(act: Act, number: int, **changed: Any) -> None:
    given = {"name": "Dana S.", "on": act.now.date(), "how": "By mail", **changed}
    await stories.agree(act, number, Agreement(**given), version=(await story_of(number)).version)


async def test_a_proposal_tells_what_is_known_of_the_case_without_its_person(alice: Member):
    number = await resolved(
        alice, text="Dana here: it never came. Call me: 06 12 34 56 78", rating={"value": 1, "max": 5}
    )
    proposal = await stories.propose(number, by=alice)
    assert proposal.story is None
    assert proposal.author == "Dana"
    assert proposal.facts.said == "[…] here: it never came. Call me: […]"
    assert proposal.facts.remedies == ("Refunded, and a new cake",)
    assert proposal.facts.in_private
    assert (proposal.facts.rating_before, proposal.facts.rating_max) == (1, 5)


async def test_a_case_that_has_not_ended_has_no_story_yet(alice: Member):
    number = await make_case(alice)
    with pytest.raises(StoryTooEarly):
        await stories.propose(number, by=alice)
    with pytest.raises(StoryTooEarly):
        await stories.keep(Act(alice, MONDAY), number, WORDS)
    with pytest.raises(CaseUnknown):
        await stories.propose(999, by=alice)


async def test_what_is_kept_is_anonymous_whatever_was_typed(alice: Member):
    number = await resolved(alice)
    await stories.keep(Act(alice, LATER), number, WORDS)
    story = await story_of(number)
    assert story.texts.title == "A cake for […]"
    assert story.name == ""
    assert (await stories.listed()) == [story]
    found = await stored(number)
    assert "dana" not in found
    assert "4711" not in found
    assert (await entries(number))[-1] == "story"


async def test_every_account_of_the_person_is_hidden(alice: Member):
    one = await resolved(alice, author={"name": "Dana", "handle": "@dana"})
    other = await resolved(alice, author={"name": "Baker Street 12", "handle": "@sweet_tooth"})
    ids: list[UUID] = [(await case_row(number))["author"] for number in (one, other)]
    await author_pairs.join(Act(alice, MONDAY), ids[0], ids[1])
    await stories.keep(
        Act(alice, LATER), one, Texts(title="Sweet_Tooth", said="Dana", did="Baker", ended="12")
    )
    assert (await story_of(one)).texts == Texts(title="[…]", said="[…]", did="[…]", ended="[…]")


async def test_with_an_agreement_the_story_names_the_person_and_without_it_no_more(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    await stories.keep(act, number, WORDS)
    await agreed(act, number)
    story = await story_of(number)
    assert (story.name, story.agreed_on, story.agreed_how) == ("Dana S.", LATER.date(), "By mail")
    await stories.keep(act, number, WORDS, version=story.version)
    named = (await story_of(number)).texts
    assert named.title == "A cake for Dana"
    assert "4711" not in named.did
    assert (await story_of(number)).title == "A cake for […]", "the anonymous words are kept beside it"

    await stories.withdraw(act, number)
    story = await story_of(number)
    assert (story.name, story.agreed_on, story.agreed_how) == ("", None, "")
    assert story.texts.title == "A cake for […]"
    assert "dana" not in await stored(number)
    await stories.withdraw(act, number)
    assert (await entries(number))[-4:] == ["story"] * 4, "withdrawn twice is withdrawn once"


async def test_a_name_that_the_person_chose_is_hidden_too_once_they_withdraw(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    await stories.keep(act, number, WORDS)
    await agreed(act, number, name="Mrs Quillfeather")
    story = await story_of(number)
    quill = Texts(title="Quillfeather", said="a", did="b", ended="c")
    await stories.keep(act, number, quill, version=story.version)
    await stories.withdraw(act, number)
    assert "quill" not in await stored(number)


async def test_another_name_leaves_nothing_of_the_one_before(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    await stories.keep(act, number, WORDS)
    await agreed(act, number, name="Mrs Quillfeather")
    quill = Texts(title="Quillfeather", said="a", did="b", ended="c")
    await stories.keep(act, number, quill, version=2)
    await agreed(act, number, name="D.")
    assert (await story_of(number)).name == "D."
    assert "quill" not in await stored(number)


async def test_an_agreement_says_as_whom_when_and_how(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    await stories.keep(act, number, WORDS)
    with pytest.raises(AgreementIncomplete) as refused:
        await agreed(act, number, name=" ", on=LATER.date() + DAY, how="")
    assert set(refused.value.fields) == {"name", "on", "how"}
    assert (await story_of(number)).name == ""


async def test_each_part_is_needed_and_none_is_too_long(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    with pytest.raises(StoryIncomplete) as refused:
        await stories.keep(act, number, Texts(title="A", said="", did=" ", ended="D"))
    assert set(refused.value.fields) == {"said", "did"}
    with pytest.raises(TextIsTooLong):
        await stories.keep(act, number, Texts(title="A" * 121, said="B", did="C", ended="D"))


async def test_a_change_says_which_version_it_saw(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    await stories.keep(act, number, WORDS)
    with pytest.raises(StoryChanged):
        await stories.keep(act, number, WORDS)
    await stories.keep(act, number, WORDS, version=1)
    with pytest.raises(StoryChanged):
        await stories.agree(act, number, Agreement(name="D", on=TODAY, how="Mail"), version=1)


async def test_a_story_that_was_taken_away_is_gone_and_its_case_is_not(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    with pytest.raises(StoryUnknown):
        await stories.take_away(act, number)
    await stories.keep(act, number, WORDS)
    await stories.take_away(act, number)
    assert await stories.listed() == []
    assert (await stories.propose(number, by=alice)).story is None


async def test_a_story_goes_with_its_case(alice: Member):
    number = await resolved(alice)
    await stories.keep(Act(alice, LATER), number, WORDS)
    await removals.remove(Act(alice, LATER), number, reason="Erased")
    assert await stories.listed() == []
    assert await run("SELECT id FROM case_story") == []


async def test_a_kept_story_stays_when_its_case_goes_on(alice: Member):
    number, act = await resolved(alice), Act(alice, LATER)
    await stories.keep(act, number, WORDS)
    await tables.Case.update({tables.Case.stage: "working"}).where(tables.Case.number == number)
    await stories.keep(act, number, WORDS, version=1)
    assert (await story_of(number)).version == 2


async def test_what_they_wrote_by_a_private_link_is_known_too(alice: Member):
    number = await make_case(alice)
    at = await lead_to(number, "working", by=alice)
    code = await customer_links.make(Act(alice, at), number, Purpose.HAND_OFF)
    given = HandOff(
        name="Zoë Marchetti",
        contact="@zoe on Signal",
        fields={await make_order_number(): "QK-7 B"},
        wish="x",
        consent=True,
    )
    await customers.hand_off(code, given, now=at)
    await move(number, "deliver_remedy", by=alice, now=at, remedy="A cake for Zoe Marchetti, order QK-7 B")
    proposal = await stories.propose(number, by=alice)
    assert proposal.facts.remedies == ("A cake for […], order […]",)
    words = Texts(title="7 cakes", said="Marchetti, zoe on Signal", did="QK-7-B", ended="B")
    await stories.keep(Act(alice, LATER), number, words)
    kept = (await story_of(number)).texts
    assert (kept.title, kept.said, kept.did, kept.ended) == ("7 cakes", "[…]", "[…]", "B")
