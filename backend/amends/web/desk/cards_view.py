"""Cards of cases in lists."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID

import msgspec

from amends.i18n import N_, language, ngettext
from amends.i18n import gettext as _
from amends.rules.case import platforms
from amends.rules.case.author_names import author_name
from amends.rules.follow_up.kinds import OURS_IN_ANY_STAGE
from amends.rules.vocabulary import TURNS, Outcome, Stage, Turn
from amends.services.case.next_steps import Viewer
from amends.services.desk.cases import CaseRow
from amends.web import dates
from amends.web.case import next_step_view, titles
from amends.web.case.labels import severity_title
from amends.web.case.labels.entries import severity_letter
from amends.web.case.next_step_view import StepShown
from amends.web.dates import Moment, late_words
from amends.web.labels import label

MINUTE = timedelta(minutes=1)

Tone = Literal["late", "today", "ours", "theirs", "watched", "snoozed", "won", "closed"]

TONES = {
    "late": N_("Late"),
    "today": N_("Today"),
    "ours": N_("Our move"),
    "theirs": N_("Waiting on customer"),
    "watched": N_("Watched"),
    "snoozed": N_("Snoozed"),
    "won": N_("Won back"),
    "closed": N_("Closed"),
}


class FoundShown(msgspec.Struct, frozen=True, cache_hash=True):
    """Where in the case the words stand that were looked for, and the text around them in pieces."""

    place: str
    pieces: tuple[tuple[str, bool], ...]


class Card(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One case in a list, every string ready; `is_next` for the one that Today asks for first.

    `says_for` where the date is not that of the next step, so that what it is for has to be seen beside it.
    """

    number: int
    href: str
    title: str
    lang: str
    platform: str
    author: str
    stage: str
    tone: Tone
    tone_word: str
    due: Moment | None
    due_words: str
    due_brief: str
    due_for: str
    due_whose: str
    says_for: bool
    due_more: str
    owner: str
    mine: bool
    location: str
    severity: str
    severity_title: str
    came_back: str
    measured: bool
    step: StepShown | None
    is_next: bool = False
    found: FoundShown | None = None


class View(msgspec.Struct, frozen=True, cache_hash=True):
    """Who looks, and in which minute: with the case itself, all that a card follows from."""

    reader: UUID
    viewer: Viewer | None
    minute: datetime
    zone: str
    spoken: str


def card(row: CaseRow, *, reader: UUID, now: datetime) -> Card:
    """A case as a list shows it to one member."""
    [made] = shown([row], reader=reader, now=now)
    return made


def shown(
    rows: Iterable[CaseRow], *, reader: UUID, now: datetime, viewer: Viewer | None = None
) -> list[Card]:
    """The cases of a list, with the next step of each where a viewer is given.

    Within a minute a card stays the same, unless its date comes in that very minute: then it is made anew.
    """
    minute = now.replace(second=0, microsecond=0)
    view = _view(reader, viewer, minute, dates.reader_zone().key, language())
    return [_kept(row, view) or _made(row, view, now) for row in rows]


@lru_cache(maxsize=64)
def _view(reader: UUID, viewer: Viewer | None, minute: datetime, zone: str, spoken: str) -> View:
    """The very same for the same values: looking a card up then compares no field."""
    return View(reader, viewer, minute, zone, spoken)


@lru_cache(maxsize=2048)
def _kept(row: CaseRow, view: View) -> Card | None:
    for at in (row.due_at, row.snoozed_until, row.facts.held_until, row.facts.read_until):
        if at is not None and view.minute <= at < view.minute + MINUTE:
            return None
    return _made(row, view, view.minute)


def _made(row: CaseRow, view: View, now: datetime) -> Card:
    tone = tone_of(row, now=now)
    step = view.viewer.step(row.facts, now=now) if view.viewer else None
    due = row.snoozed_until or row.due_at
    return Card(
        number=row.number,
        href=f"/cases/{row.number}",
        title=titles.title(row.title, row.facts.nature),
        lang=titles.language(row.lang, row.facts.nature),
        platform=platforms.label(row.platform),
        author=author_name(row.author_name, row.author_handle),
        stage=label(row.outcome) if row.outcome else label(row.stage),
        tone=tone,
        tone_word=_(TONES[tone]),
        due=dates.moment(due, now=now) if due else None,
        due_words=due_words(row, now=now),
        due_brief=_due_brief(row, now=now),
        due_for=label(row.due_kind) if row.due_kind and not row.snoozed_until else "",
        due_whose=row.due_whose,
        says_for=bool(row.due_whose) or (step is not None and not step.is_dated_by(row.due_kind)),
        due_more=_due_more(row.due_more),
        owner=row.owner.name if row.owner else "",
        mine=row.owner is not None and row.owner.id == view.reader,
        location=row.location.name if row.location else "",
        severity=severity_letter(row.severity),
        severity_title=severity_title(row.severity) if row.severity else _("Severity not set yet"),
        came_back=_came_back(row),
        measured=row.measured,
        step=next_step_view.shown(step, row, now=now) if step else None,
    )


def _came_back(row: CaseRow) -> str:
    """Why the case asks for attention again: its post was seen again, or the customer wrote by a link."""
    if row.came_back_at is None:
        return ""
    return _("Came back") if row.seen_again else _("New message")


def _due_brief(row: CaseRow, *, now: datetime) -> str:
    """The date itself, where the words do not say its hour already."""
    due = row.snoozed_until or row.due_at
    return (
        "" if due is None or dates.clock(due) in due_words(row, now=now) else dates.moment(due, now=now).brief
    )


def _due_more(count: int) -> str:
    """How much else is due on the case; nothing where that is all."""
    words = ngettext("and %(count)s more due", "and %(count)s more due", count)
    return words % {"count": count} if count else ""


def tone_of(row: CaseRow, *, now: datetime) -> Tone:
    """What matters most about a case now: late before today before whose move it is.

    How bad it is has a mark of its own, with its word: one colour cannot say both.
    """
    if row.stage is Stage.CLOSED:
        return "won" if row.outcome is Outcome.WON_BACK else "closed"
    if row.snoozed_until and row.snoozed_until > now:
        return "snoozed"
    if row.due_at and row.due_at < now:
        return "late"
    if row.due_at and dates.local_day(row.due_at) == dates.local_day(now):
        return "today"
    if row.due_kind in OURS_IN_ANY_STAGE:
        return "ours"
    turns: dict[Turn, Tone] = {Turn.OURS: "ours", Turn.THEIRS: "theirs", Turn.NOBODY: "watched"}
    return turns[TURNS[row.stage]]


def due_words(row: CaseRow, *, now: datetime) -> str:
    """How far away the date is: "2 h late", "in 3 days", "asleep until"."""
    if row.snoozed_until and row.snoozed_until > now:
        return _("snoozed until")
    if row.due_at is None:
        return ""
    if row.due_at < now:
        return late_words(row.due_at, now=now)
    return dates.relative(row.due_at, now=now)
