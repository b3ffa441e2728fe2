"""Change of a case's severity: which of its dates are counted anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amends.rules.follow_up import explanations, kinds
from amends.rules.follow_up import follow_ups as rules
from amends.rules.follow_up.follow_ups import Due
from amends.rules.follow_up.kinds import Lasts
from amends.rules.team.calendars import Calendars
from amends.rules.team.policies import Policy
from amends.rules.vocabulary import FollowUpKind, Severity

ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a case weighed before and weighs now; one that is not weighed counts as S3, as its terms do."""

    before: Severity | None
    after: Severity | None

    @property
    def raised(self) -> bool:
        """Whether it is worse than before, so that everything is owed sooner."""
        return ORDER.index(self.after or Severity.S3) < ORDER.index(self.before or Severity.S3)

    @property
    def lowered(self) -> bool:
        """Whether it is less bad than before: its dates may wait, if a member says so."""
        return ORDER.index(self.after or Severity.S3) > ORDER.index(self.before or Severity.S3)


@dataclass(frozen=True, slots=True)
class Dated:
    """A live follow-up with its date; `made_at` is when it was written, `remaining` its paused seconds."""

    kind: FollowUpKind
    start: datetime
    occurrence: int
    made_at: datetime
    due_at: datetime
    steps: tuple[Mapping[str, Any], ...]
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What dates are counted by, for one case at one moment."""

    platform: str
    calendars: Calendars
    policy: Policy
    now: datetime


def due_anew(dated: Dated, weighing: Weighing, terms: Terms) -> Due | None:
    """Its date by the new severity, counted from its own start; None when its date stays.

    Promises, requests and dates that a member chose stay. Raised, a date only comes nearer: what ran again
    after a pause gets the new term from now on, at most.
    """
    properties = kinds.of(dated.kind)
    if properties.lasts is not Lasts.STAGE or dated.remaining is not None:
        return None
    if explanations.is_counted(dated.steps):
        due = _counted(dated, weighing, terms, start=dated.start)
    elif explanations.is_resumed(dated.steps):
        due = _counted(dated, weighing, terms, start=terms.now) if weighing.raised else None
    else:
        return None
    if due is None or due.at == dated.due_at or (weighing.raised and due.at > dated.due_at):
        return None
    return due


def remaining_anew(dated: Dated, weighing: Weighing, terms: Terms) -> int | None:
    """The working seconds that a paused follow-up keeps when its case got worse; None when they stay."""
    if dated.remaining is None or not weighing.raised:
        return None
    due = _counted(dated, weighing, terms, start=terms.now)
    shorter = due is not None and due.counted == "working" and due.allotted_seconds < dated.remaining
    return due.allotted_seconds if due and shorter else None


def _counted(dated: Dated, weighing: Weighing, terms: Terms, *, start: datetime) -> Due | None:
    return rules.due_when_made(
        dated.kind,
        severity=weighing.after,
        platform=terms.platform,
        calendars=terms.calendars,
        start=start,
        occurrence=dated.occurrence,
        policy=terms.policy,
        made_at=dated.made_at,
    )
