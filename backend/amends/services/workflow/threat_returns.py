"""Return of a case that was no threat to the stage in which it was flagged."""

from typing import Any

from amends import tables
from amends.i18n import gettext as _
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Stage
from amends.rules.workflow import threats as rules
from amends.rules.workflow.guards import NOT_FROM_HERE
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import BY_NAME
from amends.services.case import timeline
from amends.services.case.access import facts_of
from amends.services.case.threats import ThreatShown
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act
from amends.services.workflow import moves

MOVE = "return_as_before"
"""How the timeline calls it; it is no move of the table, whose targets are fixed."""


async def go_on(act: Act, case: tables.Case, threat: ThreatShown, *, back: str, reason: str) -> None:
    """Step: an escalated case goes on, by a move or as it was. Raises MoveUnknown, MoveRefused."""
    if back in rules.BACK:
        words = MoveInput(reason=reason)
        await moves.step(act, case, BY_NAME[back], await facts_of(case), words)
    elif back == rules.AS_BEFORE:
        await _put_back(act, case, threat)
    else:
        raise moves.MoveUnknown(_("Unknown action “%(name)s”.") % {"name": back[:40]})


async def _put_back(act: Act, case: tables.Case, threat: ThreatShown) -> None:
    """Step: stage, duties and their dates are those of the moment of the flag."""
    if not rules.stayed(threat.stage_before, moved_at=case.moved_at, flagged_at=threat.flagged_at):
        raise moves.MoveRefused(_(NOT_FROM_HERE))
    if threat.stage_before is Stage.ESCALATED:
        return
    review = (FollowUpKind.ESCALATION_REVIEW,)
    await follow_ups.settle(case.id, review, state=FollowUpState.DROPPED, now=act.now)
    await _owe_again(act, case, threat)
    row = tables.Case
    await row.update({row.stage: threat.stage_before, row.moved_at: act.now}).where(row.id == case.id)
    case.stage = threat.stage_before
    await follow_ups.refresh(case.id)
    await timeline.record(
        case.id,
        EntryKind.MOVED,
        by=act.by,
        now=act.now,
        move=MOVE,
        before=Stage.ESCALATED,
        after=threat.stage_before,
    )


async def _owe_again(act: Act, case: tables.Case, threat: ThreatShown) -> None:
    """Step: what the flag dropped; what is late by now climbs its ladder from now on."""
    owed = tables.FollowUp
    dropped = (owed.state == FollowUpState.DROPPED) & (owed.settled_at == threat.flagged_at)
    for row in await owed.select().where((owed.case == case.id) & dropped):
        if rules.comes_back(FollowUpKind(row["kind"])):
            late = row["due_at"] <= act.now
            waits = row["paused_at"] is not None
            again: dict[str, Any] = {
                "state": FollowUpState.DUE,
                "settled_at": None,
                "owner": case.owner,
                "generation": row["generation"] + 1,
                "rung": 0,
                "climbs_from": act.now if late else None,
                "next_at": None if waits else max(row["due_at"], act.now),
            }
            await follow_ups.change(row["id"], again)
