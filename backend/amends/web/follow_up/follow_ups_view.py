"""Follow-ups on the page of a case, with the arithmetic of their dates."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.follow_up import kinds
from amends.rules.follow_up.kinds import FinishedBy
from amends.rules.vocabulary import FollowUpState, Stage
from amends.services.desk.cases import CaseDetail, FollowUpShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.controls import Field
from amends.web.dates import Moment, late_words
from amends.web.follow_up.follow_up_forms import promise_fields, reminder_fields
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.team.labels import steps as step_words


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One follow-up, every string ready."""

    id: UUID
    generation: int
    kind: str
    said: str
    due: Moment
    day_href: str
    due_words: str
    late: bool
    paused: bool
    owner: str
    steps: tuple[str, ...]
    repeats: str


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What we owe on one case: promises, and the rest, soonest first; and the form for another promise."""

    duties: tuple[Duty, ...]
    promises: tuple[Duty, ...]
    closed: bool
    promising: bool
    fields: tuple[Field, ...]


def owed(detail: CaseDetail, typed: Typed, *, now: datetime) -> Owed:
    """What is neither done nor dropped."""
    return Owed(
        duties=_finished_by(FinishedBy.MOVE, detail, now),
        promises=_finished_by(FinishedBy.KEEP, detail, now),
        closed=detail.row.stage is Stage.CLOSED,
        promising=typed.form == "promise",
        fields=promise_fields(typed),
    )


class Reminders(msgspec.Struct, frozen=True, kw_only=True):
    """What members want to be reminded of or are asked for on one case, and the form for another reminder."""

    reminders: tuple[Duty, ...]
    closed: bool
    reminding: bool
    fields: tuple[Field, ...]


def reminders(
    detail: CaseDetail, typed: Typed, *, reader: Member, members: tuple[Member, ...], now: datetime
) -> Reminders | None:
    """What is neither done nor removed, as one member sees it; None on a closed case without any."""
    live, closed = _finished_by(FinishedBy.TICK, detail, now), detail.row.stage is Stage.CLOSED
    if closed and not live:
        return None
    return Reminders(
        reminders=live,
        closed=closed,
        reminding=typed.form == "reminder",
        fields=reminder_fields(typed, reader=reader, members=members),
    )


def _finished_by(action: FinishedBy, detail: CaseDetail, now: datetime) -> tuple[Duty, ...]:
    live = (one for one in detail.follow_ups if one.state is FollowUpState.DUE)
    return tuple(duty(one, now=now) for one in live if kinds.of(one.kind).finished_by is action)


def duty(owed: FollowUpShown, *, now: datetime) -> Duty:
    """One follow-up as the page shows it."""
    return Duty(
        id=owed.id,
        generation=owed.generation,
        kind=label(owed.kind),
        said=owed.words,
        due=dates.moment(owed.due_at, now=now),
        day_href=f"/agenda?view=day&day={dates.local_day(owed.due_at)}",
        due_words=_due_words(owed, now=now),
        late=owed.late,
        paused=owed.paused,
        owner=owed.owner.name if owed.owner else "",
        steps=tuple(step_words.told(owed.steps)),
        repeats=label(owed.repeats) if owed.repeats else "",
    )


def _due_words(owed: FollowUpShown, *, now: datetime) -> str:
    if owed.paused:
        return _("paused while we wait for them")
    minute = now.replace(second=0, microsecond=0)  # as the card of the case above it counts
    return late_words(owed.due_at, now=minute) if owed.late else dates.relative(owed.due_at, now=minute)
