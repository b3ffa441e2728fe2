"""State of the worker, with advice."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.operation.recurring import Work
from amends.rules.vocabulary import NudgeState, Role
from amends.services.nudge import nudges, target_health
from amends.services.operation import health
from amends.services.operation.nightly_verification import ALTERED
from amends.services.operation.recurring import Standing
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
    is_browser: bool


class WorkRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that recurs by itself: a tone and a word, when it was last good, and when it is due next."""

    name: str
    tone: str
    word: str
    good: Moment | None
    next: Moment | None


class EndRow(msgspec.Struct, frozen=True):
    """How many nudges ended in one way, in a day and in a week."""

    name: str
    day: int
    week: int


def verdict(
    workers: Sequence[health.Worker], queue: nudges.Queue, *, no_place: bool, now: datetime
) -> Verdict:
    """Whether nudges go out, and what to do when they do not; `no_place` if some have no destination."""
    late = _("No reminders are being sent.")
    if not workers:
        return Verdict(
            False, late, _("No background worker has reported for a day, or ever. Start “amends work”.")
        )
    if workers[0].late:
        advice = _(
            "The background worker has not reported for %(span)s. Start “amends work”; if it is "
            "running, check its log: it reports only while its work succeeds."
        )
        return Verdict(False, late, advice % {"span": _span(now - workers[0].seen_at)})
    if queue.oldest_at and now - queue.oldest_at > SLOW:
        advice = _(
            "A background worker is running, but a reminder has been waiting for %(span)s. Check the "
            "log of “amends work” and the destinations below."
        )
        return Verdict(False, _("Reminders are delayed."), advice % {"span": _span(now - queue.oldest_at)})
    if troubled := next((worker for worker in workers if worker.note and not worker.late), None):
        advice = _("Failed recently: %(jobs)s. Check the log of “amends work”; everything else works.")
        return Verdict(False, _("A background job is failing."), advice % {"jobs": troubled.note})
    if no_place:
        advice = _("Reminders have nowhere to go for the cases below. Add a destination.")
        return Verdict(False, _("Some reminders cannot be sent."), advice)
    return Verdict(True, _("Reminders are being sent."), "")


WORK_NAMES: dict[Work, str] = {
    Work.BACKUP: N_("Backup"),
    Work.VERIFICATION: N_("Check of the records"),
    Work.ANCHOR: N_("Anchor of all timelines"),
}


def work_row(one: Standing, *, now: datetime) -> WorkRow:
    """Something that recurs, ready to show; a next run that is due already begins within minutes."""
    tone, word = _work_state(one)
    next_at = one.next_at if one.next_at and not one.is_running else None
    return WorkRow(
        name=_(WORK_NAMES[one.work]),
        tone=tone,
        word=word,
        good=dates.moment(one.good_at, now=now) if one.good_at else None,
        next=dates.moment(max(next_at, now), now=now) if next_at else None,
    )


def _work_state(one: Standing) -> tuple[str, str]:
    if one.problem == ALTERED:
        return "late", _("Something was altered")
    if one.problem:
        return "late", _("Failed")
    if one.is_overdue:
        return "late", _("Overdue")
    if one.is_running:
        return "today", _("Running")
    if one.next_at is None:
        return "today", _("Only by hand")
    return ("ours", _("Done")) if one.good_at else ("today", _("Not yet"))


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
        may_change=not target.is_browser and (target.member == me.id or me.role is Role.ADMIN),
        is_browser=target.is_browser,
    )


def end_row(state: NudgeState, count: nudges.Settled) -> EndRow:
    """How many nudges ended in this way."""
    name = {
        NudgeState.SENT: _("Sent"),
        NudgeState.DEAD: _("Failed: no attempt succeeded"),
        NudgeState.VOID: _("Dropped: no longer needed, or left to the digest"),
    }[state]
    return EndRow(name, count.day, count.week)


def _why(found: nudges.Untold, now: datetime) -> str:
    if found.held_until:
        until = dates.moment(found.held_until, now=now).brief
        return _("Held until %(moment)s.") % {"moment": until}
    return {
        nudges.Why.ON_ITS_WAY: _("Being sent, or retried."),
        nudges.Why.GIVEN_UP: _("No attempt succeeded. Try again, or change the destination."),
        nudges.Why.NOT_PLANNED: _("Not processed yet. See the background workers above."),
        nudges.Why.NOWHERE: _(
            "There is nowhere to send it. Add a destination for its owner or for the team."
        ),
    }[found.why]


def _span(length: timedelta) -> str:
    return dates.span(int(length.total_seconds()))
