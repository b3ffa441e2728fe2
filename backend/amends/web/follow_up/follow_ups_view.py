"""Follow-ups on the page of a case, with the arithmetic of their dates."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.follow_up import kinds
from amends.rules.follow_up.kinds import FinishedBy
from amends.rules.operation import own_texts
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Stage, StepState
from amends.services.desk.cases import CaseDetail, FollowUpShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.controls import Field
from amends.web.dates import Moment, late_words
from amends.web.follow_up.follow_up_forms import promise_fields, reminder_fields
from amends.web.follow_up.remedies_view import Remedies, remedies
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.team.labels import steps as step_words


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One follow-up, every string ready; `movable` to another date, `ends` are the buttons that settle it.

    `is_ending` of the public ending, which is written in the composer or skipped for a reason.
    """

    id: UUID
    generation: int
    kind: str
    said: str
    due: Moment
    day_href: str
    due_words: str
    late: bool
    paused: bool
    asleep: bool
    owner: str
    steps: tuple[str, ...]
    repeats: str
    movable: bool
    ends: tuple[tuple[str, str], ...]
    is_ending: bool


ENDS = {
    FinishedBy.KEEP: (("keep", N_("Kept")), ("break", N_("Broken"))),
    FinishedBy.TICK: (("tick", N_("Done")), ("forget", N_("Remove"))),
}
"""How a follow-up is settled that no move of its case settles: the end of the address, and the button."""


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """All that we owe on one case: follow-ups of every kind by their dates, then what was offered.

    `in_card` is the one that the next step asks about. `adding` names the form for one more that is open.
    """

    duties: tuple[Duty, ...]
    in_card: str
    remedies: Remedies
    closed: bool
    adding: str
    promise: tuple[Field, ...]
    reminder: tuple[Field, ...]


FORMS = ("promise", "reminder", "remedy")


def owed(
    detail: CaseDetail,
    typed: Typed,
    *,
    reader: Member,
    members: tuple[Member, ...],
    in_card: Duty | None,
    now: datetime,
) -> Owed:
    """What is neither done nor dropped, and what was offered, as one member sees it.

    The dated steps of a checklist stand there.
    """
    of_steps = {one.id for one in steps_owed(detail).values()}
    return Owed(
        duties=tuple(
            duty(one, snoozed_until=detail.row.snoozed_until, now=now)
            for one in detail.follow_ups
            if one.state is FollowUpState.DUE and one.id not in of_steps and _is_listed(one, reader)
        ),
        in_card=str(in_card.id) if in_card else "",
        remedies=remedies(detail, typed, reader=reader, now=now),
        closed=detail.row.stage is Stage.CLOSED,
        adding=typed.form if typed.form in FORMS else "",
        promise=promise_fields(typed),
        reminder=reminder_fields(typed, reader=reader, members=members),
    )


def _is_listed(one: FollowUpShown, reader: Member) -> bool:
    """Questions have their own part; a remedy's line says that it waits, whichever leads were asked."""
    if one.kind is FollowUpKind.REMEDY_REQUEST:
        return one.owner is not None and one.owner.id == reader.id
    return one.kind is not FollowUpKind.QUESTION


def steps_owed(detail: CaseDetail) -> dict[UUID | None, FollowUpShown]:
    """What is due for the open steps of the checklists of a case, by its id."""
    steps = (step for one in detail.checklists for step in one.steps if step.state is StepState.OPEN)
    of_steps = {step.follow_up for step in steps}
    return {one.id: one for one in detail.follow_ups if one.state is FollowUpState.DUE and one.id in of_steps}


def first_promise(detail: CaseDetail) -> FollowUpShown | None:
    """The promise that is due first."""
    due = (one for one in detail.follow_ups if one.state is FollowUpState.DUE)
    return next((one for one in due if kinds.of(one.kind).finished_by is FinishedBy.KEEP), None)


def duty(owed: FollowUpShown, *, now: datetime, snoozed_until: datetime | None = None) -> Duty:
    """One follow-up as the page shows it; what sleeps with a snoozed case is neither due nor late."""
    kind = kinds.of(owed.kind)
    asleep = snoozed_until if snoozed_until and snoozed_until > now and kind.sleeps else None
    return Duty(
        id=owed.id,
        generation=owed.generation,
        kind=label(owed.kind),
        said=own_texts.words(owed.words),
        due=dates.moment(asleep or owed.due_at, now=now),
        day_href=f"/agenda?view=day&day={dates.local_day(owed.due_at)}",
        due_words=_snoozed_words(asleep, now=now) if asleep else _due_words(owed, now=now),
        late=owed.late and not asleep,
        paused=owed.paused,
        asleep=asleep is not None,
        owner=owed.owner.name if owed.owner else "",
        steps=tuple(step_words.told(owed.steps)),
        repeats=label(owed.repeats) if owed.repeats else "",
        movable=kind.movable,
        ends=tuple((verb, _(words)) for verb, words in ENDS.get(kind.finished_by, ())),
        is_ending=kind.finished_by is FinishedBy.REPLY,
    )


def _snoozed_words(until: datetime, *, now: datetime) -> str:
    return _("snoozed until %(date)s") % {"date": dates.moment(until, now=now).brief}


def _due_words(owed: FollowUpShown, *, now: datetime) -> str:
    if owed.paused:
        return _("paused while we wait for an answer")
    minute = now.replace(second=0, microsecond=0)  # as the card of the case above it counts
    return late_words(owed.due_at, now=minute) if owed.late else dates.relative(owed.due_at, now=minute)
