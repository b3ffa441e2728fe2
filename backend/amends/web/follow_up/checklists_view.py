"""Checklists and fitting playbooks on the page of a case, ready to show."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.follow_up.playbooks import settled
from amends.rules.operation import own_texts
from amends.rules.vocabulary import Nature, PlaybookSubject, Severity, Stage, StepKind
from amends.services.desk.cases import CaseDetail
from amends.services.follow_up.checklists import ChecklistShown, StepShown
from amends.services.follow_up.playbooks import PlaybookRow
from amends.web import dates
from amends.web.dates import Moment
from amends.web.follow_up.follow_ups_view import Duty, duty, steps_owed
from amends.web.labels import label
from amends.web.page_kit import Typed


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step; `typed` is what was typed into its form, `wrong` why that was refused.

    `duty` is what is owed for it while it is open, where it has a date.
    """

    id: UUID
    state: str
    asks: bool
    words: str
    variable: str
    answer: str
    reason: str
    by: str
    at: Moment | None
    duty: Duty | None
    contact: str
    reach: str
    phone: str
    email: str
    hours: str
    skipping: bool
    answering: bool
    typed: str
    wrong: str


class ChecklistCard(msgspec.Struct, frozen=True, kw_only=True):
    """One checklist with how far it has come; `finished` when no step is open."""

    id: UUID
    name: str
    count: str
    settled: int
    steps: tuple[StepLine, ...]
    finished: bool


class PlaybookOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A playbook that fits the case and was not started on it, with the reason."""

    id: UUID
    name: str
    why: str
    steps: int


class Checklists(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the conversation: checklists, what fits, and what was answered."""

    cards: tuple[ChecklistCard, ...]
    offers: tuple[PlaybookOffer, ...]
    closed: bool


def checklists(detail: CaseDetail, typed: Typed, *, now: datetime) -> Checklists:
    """The checklists of a case and the playbooks that fit it."""
    started = {one.playbook for one in detail.checklists}
    closed = detail.row.stage is Stage.CLOSED
    snoozed_until = detail.row.snoozed_until
    owed = {
        follow_up: duty(one, snoozed_until=snoozed_until, now=now)
        for follow_up, one in steps_owed(detail).items()
    }
    names = {str(one.id): one.name for one in detail.themes}
    wider = {str(one.parent): one.name for one in detail.themes if one.parent}
    fresh = [row for row, _fit in detail.playbooks if row.id not in started]
    return Checklists(
        cards=tuple(_card(one, owed, typed, now) for one in detail.checklists),
        offers=() if closed else tuple(_offer(one, wider | names) for one in fresh),
        closed=closed,
    )


def _offer(row: PlaybookRow, themes: Mapping[str, str]) -> PlaybookOffer:
    return PlaybookOffer(id=row.id, name=row.name, why=_why(row, themes), steps=row.steps)


def _why(row: PlaybookRow, themes: Mapping[str, str]) -> str:
    """What of the case it fits, as the chips of the case say it."""
    if row.subject is PlaybookSubject.THEME:
        return themes.get(row.about, "")
    return label(Nature(row.about) if row.subject is PlaybookSubject.NATURE else Severity(row.about))


def _card(
    one: ChecklistShown, owed: Mapping[UUID | None, Duty], typed: Typed, now: datetime
) -> ChecklistCard:
    done = settled(step.state for step in one.steps)
    return ChecklistCard(
        id=one.id,
        name=own_texts.words(one.name),
        count=_("%(done)s of %(all)s") % {"done": done, "all": len(one.steps)},
        settled=done,
        steps=tuple(_line(step, owed.get(step.follow_up), typed, now) for step in one.steps),
        finished=done == len(one.steps),
    )


def _line(step: StepShown, dated: Duty | None, typed: Typed, now: datetime) -> StepLine:
    skipping, answering = (typed.form == f"{deed}-{step.id}" for deed in ("skip", "answer"))
    field = "reason" if skipping else "answer"
    return StepLine(
        id=step.id,
        state=step.state.value,
        asks=step.kind is StepKind.ASK,
        words=own_texts.words(step.words),
        variable=step.variable,
        answer=step.answer,
        reason=step.reason,
        by=step.settled_by.name if step.settled_by else "",
        at=dates.moment(step.settled_at, now=now) if step.settled_at else None,
        duty=dated,
        contact=own_texts.words(step.contact),
        reach=step.reach,
        phone=step.phone,
        email=step.email,
        hours=step.hours,
        skipping=skipping,
        answering=answering,
        typed=typed.values.get(field, "") if skipping or answering else "",
        wrong=(typed.errors.get(field) or typed.problem) if skipping or answering else "",
    )
