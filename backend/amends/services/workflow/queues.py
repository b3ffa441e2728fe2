"""Sizes of the work queues: new cases to triage, drafts and remedies to approve, mails to sort."""

import msgspec

from amends.database import counted, run
from amends.services.capture import mails
from amends.services.follow_up import active
from amends.services.reply import approvals
from amends.services.team.members import Act

NEW = f"case_file AS c WHERE c.stage = 'new' AND {active.awake()}"
"""The cases that triage shows: those that are new and awake."""
HAS_MAIL = "EXISTS (SELECT 1 FROM mailbox) OR EXISTS (SELECT 1 FROM mail)"
"""A mailbox is fetched, or mails came by the command."""
WAITING = f"""
SELECT {counted(NEW)} AS triage, {approvals.COUNT} AS approvals,
    {counted(mails.WAITS)} AS mails, {HAS_MAIL} AS has_mail
"""


class Waiting(msgspec.Struct, frozen=True):
    """How many new cases are awake and mails wait, up to the limit, and what this member is to approve."""

    triage: int
    approvals: int
    mails: int
    has_mail: bool


async def waiting(act: Act) -> Waiting:
    """All numbers in one statement: every page shows them."""
    [row] = await run(WAITING, quick=True, now=act.now, **approvals.who_asks(act.by))
    return Waiting(int(row["triage"]), int(row["approvals"]), int(row["mails"]), bool(row["has_mail"]))
