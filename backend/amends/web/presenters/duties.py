"""How is what we owe shown: what, by when, whose, and how its date was computed?"""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.moves import OUTLIVES
from amends.rules.vocabulary import FollowUpKind, FollowUpState
from amends.services.cases import CaseDetail, FollowUpShown
from amends.web import dates, step_words, words
from amends.web.dates import Moment
from amends.web.presenters.cards import late_words


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One follow-up, every string ready."""

    id: UUID
    kind: str
    said: str
    due: Moment
    due_words: str
    late: bool
    paused: bool
    owner: str
    steps: list[str]
    repeats: str = ""


def live(detail: CaseDetail, *, now: datetime) -> list[Duty]:
    """What is owed besides promises and reminders, soonest first."""
    return [duty(owed, now=now) for owed in _due(detail) if owed.kind not in OUTLIVES]


def promises(detail: CaseDetail, *, now: datetime) -> list[Duty]:
    """The promises that are neither kept nor broken yet."""
    return [duty(owed, now=now) for owed in _due(detail) if owed.kind is FollowUpKind.PROMISE]


def reminders(detail: CaseDetail, *, now: datetime) -> list[Duty]:
    """What members want to be reminded of."""
    return [duty(owed, now=now) for owed in _due(detail) if owed.kind is FollowUpKind.REMINDER]


def _due(detail: CaseDetail) -> list[FollowUpShown]:
    return [owed for owed in detail.follow_ups if owed.state is FollowUpState.DUE]


def duty(owed: FollowUpShown, *, now: datetime) -> Duty:
    """One follow-up as the page shows it."""
    return Duty(
        id=owed.id,
        kind=words.word(owed.kind),
        said=owed.words,
        due=dates.moment(owed.due_at, now=now),
        due_words=_due_words(owed, now=now),
        late=owed.late,
        paused=owed.paused,
        owner=owed.owner.name if owed.owner else "",
        steps=step_words.told(owed.steps),
        repeats=words.word(owed.repeats) if owed.repeats else "",
    )


def _due_words(owed: FollowUpShown, *, now: datetime) -> str:
    if owed.paused:
        return _("paused while we wait for them")
    return late_words(owed.due_at, now=now) if owed.late else dates.relative(owed.due_at, now=now)
