"""Threats: who lifts the hold, who withdraws, and where a case goes on (P68, P71)."""

from datetime import timedelta
from uuid import UUID

from amends.rules.vocabulary import Role, Stage

LINK_GOOD_FOR = timedelta(days=7)
LARGEST_BY_LINK = 100 * 2**20
"""Bytes of a dossier that a link gives; a larger one is handed over as a file."""

BACK = {
    "return_to_answer": (Stage.NEW, Stage.ACKNOWLEDGE),
    "return_to_work": (
        *(Stage.CONTACT, Stage.WORKING, Stage.WAITING, Stage.RESOLVED),
        *(Stage.SECOND_CHANCE, Stage.CHECKED_IN),  # a second chance that was promised is not watched away
    ),
    "return_to_watch": (Stage.WATCHED,),
}
"""The moves by which a case goes on that was no threat, each with the stages that it is proposed for."""


def back_from(before: Stage) -> str:
    """The move that is proposed for a case that was in this stage when it was flagged."""
    return next((move for move, stages in BACK.items() if before in stages), "return_to_work")


def may_lift(role: Role) -> bool:
    """Whether this role may let the replies of a threatened case go out again."""
    return role.reaches(Role.LEAD)


def may_withdraw(role: Role, *, member: UUID, flagged_by: UUID | None, lifted: bool) -> bool:
    """Whether a member may say that it was no threat: a lead, or who flagged it while nothing was decided."""
    return role.reaches(Role.LEAD) or (member == flagged_by and not lifted)
