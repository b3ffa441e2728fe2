"""Effect of nudges: what counts as acted on, and how often a kind is ignored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.rules.team.percentages import percent
from amends.rules.vocabulary import EntryKind, FollowUpKind, Severity

WITHIN = timedelta(hours=24)
"""On the clock: whoever is nudged on a Friday evening and acts on Monday has not acted on the nudge."""

ACTS = frozenset(
    {
        EntryKind.MOVED,
        EntryKind.REOPENED,
        EntryKind.ASSIGNED,
        EntryKind.SEVERITY_SET,
        EntryKind.NOTED,
        EntryKind.NOTE_EDITED,
        EntryKind.FILES_ADDED,
        EntryKind.TOUCHPOINT,
        EntryKind.SNOOZED,
        EntryKind.PROMISED,
        EntryKind.PROMISE_SETTLED,
        EntryKind.FOLLOW_UP_COMPLETED,
        EntryKind.FOLLOW_UP_RESCHEDULED,
        EntryKind.RECHECK_REQUESTED,
        EntryKind.RECHECKED,
    }
)
"""What a member does to a case on purpose (nudge policy, 11).

Seeing its post again by chance is none, nor keeping a picture, waking it, or taking something back.
"""


class Aftermath(StrEnum):
    """What came of a nudge."""

    ACTED = "acted"
    IGNORED = "ignored"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A rung that was sent, whatever the number of places; `acted_at` is the first act on its case after it.

    `row` is the line of the policy from which its date came, empty where a member chose the date.
    """

    kind: FollowUpKind
    sent_at: datetime
    acted_at: datetime | None
    severity: Severity = Severity.S3
    row: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many nudges were sent, and what came of them."""

    acted: int = 0
    ignored: int = 0
    too_early: int = 0

    @property
    def sent(self) -> int:
        """All of them."""
        return self.acted + self.ignored + self.too_early

    @property
    def judged(self) -> int:
        """Those of which something can be said."""
        return self.acted + self.ignored

    @property
    def ignored_percent(self) -> int:
        """How many of a hundred were ignored; 0 while nothing can be said."""
        return percent(self.ignored, self.judged)


def aftermath(told: Told, *, now: datetime) -> Aftermath:
    """What came of a nudge: acted on within 24 hours, ignored, or sent too lately to say."""
    if now - told.sent_at < WITHIN:
        return Aftermath.TOO_EARLY
    acted = told.acted_at is not None and told.acted_at - told.sent_at <= WITHIN
    return Aftermath.ACTED if acted else Aftermath.IGNORED


def figure(several: Iterable[Told], *, now: datetime) -> Figure:
    """What came of several nudges."""
    counts = Counter(aftermath(told, now=now) for told in several)
    return Figure(counts[Aftermath.ACTED], counts[Aftermath.IGNORED], counts[Aftermath.TOO_EARLY])


def by_kind(several: Iterable[Told], *, since: datetime, now: datetime) -> dict[FollowUpKind, Figure]:
    """What came of the nudges sent since then, by kind of follow-up, the kinds in their order."""
    sent: dict[FollowUpKind, list[Told]] = {kind: [] for kind in FollowUpKind}
    for told in several:
        if told.sent_at >= since:
            sent[told.kind].append(told)
    return {kind: figure(some, now=now) for kind, some in sent.items() if some}
