"""Sizes of the work queues: new cases to triage, and drafts and remedies to approve."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import msgspec

from amends.database import run
from amends.services.follow_up import active
from amends.services.reply import approvals
from amends.services.team.members import Act

NEW = f"SELECT COUNT(*) FROM case_file AS c WHERE c.stage = 'new' AND {active.awake()}"
WAITING = f"SELECT ({NEW}) AS triage, {approvals.COUNT} AS approvals"


class Waiting(msgspec.Struct, frozen=True):
    """How many new cases are awake, and how many drafts and remedies this member is to approve."""

    triage: int
    approvals: int


async def waiting(act: Act) -> Waiting:
    """Both numbers in one statement: every page shows them."""
    [row] = await run(WAITING, quick=True, now=act.now, **approvals.who_asks(act.by))
    return Waiting(int(row["triage"]), int(row["approvals"]))
