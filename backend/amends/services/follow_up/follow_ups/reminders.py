"""Commands on reminders, once or recurring."""

from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import run, transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.follow_up import kinds
from amends.rules.follow_up.kinds import FinishedBy
from amends.rules.follow_up.reminders import following
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Repeats
from amends.services.case import timeline
from amends.services.case.access import must_be_open, take
from amends.services.follow_up.follow_ups.commands import (
    WORDS_LIMIT,
    FollowUpUnknown,
    must_be_ahead,
    take_owed,
)
from amends.services.follow_up.follow_ups.steps import change, chosen, insert
from amends.services.team import members
from amends.services.team.members import Act, Member


class ReminderWithoutWords(Invalid):
    "Enter what you want to be reminded of."


class ReminderForNobody(Invalid):
    """Choose whom to remind."""


async def remind(
    act: Act, number: int, *, words: str, due_at: datetime, owner: UUID, repeats: Repeats | None = None
) -> UUID:
    """Reminds a member of something on a case. It is no duty of the case's stage, and ends with the case.

    Raises CaseUnknown, CaseIsClosed, ReminderWithoutWords, ReminderForNobody, DateNotAhead.
    """
    said = typed_text(words, limit=WORDS_LIMIT, field="words")
    if not said:
        raise ReminderWithoutWords(fields={"words": _("Enter what you want to be reminded of.")})
    must_be_ahead(due_at, now=act.now)
    if all(one.id != owner or one.disabled for one in await members.everyone()):
        raise ReminderForNobody(fields={"owner": _("Choose whom to remind.")})
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        kind, date = FollowUpKind.REMINDER, chosen(due_at)
        made = await insert(
            case, kind, date, start=act.now, now=act.now, words=said, owner=owner, repeats=repeats
        )
        await _record(act, case.id, EntryKind.FOLLOW_UP_RESCHEDULED, said, due_at=due_at)
    return made


STEP_DONE = """
UPDATE checklist_step SET state = 'done', settled_by = :member, settled_at = :now
WHERE follow_up = :follow_up AND state = 'open' AND kind = 'do'
"""
"""A reminder of a step to do is that step: done, the step is ticked. A question waits for its answer."""


async def tick(act: Act, follow_up_id: UUID) -> int:
    """What the reminder was about is done; one that repeats comes again. The case's number.

    Raises FollowUpUnknown, FollowUpSettled.
    """
    async with transaction():
        case, owed = await _take_reminder(follow_up_id, by=act.by)
        await change(
            follow_up_id,
            await _again(owed, act.now) if owed["repeats"] else _ended(FollowUpState.DONE, act.now),
        )
        await _looked(case.id, owed)
        await run(STEP_DONE, follow_up=follow_up_id, member=act.by.id, now=act.now)
        await _record(act, case.id, EntryKind.FOLLOW_UP_COMPLETED, owed["words"], about=owed["kind"])
    return case.number


async def forget(act: Act, follow_up_id: UUID) -> int:
    """Nobody wants this reminder any more. The case's number. Raises FollowUpUnknown, FollowUpSettled."""
    async with transaction():
        case, owed = await _take_reminder(follow_up_id, by=act.by)
        await change(follow_up_id, _ended(FollowUpState.DROPPED, act.now))
        await _looked(case.id, owed)
        about = {"about": owed["kind"], "result": "removed"}
        await _record(act, case.id, EntryKind.FOLLOW_UP_COMPLETED, owed["words"], **about)
    return case.number


async def _looked(case_id: UUID, owed: dict[str, Any]) -> None:
    """Step: a closed case says that its post is back for as long as somebody owes it a look."""
    if owed["kind"] == FollowUpKind.CAME_BACK:
        await tables.Case.update({tables.Case.came_back_at: None}).where(tables.Case.id == case_id)


async def _take_reminder(follow_up_id: UUID, *, by: Member) -> tuple[tables.Case, dict[str, Any]]:
    case, owed = await take_owed(follow_up_id, by=by)
    if kinds.of(owed["kind"]).finished_by is not FinishedBy.TICK:
        raise FollowUpUnknown
    return case, owed


def _ended(state: FollowUpState, now: datetime) -> dict[str, object]:
    return {"state": state, "settled_at": now, "next_at": None}


async def _again(owed: dict[str, Any], now: datetime) -> dict[str, object]:
    """The next date on the clock of whom it is for, counted from the one that was chosen."""
    zone = (await members.find(owed["owner"])).zone if owed["owner"] else "UTC"
    first = datetime.fromisoformat(owed["steps"][0]["at"])
    at = following(first, Repeats(owed["repeats"]), zone=zone, now=max(now, owed["due_at"]))
    fresh = {"generation": owed["generation"] + 1, "rung": 0, "climbs_from": None, "starts_at": now}
    return fresh | {"due_at": at, "next_at": at, "occurrence": owed["occurrence"] + 1}


async def _record(
    act: Act,
    case_id: UUID,
    kind: EntryKind,
    words: str,
    *,
    about: str = FollowUpKind.REMINDER,
    due_at: datetime | None = None,
    result: str = "",
) -> None:
    await timeline.record(
        case_id,
        kind,
        by=act.by,
        now=act.now,
        follow_up=about,
        words=words,
        due_at=due_at.isoformat() if due_at else "",
        result=result,
    )
