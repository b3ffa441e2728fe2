"""Proposals of longer terms, and their dismissal."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from amends import tables
from amends.errors import NotFound
from amends.rules.nudge import proposals as rules
from amends.rules.nudge.figures import Told
from amends.rules.nudge.proposals import PERIODS, Proposal
from amends.rules.vocabulary import FollowUpKind
from amends.services.nudge import figures
from amends.services.team import members, policies
from amends.services.team.members import Act


class ProposalUnknown(NotFound):
    "There is no such proposal."


async def standing(*, now: datetime, told: Sequence[Told] | None = None) -> list[Proposal]:
    """The proposals of this instant; `told` where what came of the nudges is known already."""
    versions = await policies.versions(since=now - max(PERIODS))
    changes = {kind: rules.changed_at(kind, versions) for kind in FollowUpKind}
    return rules.propose(
        await figures.told(now=now) if told is None else told,
        await policies.current(),
        changed={kind: at for kind, at in changes.items() if at},
        dismissed=await _dismissed(),
        now=now,
    )


async def dismiss(act: Act, kind: str) -> None:
    """No more time is proposed for this kind of follow-up for 90 days.

    Raises OnlyAdminsMay, ProposalUnknown.
    """
    members.only_admins(act.by)
    if kind not in tuple(FollowUpKind):
        raise ProposalUnknown
    dismissal = tables.Dismissal
    row = dismissal(kind=FollowUpKind(kind), dismissed_by=act.by.id, dismissed_at=act.now)
    await dismissal.insert(row).on_conflict(
        target=dismissal.kind,
        action="DO UPDATE",
        values=[dismissal.dismissed_by, dismissal.dismissed_at],
    )


async def _dismissed() -> Mapping[FollowUpKind, datetime]:
    dismissal = tables.Dismissal
    rows = await dismissal.select(dismissal.kind, dismissal.dismissed_at)
    return {FollowUpKind(row["kind"]): row["dismissed_at"] for row in rows}
