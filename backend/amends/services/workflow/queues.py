"""Sizes of the work queues: new cases to triage, and drafts and remedies to approve."""

import msgspec

from amends.database import counted, run
from amends.services.follow_up import active
from amends.services.reply import approvals
from amends.services.team.members import Act

NEW = f"case_file AS c WHERE c.stage = 'new' AND {active.awake()}"
"""The cases that triage shows: those that are new and awake."""
WAITING = f"SELECT {counted(NEW)} AS triage, {approvals.COUNT} AS approvals"


class Waiting(msgspec.Struct, frozen=True):
    """How many new cases are awake, up to the limit, and what this member is to approve."""

    triage: int
    approvals: int


async def waiting(act: Act) -> Waiting:
    """Both numbers in one statement: every page shows them."""
    [row] = await run(WAITING, quick=True, now=act.now, **approvals.who_asks(act.by))
    return Waiting(int(row["triage"]), int(row["approvals"]))
