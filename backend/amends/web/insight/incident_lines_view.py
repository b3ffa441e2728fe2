"""Lines of an incident, ready to show: facts, tasks, platforms, cases, timeline."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.case import platforms
from amends.rules.desk import incidents as rules
from amends.rules.vocabulary import ActionTarget, PlaceState, TaskState
from amends.services.desk.incidents import CasePage, Fact, Line, Place, Task
from amends.web import dates
from amends.web.dates import Moment
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.insight.labels import incidents as labels


class FactLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the fact sheet."""

    id: UUID
    state: str
    tone: str
    word: str
    words: str
    source: str
    at: Moment
    by: str


class TaskLine(msgspec.Struct, frozen=True, kw_only=True):
    """One task; `due_local` is its date as a form takes it."""

    position: int
    name: str
    kind: str
    owner: str
    owner_id: str
    due: Moment | None
    due_local: str
    late: bool
    is_open: bool
    is_done: bool
    settled: Moment | None
    target: str


class PlaceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One platform, and whether we speak there."""

    platform: str
    name: str
    posts: str
    state: str
    word: str


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case of an incident; `held` while nothing may be posted on it."""

    card: Card
    held: bool
    released: bool


class EventLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the timeline, with the words that were written then."""

    position: int
    at: Moment
    by: str
    deed: str
    words: tuple[str, ...]
    is_told: bool


def fact_line(one: Fact, *, now: datetime) -> FactLine:
    """A line of the fact sheet."""
    tone, word = labels.FACTS[one.state]
    return FactLine(
        id=one.id,
        state=one.state.value,
        tone=tone,
        word=_(word),
        words=one.words,
        source=one.source,
        at=dates.moment(one.at, now=now),
        by=one.by.name if one.by else "",
    )


def task_line(one: Task, *, now: datetime) -> TaskLine:
    """A task of any kind."""
    local = one.due_at.astimezone(dates.reader_zone()).strftime("%Y-%m-%dT%H:%M") if one.due_at else ""
    return TaskLine(
        position=one.position,
        name=labels.task(one.step, one.words),
        kind=one.kind.value,
        owner=one.owner.name if one.owner else "",
        owner_id=str(one.owner.id) if one.owner else "",
        due=dates.moment(one.due_at, now=now) if one.due_at else None,
        due_local=local,
        late=rules.is_late(one.state, one.due_at, now),
        is_open=one.state is TaskState.OPEN,
        is_done=one.state is TaskState.DONE,
        settled=dates.moment(one.settled_at, now=now) if one.settled_at else None,
        target=_(labels.TARGETS[ActionTarget(one.target)]) if one.target else "",
    )


def place_line(one: Place) -> PlaceLine:
    """A platform with what was captured and answered there."""
    posts = ngettext("%(num)s post", "%(num)s posts", one.posts) % {"num": number(one.posts)}
    answered = ngettext("%(num)s answered", "%(num)s answered", one.answered) % {"num": number(one.answered)}
    state = one.state or PlaceState.TO_DO
    return PlaceLine(
        platform=one.platform,
        name=platforms.label(one.platform),
        posts=f"{posts}, {answered}",
        state=state.value,
        word=_(labels.PLACES[state]),
    )


def case_lines(page: CasePage, *, held: bool, reader: UUID, now: datetime) -> tuple[CaseLine, ...]:
    """A page of its cases."""
    cards = cards_view.shown((one.case for one in page.cases), reader=reader, now=now)
    return tuple(
        CaseLine(card=card, held=held and one.released_at is None, released=one.released_at is not None)
        for card, one in zip(cards, page.cases, strict=True)
    )


def event_line(line: Line, *, now: datetime) -> EventLine:
    """A line of the timeline."""
    return EventLine(
        position=line.position,
        at=dates.moment(line.at, now=now),
        by=line.by,
        deed=labels.told(line.kind, line.told),
        words=labels.words(line.told),
        is_told=rules.is_told(line.kind, line.pinned),
    )
