"""First steps of a member: a paired browser, a first case, a destination for reminders."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.vocabulary.audit import AuditKind

PROVEN = "target.succeeded_at IS NOT NULL AND target.gone_at IS NULL"
"""Something was delivered there, be it a test, and it has not ended: who is told there can be reminded."""
STEPS = f"""
SELECT
    EXISTS (
        SELECT 1 FROM browser
        WHERE member = :member AND NOT is_program AND revoked_at IS NULL AND expires_at > :now@
    ) AS paired,
    EXISTS (SELECT 1 FROM case_file WHERE number > 0) AS captured,
    EXISTS (SELECT 1 FROM target WHERE (member = :member OR member IS NULL) AND {PROVEN}) AS reached,
    EXISTS (SELECT 1 FROM target WHERE (member = :member OR member IS NULL) AND gone_at IS NULL) AS added,
    EXISTS (SELECT 1 FROM audit_event WHERE kind = '{AuditKind.RECOVERY_KIT_OPENED}') AS kit
"""  # noqa: S608
OF_SOMEBODY = "FROM target LEFT JOIN member ON member.id = target.member WHERE member.disabled_at IS NULL"
ANYBODY = f"""
SELECT EXISTS (SELECT 1 {OF_SOMEBODY} AND {PROVEN}) AS reached,
    EXISTS (SELECT 1 {OF_SOMEBODY} AND target.gone_at IS NULL) AS added
"""


class Reach(StrEnum):
    """How far it is known that reminders arrive: delivered once, added and nothing delivered yet, nowhere."""

    PROVEN = "proven"
    UNPROVEN = "unproven"
    NOWHERE = "nowhere"


class FirstSteps(msgspec.Struct, frozen=True):
    """Which steps have been taken; the first case and the recovery kit are the team's, whoever did them.

    The kit is offered to admins beside the three and holds none of them open: the log forgets who opened it.
    """

    paired: bool
    captured: bool
    reach: Reach
    kit: bool = False

    @property
    def reached(self) -> bool:
        """Whether a destination of theirs, or of the team, has had something delivered, be it a test."""
        return self.reach is Reach.PROVEN

    @property
    def are_done(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.paired and self.captured and self.reached


async def of(member: UUID, *, now: datetime) -> FirstSteps:
    """The steps of one member; reached at a destination of their own or of the team's."""
    [row] = await run(STEPS, member=member, now=now)
    return FirstSteps(bool(row["paired"]), bool(row["captured"]), _reach(row), bool(row["kit"]))


async def reach() -> Reach:
    """Whether anybody is known to be reached: by the team's destination, or that of a member still here."""
    [row] = await run(ANYBODY)
    return _reach(row)


def _reach(row: Mapping[str, Any]) -> Reach:
    if row["reached"]:
        return Reach.PROVEN
    return Reach.UNPROVEN if row["added"] else Reach.NOWHERE
