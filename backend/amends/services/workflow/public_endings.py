"""Public endings: owed once a private fix is confirmed, until written or skipped (P60, P76)."""

from datetime import datetime
from typing import Any

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.capture.rechecks import Change
from amends.rules.case.exchanges import had_private_contact
from amends.rules.case.texts import typed_text
from amends.rules.follow_up import explanations
from amends.rules.follow_up.follow_ups import Due
from amends.rules.team.calendars import add_working, working_day_seconds
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Stance
from amends.rules.workflow import public_endings as rules
from amends.rules.workflow.guards import CaseFacts
from amends.rules.workflow.moves import Move
from amends.rules.workflow.public_endings import Ending
from amends.services.case import timeline
from amends.services.case.access import take
from amends.services.follow_up import follow_ups
from amends.services.follow_up.follow_ups.steps import insert, live
from amends.services.team import calendars
from amends.services.team.members import Act

REASON_LIMIT = 500
OWED = (FollowUpKind.PUBLIC_ENDING,)


class EndingNotOwed(Conflict):
    """No public ending is owed on this case."""


class ReasonIsMissing(Invalid):
    """Say why no public ending is written."""


ADDRESS = """
SELECT post.url FROM post JOIN capture ON capture.post = post.id
WHERE post."case" = :case_id AND post.url <> '' ORDER BY capture.received_at LIMIT 1
"""


async def after(case: tables.Case, move: Move, facts: CaseFacts, *, now: datetime) -> None:
    """Step: what a move means for the ending of its case; `facts` are those before it."""
    if move.name == rules.CONFIRMS and rules.is_proposed(await _ending(case, facts)):
        await _owe(case, now=now)
    elif not move.keeps_stage and move.target not in rules.LASTS_IN and move.name != rules.PASSES_ON:
        await give_up(case, now=now)


async def give_up(case: tables.Case, *, now: datetime) -> None:
    """Step: it is owed no more, as the case goes another way."""
    await follow_ups.settle(case.id, OWED, state=FollowUpState.DROPPED, now=now)


async def pass_on(case: tables.Case, kept: tables.Case, *, now: datetime) -> None:
    """Step: the post goes to another case, and so does its ending where that case has ended as well.

    One ending answers both posts where both were owed one; none is owed on a case that is worked on again.
    """
    if kept.stage not in rules.LASTS_IN or await live(kept.id, FollowUpKind.PUBLIC_ENDING):
        await give_up(case, now=now)


async def _ending(case: tables.Case, facts: CaseFacts) -> Ending:
    told = await timeline.of_case(case.id)
    looks = [entry.particulars for entry in told if entry.kind is EntryKind.RECHECKED]
    rows = await run(ADDRESS, case_id=case.id)
    return Ending(
        facts=facts,
        stance=Stance(case.stance) if case.stance else None,
        address=rows[0]["url"] if rows else "",
        in_private=had_private_contact(told),
        is_gone=bool(looks) and Change.GONE in (looks[-1].get("changes") or ()),
    )


async def _owe(case: tables.Case, *, now: datetime) -> None:
    calendar = (await calendars.both()).team
    seconds = rules.WORKING_DAYS * working_day_seconds(calendar)
    at = add_working(calendar, now, seconds)
    steps = explanations.of_working_time(calendar, now, seconds, at)
    due = Due(at=at, allotted_seconds=seconds, counted="working", steps=steps)
    await insert(case, FollowUpKind.PUBLIC_ENDING, due, start=now, now=now)


async def written(case: tables.Case, *, now: datetime) -> None:
    """Step: a public reply of ours stands under the post: it is the ending, where one is owed."""
    if case.stage in rules.LASTS_IN:
        await follow_ups.settle(case.id, OWED, state=FollowUpState.DONE, now=now)


async def skip(act: Act, number: int, reason: str) -> None:
    """No ending is written, for a reason that stands on the timeline.

    Raises CaseUnknown, ReasonIsMissing, EndingNotOwed.
    """
    said = typed_text(reason, limit=REASON_LIMIT, field="reason")
    if not said:
        raise ReasonIsMissing(_("Say why no public ending is written."))
    async with transaction():
        case = await take(number, by=act.by)
        if not await live(case.id, FollowUpKind.PUBLIC_ENDING):
            raise EndingNotOwed(_("It was written or skipped in the meantime."))
        await follow_ups.settle(case.id, OWED, state=FollowUpState.DROPPED, now=act.now)
        told: dict[str, Any] = {"follow_up": FollowUpKind.PUBLIC_ENDING, "result": "skipped", "reason": said}
        await timeline.record(case.id, EntryKind.FOLLOW_UP_COMPLETED, by=act.by, now=act.now, **told)


def is_owed_in(facts: CaseFacts) -> bool:
    """Whether the editor is for the ending."""
    return facts.ending_until is not None and facts.stage in rules.LASTS_IN
