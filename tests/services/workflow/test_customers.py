"""Does what a customer writes by a link land on the right case, once, and start what it has to start?"""

import asyncio
from datetime import datetime, timedelta

import pytest

from amends import tables
from amends.rules.person.customer_links import GOOD_FOR, MOST_ANSWERS, CheckInAnswer, Purpose
from amends.services.desk import cases
from amends.services.person import customer_links
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, customers
from amends.services.workflow.customers import CheckIn, HandOff, LinkGone, NothingGiven
from tests.world import DAY, HOUR, case_row, entries, lead_to, make_case, move, owed

GIVEN = HandOff(name="Dana", contact="dana@example.org", wish="A new cake", consent=True)
HAND_OFF, CHECK_IN = Purpose.HAND_OFF, Purpose.CHECK_IN


async def linked(by: Member, stage: str, purpose: Purpose = HAND_OFF) -> tuple[int, str, datetime]:
    number = await make_case(by)
    now = await lead_to(number, stage, by=by)
    return number, await customer_links.make(Act(by, now), number, purpose), now


async def test_the_page_of_a_link_tells_who_asks_and_nothing_of_the_case(bob: Member):
    _number, code, now = await linked(bob, "contact")
    said = await customers.open_link(code, now=now)
    assert (said.purpose, said.team) == (HAND_OFF, "Bakers")
    shown = ("purpose", "language", "team", "place", "privacy_contact", "kept", "fields")
    assert said.__struct_fields__ == shown


@pytest.mark.parametrize(("stage", "ended"), [("contact", "contact"), ("waiting", "wait_ping")])
async def test_who_writes_while_we_wait_moves_the_case_to_work(bob: Member, stage: str, ended: str):
    number, code, now = await linked(bob, stage)
    await customers.hand_off(code, GIVEN, now=now + HOUR)
    row, due = await case_row(number), await owed(number)
    assert (row["stage"], row["contact_request"]) == ("working", "given")
    assert row["came_back_at"] == now + HOUR
    assert ended not in due
    assert {"next_step", "resolve_by"} <= set(due)
    last = (await cases.detail(Act(bob, now + HOUR), number)).timeline[-1]
    assert last.by is None
    assert last.particulars["contact"] == "dana@example.org"
    assert last.particulars["text"] == "A new cake"


async def test_elsewhere_it_is_something_that_they_said_and_the_case_stays(bob: Member):
    number, code, now = await linked(bob, "working")
    await customers.hand_off(code, GIVEN, now=now + HOUR)
    row = await case_row(number)
    assert (row["stage"], row["contact_request"]) == ("working", "given")
    assert row["came_back_at"] == now + HOUR
    assert (await entries(number))[-1] == "touchpoint"


async def test_a_case_that_sleeps_until_they_write_wakes(bob: Member):
    number, code, now = await linked(bob, "working")
    asleep = {"until": now + 9 * DAY, "wake_on_reply": True, "beside_message": True}
    await case_commands.snooze(Act(bob, now), number, **asleep)
    await customers.hand_off(code, GIVEN, now=now + HOUR)
    assert (await case_row(number))["snoozed_until"] is None


async def test_what_is_missing_is_named_and_the_link_stays_good(bob: Member):
    _number, code, now = await linked(bob, "contact")
    with pytest.raises(NothingGiven) as refused:
        await customers.hand_off(code, HandOff(wish="  "), now=now)
    assert set(refused.value.fields) == {"contact", "wish", "consent"}
    await customers.hand_off(code, GIVEN, now=now)


@pytest.mark.parametrize("end", ["closed", "expired", "withdrawn", "renewed", "unknown"])
async def test_a_link_that_is_over_is_gone_and_says_the_same_whatever_ended_it(bob: Member, end: str):
    number, code, now = await linked(bob, "working")
    match end:
        case "closed":
            await move(number, "concede", by=bob, now=now, reason="They are right")
        case "expired":
            now += GOOD_FOR + timedelta(seconds=1)
        case "withdrawn":
            await customer_links.withdraw(Act(bob, now), number, HAND_OFF)
        case "renewed":
            await customer_links.make(Act(bob, now), number, HAND_OFF)
        case "unknown":
            code = "2" * 8
    with pytest.raises(LinkGone) as asked:
        await customers.open_link(code, now=now)
    with pytest.raises(LinkGone) as answered:
        await customers.hand_off(code, GIVEN, now=now)
    assert "has expired" in asked.value.detail
    assert asked.value.detail == answered.value.detail


async def test_a_link_in_public_cannot_fill_the_case(bob: Member):
    number, code, now = await linked(bob, "contact")
    tries = [customers.hand_off(code, GIVEN, now=now) for _each in range(MOST_ANSWERS + 3)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(result is None for result in results) == MOST_ANSWERS
    assert {type(result) for result in results if result is not None} == {LinkGone}
    [link] = await customer_links.of_case(number, now=now)
    assert (link.answers, link.is_live) == (MOST_ANSWERS, False)


async def test_a_check_in_is_answered_once_and_is_due_to_be_looked_at(bob: Member):
    number, code, now = await linked(bob, "checked_in", CHECK_IN)
    later = now + DAY
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.WELL, words="Lovely"), now=later)
    row, due = await case_row(number), await owed(number)
    assert due["check_in_answer"]["due_at"] == later
    assert (row["came_back_at"], row["stage"]) == (later, "checked_in")
    assert row["due_at"] == due["public_ending"]["due_at"], "what is owed first, the ending, dates the case"
    with pytest.raises(LinkGone):
        await customers.check_in(code, CheckIn(answer=CheckInAnswer.BADLY), now=later)


async def test_who_wants_no_more_of_it_is_not_written_to_again(bob: Member):
    number, code, now = await linked(bob, "checked_in", CHECK_IN)
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.PARTLY, stop=True), now=now)
    assert (await cases.detail(Act(bob, now), number)).facts.opted_out


async def test_a_link_answers_its_own_question_alone(bob: Member):
    _number, code, now = await linked(bob, "contact")
    with pytest.raises(LinkGone):
        await customers.check_in(code, CheckIn(answer=CheckInAnswer.WELL), now=now)
    assert (await tables.CustomerLink.select())[0]["answers"] == 0
