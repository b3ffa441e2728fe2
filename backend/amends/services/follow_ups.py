"""What do we owe next on a case, and by when? Made, settled, moved and handed over here alone."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules import follow_ups as rules
from amends.rules.calendars import Calendar
from amends.rules.texts import clean
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Platform, Severity
from amends.services import teams, timeline
from amends.services.access import must_be_open, take
from amends.services.members import Member

GRACE = timedelta(minutes=30)
"""How long whoever was just handed a case is left in peace (nudge policy, 7)."""
WORDS_LIMIT = 2_000
DUE = FollowUpState.DUE


class FollowUpUnknown(NotFound):
    """There is no such follow-up."""


class FollowUpSettled(Conflict):
    """This follow-up is no longer due."""


class DateNotAhead(Invalid):
    """Choose a date in the future."""


class PromiseWithoutWords(Invalid):
    """Write what was promised."""


async def make(
    case: tables.Case,
    kind: FollowUpKind,
    *,
    start: datetime,
    now: datetime,
    occurrence: int = 1,
    due_at: datetime | None = None,
) -> UUID | None:
    """Step: from now on we owe this; the date comes from the rules, or is the one that a member chose.

    None when the case's severity asks for no such follow-up.
    """
    calendar = await teams.calendar()
    due = _chosen(due_at, now) if due_at else _due(case, kind, calendar, start, occurrence)
    if due is None:
        return None
    if occurrence > 1 and due.at <= now:  # the step before it came late: count from now instead
        due = _due(case, kind, calendar, now, 1) or due
    return await _insert(case, kind, due, start=start, now=now, occurrence=occurrence)


def _due(
    case: tables.Case, kind: FollowUpKind, calendar: Calendar, start: datetime, occurrence: int
) -> rules.Due | None:
    return rules.due(
        kind,
        severity=Severity(case.severity) if case.severity else None,
        platform=Platform(case.platform),
        calendar=calendar,
        start=start,
        occurrence=occurrence,
    )


def _chosen(due_at: datetime, now: datetime) -> rules.Due:
    steps = ({"step": "chosen", "at": due_at.isoformat()},)
    return rules.Due(at=due_at, allotted_seconds=0, counted="wall", steps=steps)


async def _insert(
    case: tables.Case,
    kind: FollowUpKind,
    due: rules.Due,
    *,
    start: datetime,
    now: datetime,
    occurrence: int = 1,
    words: str = "",
) -> UUID:
    row = tables.FollowUp(
        id=uuid4(),
        case=case.id,
        kind=kind,
        words=words,
        owner=case.owner,
        occurrence=occurrence,
        starts_at=start,
        due_at=due.at,
        next_at=due.at,
        allotted=due.allotted_seconds,
        counted=due.counted,
        steps=list(due.steps),
        created_at=now,
    )
    await tables.FollowUp.insert(row)
    return row.id


async def settle(
    case_id: UUID, kinds: Collection[FollowUpKind], *, state: FollowUpState, now: datetime
) -> None:
    """Step: what was owed has been done, or is owed no more."""
    if kinds:
        owed = tables.FollowUp
        await owed.update({owed.state: state, owed.settled_at: now, owed.next_at: None}).where(
            (owed.case == case_id) & (owed.state == DUE) & owed.kind.is_in(list(kinds))
        )


async def pause(case_id: UUID, kind: FollowUpKind, *, now: datetime) -> None:
    """Step: the working time of this follow-up stands still until it is resumed."""
    calendar = await teams.calendar()
    for row in await _live(case_id, kind):
        left = rules.remaining(row["due_at"], now, calendar)
        await _change(row["id"], {"paused_at": now, "remaining": left, "next_at": None})


async def resume(case_id: UUID, kind: FollowUpKind, *, now: datetime) -> None:
    """Step: the working time that was left begins to run again; older nudges are no longer true."""
    calendar = await teams.calendar()
    for row in await _live(case_id, kind):
        if row["paused_at"] is not None:
            due = rules.resume(row["remaining"], now, calendar)
            moved = {"due_at": due.at, "next_at": due.at, "steps": list(due.steps)}
            fresh = {"generation": row["generation"] + 1, "rung": 0, "paused_at": None, "remaining": None}
            await _change(row["id"], moved | fresh)


async def hand_over(case_id: UUID, *, owner: UUID | None, now: datetime) -> None:
    """Step: what is owed on a case has another owner, who is left in peace for a moment."""
    owed = tables.FollowUp
    for row in await _live(case_id):
        if row["paused_at"] is None:
            at = max(row["due_at"], now + GRACE)
            await _change(
                row["id"], {"owner": owner, "generation": row["generation"] + 1, "rung": 0, "next_at": at}
            )
    await owed.update({owed.owner: owner}).where((owed.case == case_id) & (owed.state == DUE))


async def look_again(case_id: UUID, *, at: datetime) -> None:
    """Step: the ladder of whatever is still owed is looked at again, because a snooze began or ended."""
    owed = tables.FollowUp
    live = (owed.case == case_id) & (owed.state == DUE) & owed.next_at.is_not_null()
    await owed.update({owed.next_at: at}).where(live & (owed.due_at < at))
    await owed.update({owed.next_at: owed.due_at}).where(live & (owed.due_at >= at))


async def refresh(case_id: UUID) -> None:
    """Step: the case repeats the earliest thing that is owed on it, for the lists. Ends every command."""
    owed = tables.FollowUp
    rows = (
        await owed.select(owed.due_at, owed.kind)
        .where((owed.case == case_id) & (owed.state == DUE) & owed.paused_at.is_null())
        .order_by(owed.due_at)
        .limit(1)
    )
    first = rows[0] if rows else {"due_at": None, "kind": None}
    await tables.Case.update(
        {tables.Case.due_at: first["due_at"], tables.Case.due_kind: first["kind"]}
    ).where(tables.Case.id == case_id)


async def _live(case_id: UUID, kind: FollowUpKind | None = None) -> list[dict[str, Any]]:
    owed = tables.FollowUp
    query = owed.select().where((owed.case == case_id) & (owed.state == DUE))
    return await (query.where(owed.kind == kind) if kind else query)


async def _change(follow_up_id: UUID, values: dict[str, object]) -> None:
    owed = tables.FollowUp
    await owed.update({getattr(owed, name): value for name, value in values.items()}).where(
        owed.id == follow_up_id
    )


async def promise(number: int, *, words: str, due_at: datetime, by: Member, now: datetime) -> UUID:
    """Writes down what a member told the person we would do, and by when (P31).

    Raises CaseUnknown, CaseIsClosed, PromiseWithoutWords, DateNotAhead.
    """
    said = clean(words, limit=WORDS_LIMIT).text.strip()
    if not said:
        raise PromiseWithoutWords(fields={"words": _("Write what was promised.")})
    if due_at <= now:
        raise DateNotAhead(fields={"due_at": _("Choose a date in the future.")})
    async with transaction():
        case = await take(number, by=by)
        must_be_open(case)
        made = await _insert(case, FollowUpKind.PROMISE, _chosen(due_at, now), start=now, now=now, words=said)
        await refresh(case.id)
        await timeline.record(
            case.id, EntryKind.PROMISED, by=by, now=now, words=said, due_at=due_at.isoformat()
        )
    return made


async def keep(follow_up_id: UUID, *, by: Member, now: datetime) -> int:
    """A promise was kept; the case's number. Raises FollowUpUnknown, FollowUpSettled."""
    return await _settle_promise(follow_up_id, kept=True, by=by, now=now)


async def break_promise(follow_up_id: UUID, *, by: Member, now: datetime) -> int:
    """A promise cannot be kept any more; the case's number. Raises FollowUpUnknown, FollowUpSettled."""
    return await _settle_promise(follow_up_id, kept=False, by=by, now=now)


async def _settle_promise(follow_up_id: UUID, *, kept: bool, by: Member, now: datetime) -> int:
    async with transaction():
        case, owed = await _take(follow_up_id, by=by)
        if owed["kind"] != FollowUpKind.PROMISE:
            raise FollowUpUnknown
        state = FollowUpState.DONE if kept else FollowUpState.DROPPED
        await _change(follow_up_id, {"state": state, "settled_at": now, "next_at": None})
        await refresh(case.id)
        await timeline.record(
            case.id,
            EntryKind.PROMISE_SETTLED,
            by=by,
            now=now,
            words=owed["words"],
            result=("late" if now > owed["due_at"] else "kept") if kept else "broken",
        )
    return case.number


async def reschedule(follow_up_id: UUID, *, due_at: datetime, reason: str, by: Member, now: datetime) -> int:
    """Another date for what we owe, with a reason; the case's number.

    Raises FollowUpUnknown, FollowUpSettled, DateNotAhead.
    """
    if due_at <= now:
        raise DateNotAhead(fields={"due_at": _("Choose a date in the future.")})
    async with transaction():
        case, owed = await _take(follow_up_id, by=by)
        chosen = _chosen(due_at, now)
        moved = {"due_at": due_at, "next_at": due_at, "steps": list(chosen.steps)}
        fresh = {"generation": owed["generation"] + 1, "rung": 0, "paused_at": None, "remaining": None}
        await _change(follow_up_id, moved | fresh)
        await refresh(case.id)
        await timeline.record(
            case.id,
            EntryKind.FOLLOW_UP_RESCHEDULED,
            by=by,
            now=now,
            follow_up=owed["kind"],
            before=owed["due_at"].isoformat(),
            due_at=due_at.isoformat(),
            reason=clean(reason, limit=WORDS_LIMIT).text.strip(),
        )
    return case.number


async def _take(follow_up_id: UUID, *, by: Member) -> tuple[tables.Case, dict[str, Any]]:
    """Step: a follow-up that is still due, and its case, taken."""
    owed = tables.FollowUp
    numbers = await owed.select(owed.case.number.as_alias("number")).where(owed.id == follow_up_id)
    if not numbers:
        raise FollowUpUnknown
    case = await take(numbers[0]["number"], by=by)
    rows = await owed.select().where((owed.id == follow_up_id) & (owed.state == DUE))
    if not rows:
        raise FollowUpSettled(_("This follow-up is no longer due. Look at the case again."))
    return case, rows[0]
