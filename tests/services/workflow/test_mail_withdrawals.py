"""A message that is stopped and one that is claimed at the same instant: one of both happens."""

import asyncio
from pathlib import Path

from amends.services.team.members import Act, Member
from amends.services.workflow import outgoing_mails
from amends.services.workflow.mail_withdrawals import MailIsUnderway
from tests.outgoing_mails import Desk, state, write
from tests.world import MONDAY, lead_to, make_case


async def test_a_message_is_stopped_or_sent_and_never_both(database: str, tmp_path: Path, bob: Member):
    desk = Desk(tmp_path)
    await desk.set_up()
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    sent = await write(bob, number)

    async def stop() -> bool:
        try:
            await outgoing_mails.stop(Act(bob, MONDAY), number, sent)
        except MailIsUnderway:
            return False
        return True

    is_stopped, _tried = await asyncio.gather(stop(), desk.turn())
    assert (await state(sent))["state"] == ("withdrawn" if is_stopped else "sent")
    assert len(desk.server.mails) == (0 if is_stopped else 1)
