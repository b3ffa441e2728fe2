"""What members do with cases besides moving them, and what lists and the case's page show."""

import random
import string
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.case.platforms import LONGEST_NAME
from amends.rules.vocabulary import Channel, Severity, Stage
from amends.services.case import timeline
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters, CaseIsClosed, CaseUnknown
from amends.services.team.members import Act, Member, NoSuchMember
from amends.services.workflow import case_commands, severities
from amends.services.workflow.case_commands import MessageWaits, NothingSaid, SnoozedOften, WakeDatePassed
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, move, owed


async def numbers(filters: CaseFilters, **paging: object) -> list[int]:
    return [row.number for row in (await cases.page(filters, now=MONDAY + 30 * DAY, **paging)).rows]


async def test_assigning_hands_over_everything_that_is_owed(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    await case_commands.assign(Act(bob, MONDAY), number, owner=alice.id)
    assert {row["owner"] for row in (await owed(number)).values()} == {alice.id}
    assert (await entries(number))[-1] == "assigned"


async def test_giving_a_case_to_its_owner_again_changes_nothing(bob: Member):
    number = await make_case(bob)
    for _ in range(2):
        await case_commands.assign(Act(bob, MONDAY), number, owner=bob.id)
    assert await entries(number) == ["captured", "assigned"]


async def test_a_case_goes_back_to_the_pool(bob: Member):
    number = await make_case(bob)
    await case_commands.assign(Act(bob, MONDAY), number, owner=bob.id)
    await case_commands.assign(Act(bob, MONDAY), number, owner=None)
    assert (await case_row(number))["owner"] is None


async def test_nobody_unknown_becomes_an_owner(bob: Member):
    number = await make_case(bob)
    with pytest.raises(NoSuchMember):
        await case_commands.assign(Act(bob, MONDAY), number, owner=uuid4())


async def test_a_note_is_an_entry_and_an_empty_one_is_refused(bob: Member):
    number = await make_case(bob)
    await case_commands.note(Act(bob, MONDAY), number, text="  Called the carrier ")
    shown = await cases.detail(Act(bob, MONDAY), number)
    assert shown.timeline[-1].particulars == {"text": "Called the carrier"}
    with pytest.raises(NothingSaid):
        await case_commands.note(Act(bob, MONDAY), number, text=" \n")


async def test_a_snooze_hides_until_its_date_and_wakes_by_itself(bob: Member):
    number = await make_case(bob)
    until = MONDAY + 3 * DAY
    await case_commands.snooze(Act(bob, MONDAY), number, until=until, wake_on_reply=False)
    assert (await case_row(number))["snoozed_until"] == until
    assert await case_commands.wake_due(now=until - HOUR) == 0
    assert await case_commands.wake_due(now=until) == 1
    assert (await case_row(number))["snoozed_until"] is None
    triage = (await owed(number))["triage"]
    assert (triage["next_at"], triage["climbs_from"], triage["rung"]) == (until, until, 0)
    assert (await entries(number))[-2:] == ["snoozed", "woken"]


@pytest.mark.parametrize(("wakes", "left"), [(True, None), (False, MONDAY + 3 * DAY)])
async def test_a_snoozed_case_wakes_when_the_person_writes_if_it_was_asked_to(
    bob: Member, wakes: bool, left: object
):
    number = await make_case(bob)
    await case_commands.snooze(Act(bob, MONDAY), number, until=MONDAY + 3 * DAY, wake_on_reply=wakes)
    await case_commands.record_touchpoint(
        Act(bob, MONDAY + HOUR), number, channel=Channel.EMAIL, direction="in", text="Hello?"
    )
    assert (await case_row(number))["snoozed_until"] == left


async def test_a_snooze_into_the_past_is_refused(bob: Member):
    number = await make_case(bob)
    with pytest.raises(WakeDatePassed):
        await case_commands.snooze(Act(bob, MONDAY), number, until=MONDAY, wake_on_reply=True)


async def test_a_closed_case_says_that_it_is_closed(bob: Member):
    number = await make_case(bob)
    await move(number, "not_ours", by=bob, reason="Spam")
    with pytest.raises(CaseIsClosed, match="Reopen"):
        await case_commands.assign(Act(bob, MONDAY), number, owner=bob.id)
    with pytest.raises(CaseIsClosed):
        await case_commands.snooze(Act(bob, MONDAY), number, until=MONDAY + DAY, wake_on_reply=True)


async def test_a_public_reply_that_is_recorded_counts(bob: Member):
    number = await make_case(bob)
    await case_commands.record_touchpoint(
        Act(bob, MONDAY),
        number,
        channel=Channel.PUBLIC_REPLY,
        direction="out",
        text="Sorry",
        url="javascript:x",
    )
    assert (await case_row(number))["public_replies"] == 1
    shown = (await cases.detail(Act(bob, MONDAY), number)).timeline[-1]
    assert (shown.channel, shown.particulars) == (Channel.PUBLIC_REPLY, {"direction": "out", "text": "Sorry"})


async def test_there_is_no_other_case(bob: Member):
    with pytest.raises(CaseUnknown):
        await cases.detail(Act(bob, MONDAY), 7)


async def test_cases_are_listed_newest_first_and_paged_by_key(bob: Member):
    for _ in range(7):
        await make_case(bob)
    first = await cases.page(CaseFilters(), now=MONDAY, limit=3)
    assert ([row.number for row in first.rows], first.next_before) == ([7, 6, 5], 5)
    last = await cases.page(CaseFilters(), now=MONDAY, before=2, limit=3)
    assert ([row.number for row in last.rows], last.next_before) == ([1], None)


async def test_filters_narrow_together(alice: Member, bob: Member):
    plain, mine, closed, review = [await make_case(bob) for _ in range(3)] + [
        await make_case(bob, platform="trustpilot", id="r1", url="https://trustpilot.com/reviews/r1")
    ]
    await case_commands.assign(Act(bob, MONDAY), mine, owner=bob.id)
    await severities.weigh(Act(bob, MONDAY), mine, severity=Severity.S1)
    await move(closed, "not_ours", by=alice, reason="Spam")
    assert await numbers(CaseFilters()) == [review, mine, plain]
    assert await numbers(CaseFilters(stage="all")) == [review, closed, mine, plain]
    assert await numbers(CaseFilters(stage=Stage.CLOSED)) == [closed]
    assert await numbers(CaseFilters(owner=bob.id)) == [mine]
    assert await numbers(CaseFilters(owner="nobody")) == [review, plain]
    assert await numbers(CaseFilters(severity=Severity.S1, owner=bob.id)) == [mine]
    assert await numbers(CaseFilters(platform="trustpilot")) == [review]
    assert await numbers(CaseFilters(words=f"#{mine}")) == [mine]
    assert await numbers(CaseFilters(words="CAKE never")) == [review, mine, plain]
    assert await numbers(CaseFilters(words="100%_")) == []


def any_platforms(count: int) -> list[str]:
    """Names of platforms that nobody knows, the same ones each time, the longest and strangest among them."""
    chance = random.Random(count)
    signs = string.ascii_lowercase + string.digits
    drawn = {
        chance.choice(signs) + "".join(chance.choices(signs + "._-", k=chance.randrange(LONGEST_NAME)))
        for _ in range(count)
    }
    return ["mynewsite", "9gag", "forum.example", "a" * LONGEST_NAME, *sorted(drawn)]


async def test_captures_of_unknown_platforms_are_kept_listed_and_found_under_their_own_names(bob: Member):
    url = "https://posts.example/p/1"
    made = {name: await make_case(bob, platform=name, id="1", url=url) for name in any_platforms(20)}
    assert len(set(made.values())) == len(made), "one number on two platforms is two posts"
    assert sorted(await cases.platforms()) == sorted(made)
    for name, number in made.items():
        assert await numbers(CaseFilters(platform=name)) == [number]
        detail = await cases.detail(Act(bob, MONDAY), number)
        assert (detail.row.platform, detail.captures[0].platform) == (name, name)
        [author] = await tables.Author.select(tables.Author.key).where(tables.Author.platform == name)
        assert author["key"] == f"{name}:@dana"
        assert await make_case(bob, platform=name, id="1", url=url) == number, (
            "the same post is the same case"
        )
    assert await numbers(CaseFilters(platform="web")) == []


async def test_there_are_no_platforms_before_the_first_case(bob: Member):
    assert await cases.platforms() == ()


async def test_late_cases_come_the_latest_first_and_are_paged_too(bob: Member):
    for hours in (3, 1, 2):
        await make_case(bob, now=MONDAY + hours * HOUR)
    assert await numbers(CaseFilters(late=True)) == [2, 3, 1]
    assert await numbers(CaseFilters(late=True), before=2) == [3, 1]


async def test_the_page_of_a_case_shows_what_happened_and_only_legal_moves(alice: Member, bob: Member):
    number = await make_case(bob, note="Seen in the morning")
    await lead_to(number, "acknowledge", by=bob)
    shown = await cases.detail(Act(bob, MONDAY), number)
    assert shown.row.author_handle == "@dana"
    assert shown.captures[0].metrics == {"likes": 12}
    assert shown.captures[0].note == "Seen in the morning"
    assert [entry.kind for entry in shown.timeline] == ["captured", "moved"]
    assert shown.moves[0].name == "post_acknowledgement"
    assert shown.undo is not None
    assert (await cases.detail(Act(alice, MONDAY), number)).undo is None
    assert await tables.Undo.count() == 1


async def test_who_snoozes_a_case_on_which_a_message_waits_says_that_they_saw_it(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "waiting", by=bob)
    until = {"until": MONDAY + DAY, "wake_on_reply": True}
    await case_commands.snooze(Act(bob, MONDAY), number, **until)
    await move(number, "receive_reply", by=bob, channel="email", text="It is still stale")
    with pytest.raises(MessageWaits):
        await case_commands.snooze(Act(bob, MONDAY), number, **until)
    await case_commands.snooze(Act(bob, MONDAY), number, **until, beside_message=True)
    assert (await case_row(number))["snoozed_until"] == MONDAY + DAY


async def test_the_third_snooze_since_the_last_move_asks_why(bob: Member):
    number = await make_case(bob)
    again = {"until": MONDAY + DAY, "wake_on_reply": True}
    await case_commands.snooze(Act(bob, MONDAY), number, **again)
    await case_commands.snooze(Act(bob, MONDAY), number, **again)
    with pytest.raises(SnoozedOften) as refused:
        await case_commands.snooze(Act(bob, MONDAY), number, **again, reason="  ")
    assert list(refused.value.fields) == ["reason"]
    await case_commands.snooze(Act(bob, MONDAY), number, **again, reason="The baker is away until Tuesday")
    last = (await timeline.of_case((await case_row(number))["id"]))[-1]
    assert last.particulars["reason"] == "The baker is away until Tuesday"
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    await case_commands.snooze(Act(bob, MONDAY), number, **again)
