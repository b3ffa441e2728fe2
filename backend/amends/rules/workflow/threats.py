"""Threats: who lifts the hold, who withdraws, and where a case goes on (P68, P71)."""

from datetime import datetime, timedelta
from uuid import UUID

from amends.rules.follow_up.kinds import KINDS
from amends.rules.vocabulary import FollowUpKind, Role, Stage

LINK_GOOD_FOR = timedelta(days=7)
LARGEST_BY_LINK = 100 * 2**20
"""Bytes of a dossier that a link gives; a larger one is handed over as a file."""

AS_BEFORE = "as_before"
"""The way back to the stage in which the case was flagged, with what it owed there and its dates."""
BACK = ("return_to_answer", "return_to_work", "return_to_watch")
"""The moves by which a case that was no threat may go on instead."""


def stayed(before: Stage, *, moved_at: datetime, flagged_at: datetime) -> bool:
    """Whether a case has not moved since it was flagged: then it can be put back as it was."""
    return before is Stage.ESCALATED or moved_at == flagged_at


def ways_back(*, has_stayed: bool) -> tuple[str, ...]:
    """How an escalated case may go on that was no threat, the proposed way first."""
    return (AS_BEFORE, *BACK) if has_stayed else BACK


def comes_back(kind: FollowUpKind) -> bool:
    """Whether what the flag ended is owed again. Drafts went with it: nobody reads or rewrites one."""
    return not KINDS[kind].own_owner


def may_lift(role: Role) -> bool:
    """Whether this role may let the replies of a threatened case go out again."""
    return role.reaches(Role.LEAD)


def may_withdraw(role: Role, *, member: UUID, flagged_by: UUID | None, lifted: bool) -> bool:
    """Whether a member may say that it was no threat: a lead, or who flagged it while nothing was decided."""
    return role.reaches(Role.LEAD) or (member == flagged_by and not lifted)
