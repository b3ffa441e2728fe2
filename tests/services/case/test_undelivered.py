"""A message that did not arrive is the next step of its case until someone has dealt with it."""

from datetime import timedelta
from pathlib import Path

import pytest

from amends import tables
from amends.gateways.mail_sender import Handed
from amends.rules.vocabulary import Channel
from amends.rules.workflow.next_step import Action
from amends.services.case import access, next_steps
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, outgoing_mails
from tests.outgoing_mails import Desk, write
from tests.world import MONDAY, case_row, lead_to, make_case, move

HOUR = timedelta(hours=1)


@pytest.fixture
async def number(database: str, tmp_path: Path, bob: Member) -> int:
    """A case whose private message the mail server refused."""
    desk = Desk(tmp_path)
    await desk.set_up()
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    desk.server.answers = [Handed(outcome="refused", code=550, said="no such user")]
    await write(bob, number, move="contact_in_private")
    await desk.turn()
    return number


async def steps(number: int, by: Member) -> set[str]:
    """The next step, as the page of the case and as lists say it."""
    act = Act(by, MONDAY + HOUR)
    [row] = (await cases.page(CaseFilters(), now=act.now, limit=9)).rows
    listed = (await next_steps.viewer(act, [row.facts])).step(row.facts, now=act.now)
    return {(await cases.detail(act, number)).step.do, listed.do}


async def is_undelivered(number: int) -> bool:
    case = await tables.Case.objects().get(tables.Case.number == number)
    assert case is not None
    return (await access.facts_of(case)).undelivered


async def test_reaching_them_another_way_comes_next_on_its_page_and_in_lists(bob: Member, number: int):
    assert await steps(number, bob) == {Action.REACH_THEM}


async def test_a_note_that_it_was_dealt_with_brings_back_what_the_stage_asks(bob: Member, number: int):
    await outgoing_mails.note(Act(bob, MONDAY + HOUR), number)
    assert await steps(number, bob) == {"receive_reply"}


async def test_so_does_a_call_that_is_written_down_and_a_public_reply_does_not(bob: Member, number: int):
    for channel, still in ((Channel.PUBLIC_REPLY, True), (Channel.PHONE, False)):
        await case_commands.record_touchpoint(
            Act(bob, MONDAY + HOUR), number, channel=channel, direction="out", text="We are sorry."
        )
        assert await is_undelivered(number) is still


async def test_so_does_a_move_with_which_we_write_again(bob: Member, number: int):
    at = (await case_row(number))["due_at"]
    await move(number, "ping", by=bob, now=at, text="Did it arrive?", channel=Channel.PHONE)
    assert not await is_undelivered(number)
