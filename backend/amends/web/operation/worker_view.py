"""State of the worker, with advice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from amends.i18n import gettext as _
from amends.rules.vocabulary import NudgeState, Role
from amends.services.nudge import nudges, target_health
from amends.services.operation import health
from amends.services.team.members import Member
from amends.web import dates
from amends.web.dates import Moment
from amends.web.labels import label

SLOW = timedelta(minutes=5)
"""A nudge that could have been sent for so long is a sign that the sending stands still."""
SHOWN = 5


class Verdict(msgspec.Struct, frozen=True):
    """How things stand in one word and one sentence; the sentence says what to do."""

    well: bool
    word: str
    sentence: str


class WorkerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One worker; `trouble` is what went wrong with it lately, in the words of its log."""

    name: str
    late: bool
    seen: Moment
    started: Moment
    trouble: str


class UntoldRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something overdue of which nobody was told."""

    number: int
    kind: str
    due: Moment
    why: str


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A target in trouble; `may_change` when the reader may write its address anew."""

    id: str
    name: str
    masked: str
    whose: str
    failing: bool
    paused_until: Moment | None
    may_change: bool


class EndRow(msgspec.Struct, frozen=True):
    """How many nudges ended in one way, in a day and in a week."""

    name: str
    day: int
    week: int


def verdict(workers: Sequence[health.Worker], queue: nudges.Queue, *, now: datetime) -> Verdict:
    """Whether nudges go out, and what to do when they do not."""
    late = _("Nobody is being nudged.")
    if not workers:
        return Verdict(False, late, _("No worker has been seen for a day, or ever. Start “amends work”."))
    if workers[0].late:
        advice = _(
            "No worker has been seen for %(span)s. Start “amends work”; if it runs, look at its log: "
            "it shows itself only while its work succeeds."
        )
        return Verdict(False, late, advice % {"span": _span(now - workers[0].seen_at)})
    if queue.oldest_at and now - queue.oldest_at > SLOW:
        advice = _(
            "A worker lives, yet a nudge has been ready for %(span)s. Look at the log of “amends work”, "
            "and at the places below."
        )
        return Verdict(False, _("Nudges wait."), advice % {"span": _span(now - queue.oldest_at)})
    if troubled := next((worker for worker in workers if worker.note and not worker.late), None):
        advice = _("This failed lately: %(jobs)s. Look at the log of “amends work”; the rest goes on.")
        return Verdict(False, _("A job fails."), advice % {"jobs": troubled.note})
    return Verdict(True, _("Nudges go out."), "")


def worker_row(worker: health.Worker, *, now: datetime) -> WorkerRow:
    """A worker, ready to show."""
    return WorkerRow(
        name=worker.name,
        late=worker.late,
        seen=dates.moment(worker.seen_at, now=now),
        started=dates.moment(worker.started_at, now=now),
        trouble=worker.note,
    )


def untold_row(found: nudges.Untold, *, now: datetime) -> UntoldRow:
    """Why nobody was told, and what would help."""
    return UntoldRow(
        number=found.number,
        kind=label(found.kind),
        due=dates.moment(found.due_at, now=now),
        why=_why(found, now),
    )


def target_row(target: target_health.Troubled, *, me: Member, now: datetime) -> TargetRow:
    """A target in trouble, ready to show."""
    return TargetRow(
        id=str(target.id),
        name=target.name,
        masked=target.masked,
        whose=target.member_name or _("The team"),
        failing=target.failing,
        paused_until=dates.moment(target.paused_until, now=now) if target.paused_until else None,
        may_change=target.member == me.id or me.role is Role.ADMIN,
    )


def end_row(state: NudgeState, count: nudges.Settled) -> EndRow:
    """How many nudges ended in this way."""
    name = {
        NudgeState.SENT: _("Sent"),
        NudgeState.DEAD: _("Given up: no try could deliver them"),
        NudgeState.VOID: _("Dropped: no longer true, or left to the digest"),
    }[state]
    return EndRow(name, count.day, count.week)


def _why(found: nudges.Untold, now: datetime) -> str:
    if found.held_until:
        until = dates.moment(found.held_until, now=now).brief
        return _("Held until %(moment)s.") % {"moment": until}
    return {
        nudges.Why.ON_ITS_WAY: _("It is being sent, or tried again."),
        nudges.Why.GIVEN_UP: _("No try could deliver it. Try again, or change the place."),
        nudges.Why.NOT_PLANNED: _("The worker has not come to it. Look at the workers above."),
        nudges.Why.NOWHERE: _("There is no place to tell. Add one for its owner or for the team."),
    }[found.why]


def _span(length: timedelta) -> str:
    return dates.span(int(length.total_seconds()))
