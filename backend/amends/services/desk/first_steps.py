"""First steps of a member: a paired browser, a first case, a destination for reminders."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.database import run

STEPS = """
SELECT
    EXISTS (
        SELECT 1 FROM browser WHERE member = :member AND revoked_at IS NULL AND expires_at > :now@
    ) AS paired,
    EXISTS (SELECT 1 FROM case_file WHERE number > 0) AS captured,
    EXISTS (SELECT 1 FROM target WHERE member = :member OR member IS NULL) AS reached
"""
ANYBODY = """
SELECT EXISTS (
    SELECT 1 FROM target LEFT JOIN member ON member.id = target.member WHERE member.disabled_at IS NULL
) AS anybody
"""


class FirstSteps(msgspec.Struct, frozen=True):
    """Which of the three steps have been taken; the first case is the team's, whoever captured it."""

    paired: bool
    captured: bool
    reached: bool

    @property
    def are_done(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.paired and self.captured and self.reached


async def of(member: UUID, *, now: datetime) -> FirstSteps:
    """The steps of one member; reached by a destination of their own or of the team's."""
    [row] = await run(STEPS, quick=True, member=member, now=now)
    return FirstSteps(bool(row["paired"]), bool(row["captured"]), bool(row["reached"]))


async def anybody_is_reached() -> bool:
    """Whether there is any destination at all: the team's, or that of a member who is still here."""
    [row] = await run(ANYBODY, quick=True)
    return bool(row["anybody"])
