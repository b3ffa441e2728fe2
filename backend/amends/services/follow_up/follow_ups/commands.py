"""Commands on follow-ups: promise, keep, break, reschedule."""

from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.follow_up import kinds
from amends.rules.follow_up.kinds import FinishedBy
from amends.rules.follow_up.second_chances import is_too_soon
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState
from amends.services.case import timeline
from amends.services.case.access import must_be_open, take
from amends.services.follow_up.follow_ups.steps import DUE, change, chosen, insert, redate, refresh
from amends.services.team.members import Act, Member

WORDS_LIMIT = 2_000


class FollowUpUnknown(NotFound):
    "Follow-up not found."


class FollowUpSettled(Conflict):
    """This follow-up is no longer due."""


class FollowUpMoved(Conflict):
    "Someone else has changed the date of this follow-up in the meantime."


class PromiseKeepsItsDate(Conflict):
    "The date of a promise cannot be changed."


class DateNotAhead(Invalid):
    """Choose a date in the future."""


class PromiseWithoutWords(Invalid):
    "Enter what was promised."


def must_be_ahead(chosen_at: datetime | None, *, now: datetime, field: str = "due_at") -> None:
    """Raises DateNotAhead at its field, for a date that is chosen now; without one nothing is asked."""
    if chosen_at is not None and chosen_at <= now:
        raise DateNotAhead(fields={field: _("Choose a date in the future.")})


async def promise(act: Act, number: int, *, words: str, due_at: datetime) -> UUID:
    """Writes down what a member told the person we would do, and by when (P31).

    Raises CaseUnknown, CaseIsClosed, PromiseWithoutWords, DateNotAhead.
    """
    said = typed_text(words, limit=WORDS_LIMIT, field="words")
    if not said:
        raise PromiseWithoutWords(fields={"words": _("Enter what was promised.")})
    must_be_ahead(due_at, now=act.now)
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        made = await insert(
            case, FollowUpKind.PROMISE, chosen(due_at), start=act.now, now=act.now, words=said
        )
        await refresh(case.id)
        await timeline.record(
            case.id, EntryKind.PROMISED, by=act.by, now=act.now, words=said, due_at=due_at.isoformat()
        )
    return made


async def keep(act: Act, follow_up_id: UUID) -> int:
    """A promise was kept; the case's number. Raises FollowUpUnknown, FollowUpSettled."""
    return await _settle_promise(act, follow_up_id, kept=True)


async def break_promise(act: Act, follow_up_id: UUID) -> int:
    """A promise cannot be kept any more; the case's number. Raises FollowUpUnknown, FollowUpSettled."""
    return await _settle_promise(act, follow_up_id, kept=False)


async def _settle_promise(act: Act, follow_up_id: UUID, *, kept: bool) -> int:
    async with transaction():
        case, owed = await take_owed(follow_up_id, by=act.by)
        if kinds.of(owed["kind"]).finished_by is not FinishedBy.KEEP:
            raise FollowUpUnknown
        state = FollowUpState.DONE if kept else FollowUpState.DROPPED
        await change(follow_up_id, {"state": state, "settled_at": act.now, "next_at": None})
        await refresh(case.id)
        await timeline.record(
            case.id,
            EntryKind.PROMISE_SETTLED,
            by=act.by,
            now=act.now,
            words=owed["words"],
            result=("late" if act.now > owed["due_at"] else "kept") if kept else "broken",
        )
    return case.number


async def reschedule(
    act: Act, follow_up_id: UUID, *, due_at: datetime, reason: str, generation: int | None = None
) -> int:
    """Another date for what we owe, with a reason; the case's number.

    `generation` is the one that the member saw. Raises FollowUpUnknown, FollowUpSettled, FollowUpMoved,
    PromiseKeepsItsDate, DateNotAhead.
    """
    async with transaction():
        case, owed = await take_owed(follow_up_id, by=act.by)
        _may_move(owed, generation)
        if owed["kind"] == FollowUpKind.SECOND_CHANCE and is_too_soon(owed["starts_at"], due_at):
            raise DateNotAhead(fields={"due_at": _("Choose a date at least seven days after the fix.")})
        must_be_ahead(due_at, now=act.now)
        await redate(owed, chosen(due_at), now=act.now)
        await refresh(case.id)
        await timeline.record(
            case.id,
            EntryKind.FOLLOW_UP_RESCHEDULED,
            by=act.by,
            now=act.now,
            follow_up=owed["kind"],
            before=owed["due_at"].isoformat(),
            due_at=due_at.isoformat(),
            reason=typed_text(reason, limit=WORDS_LIMIT, field="reason"),
        )
    return case.number


def _may_move(owed: dict[str, Any], seen: int | None) -> None:
    if not kinds.of(owed["kind"]).movable:
        raise promise_keeps_its_date()
    if seen is not None and owed["generation"] != seen:
        raise FollowUpMoved(
            _("Someone else has changed this date in the meantime. See the current one, then choose.")
        )


def promise_keeps_its_date() -> PromiseKeepsItsDate:
    """The error for whoever wants to move a promise, with the sentence that says what to do."""
    return PromiseKeepsItsDate(
        _(
            "The date of a promise cannot be changed. Mark it as kept or broken on its case, then add a "
            "new one."
        )
    )


async def take_owed(
    follow_up_id: UUID, *, by: Member, number: int | None = None
) -> tuple[tables.Case, dict[str, Any]]:
    """Step: a follow-up that is still due, and its case, taken.

    Raises FollowUpSettled, and FollowUpUnknown, also when it is not of the case with this `number`.
    """
    owed = tables.FollowUp
    numbers = await owed.select(owed.case.number.as_alias("number")).where(owed.id == follow_up_id)
    if not numbers or number not in (None, numbers[0]["number"]):
        raise FollowUpUnknown
    case = await take(numbers[0]["number"], by=by)
    rows = await owed.select().where((owed.id == follow_up_id) & (owed.state == DUE))
    if not rows:
        raise FollowUpSettled(_("This follow-up is no longer due. Look at the case again."))
    return case, rows[0]
