"""Dead letters: nudges that could not be delivered, and their retry."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from piccolo.querystring import QueryString

from amends import tables
from amends.database import queue, run, transaction
from amends.errors import Conflict, Forbidden, NotFound
from amends.gateways.notifier import Outcome, Result
from amends.gateways.notifier.policy import in_words
from amends.i18n import gettext as _
from amends.rules.nudge.nudges import is_browser
from amends.rules.vocabulary import FollowUpKind, NudgeState, Role
from amends.services.team.members import Act


class NudgeUnknown(NotFound):
    "Reminder not found."


class NudgeIsAlive(Conflict):
    "This reminder did not fail, so there is nothing to retry."


class NudgeNotYours(Forbidden):
    "Only its recipient or a lead may retry this reminder."


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A nudge that no try could deliver, of a follow-up that still needs somebody; `why` is a sentence."""

    id: UUID
    case_number: int
    kind: FollowUpKind
    target: UUID
    target_name: str
    target_masked: str
    member: UUID | None
    attempts: int
    why: str
    given_up_at: datetime

    @property
    def is_to_browser(self) -> bool:
        """Whether it was to go to a browser, whose address nobody writes."""
        return is_browser(self.target_masked)


STILL_TRUE = """(
    SELECT f.state = 'due' AND f.generation = nudge.generation FROM follow_up AS f
    WHERE f.id = nudge.follow_up
)"""
"""Looked up for each: joined, SQLite would begin with all that is due."""


async def dead(limit: int = 50) -> list[DeadLetter]:
    """The nudges that were given up and are still true, the last one first."""
    nudge = tables.Nudge
    owed: Any = nudge.follow_up
    rows = (
        await nudge.select(
            nudge.id,
            owed.case.number.as_alias("case_number"),
            owed.kind.as_alias("kind"),
            nudge.target,
            nudge.target.name.as_alias("target_name"),
            nudge.target.masked.as_alias("target_masked"),
            nudge.member,
            nudge.attempts,
            nudge.failure,
            nudge.settled_at,
        )
        .where(QueryString("nudge.state = 'dead'"))  # written out, so that the partial index is recognised
        .where(QueryString(STILL_TRUE))
        .order_by(nudge.settled_at, ascending=False)
        .limit(limit)
    )
    return [
        DeadLetter(
            id=row["id"],
            case_number=row["case_number"],
            kind=FollowUpKind(row["kind"]),
            target=row["target"],
            target_name=row["target_name"],
            target_masked=row["target_masked"],
            member=row["member"],
            attempts=row["attempts"],
            why=why(row["failure"]),
            given_up_at=row["settled_at"],
        )
        for row in rows
    ]


COUNT = f"SELECT COUNT(*) AS letters FROM nudge WHERE nudge.state = 'dead' AND {STILL_TRUE}"  # noqa: S608


async def count_dead() -> int:
    """How many nudges were given up and are still true."""
    return int((await run(COUNT))[0]["letters"])


async def retry(act: Act, nudge_id: UUID) -> None:
    """Tries a dead nudge again from the beginning. Raises NudgeUnknown, NudgeIsAlive, NudgeNotYours."""
    nudge = tables.Nudge
    async with transaction():
        rows = await nudge.select(nudge.state, nudge.member).where(nudge.id == nudge_id)
        if not rows:
            raise NudgeUnknown
        if rows[0]["member"] != act.by.id and not act.by.role.reaches(Role.LEAD):
            raise NudgeNotYours(_("Only its recipient or a lead may retry this reminder. Ask a lead."))
        fresh: dict[Any, Any] = {
            nudge.state: NudgeState.READY,
            nudge.attempts: 0,
            nudge.run_at: act.now,
            nudge.settled_at: None,
        }
        revived = (
            await nudge.update(fresh)
            .where((nudge.id == nudge_id) & (nudge.state == NudgeState.DEAD))
            .returning(nudge.id)
        )
        if not revived:
            raise NudgeIsAlive
        await queue.announce([nudge_id])


def why(failure: str) -> str:
    """What a person reads of a failure that was kept as `outcome: detail`."""
    outcome, _colon, detail = failure.partition(": ")
    if outcome not in Outcome.__members__:
        return _("Sending stopped before it was known whether the message had arrived.")
    return in_words(Result(Outcome(outcome), detail))
