"""The next step of a case in words, with the address where it is done."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.vocabulary import FollowUpKind, Turn
from amends.rules.workflow.next_step import Action, Reason, Step
from amends.services.desk.cases import CaseRow
from amends.web import dates
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.workflow.labels.next_steps import ACTIONS, AWAITED, BUTTONS, REASONS, REQUESTS, STEPS

PAGES = {
    Action.DECIDE: "/triage?case={number}",
    Action.WRITE_REPLY: "/cases/{number}?write=reply#composer",
    Action.REWRITE_REPLY: "/cases/{number}?write=reply#composer",
    Action.WRITE_ENDING: "/cases/{number}?write=reply#composer",
    Action.READ_DRAFT: "/approvals?case={number}",
    Action.KEEP_PROMISE: "/cases/{number}#next-step",
    Action.REACH_THEM: "/cases/{number}#conversation",
}
"""Where an action is done; what is not here, on the page of the case."""
ITS_DATE = frozenset({Reason.THEIR_TURN, Reason.NOT_YET, Reason.ASLEEP})
"""Reasons that say a date only, which stands beside the case in a list."""


class StepShown(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The next step of a case: `do` names it, `word` is its verb alone, `by` when it is to be done.

    `why` is empty where the stage or the date says it already.
    """

    do: str
    word: str
    verb: str
    heading: str
    href: str
    why: str
    by: Moment | None


OWED_AT = {
    FollowUpKind.QUESTION: "/cases/{number}#questions",
    FollowUpKind.PUBLIC_ENDING: "/cases/{number}?write=reply#composer",
}
"""Where a request is dealt with on the page of its case; the others stand in the list of what we owe."""


def shown(step: Step, row: CaseRow, *, now: datetime) -> StepShown:
    """The step of a case as a list shows it.

    A case that stands there for a request to a member, as a mention, offers that and not its next step;
    unless the request asks for that very step.
    """
    if row.due_kind in REQUESTS and not _is_asked_for(step, row.due_kind):
        return _request(row.due_kind, row, now=now)
    return StepShown(
        do=step.do,
        word=_(BUTTONS[step.do]),
        verb=verb(step),
        heading=ended(row, now=now) if row.outcome and step.do == Action.NOTHING else heading(step),
        href=address(step, row.number),
        why="" if step.reason in ITS_DATE else why(step, row, now=now),
        by=dates.moment(step.by, now=now) if step.by else None,
    )


def _is_asked_for(step: Step, kind: FollowUpKind) -> bool:
    return kind is step.kind or (kind is FollowUpKind.REWRITE and step.do == Action.REWRITE_REPLY)


def _request(kind: FollowUpKind, row: CaseRow, *, now: datetime) -> StepShown:
    """What is asked of one member on a case."""
    return StepShown(
        do=kind.value,
        word=_(REQUESTS[kind]),
        verb=label(kind),
        heading=label(kind),
        href=OWED_AT.get(kind, "/cases/{number}#owed").format(number=row.number),
        why="",
        by=dates.moment(row.due_at, now=now) if row.due_at else None,
    )


def verb(step: Step) -> str:
    """What the button says that leads to a step."""
    return _move(step) if step.move else _(ACTIONS[Action(step.do)].verb)


def heading(step: Step) -> str:
    """What lists and the page of a case call a step: what is to be done, never that it was."""
    return _move(step) if step.move else _(ACTIONS[Action(step.do)].heading)


def ended(row: CaseRow, *, now: datetime) -> str:
    """When a closed case came to its end, which its outcome names."""
    return _("Closed %(date)s") % {"date": dates.moment(row.moved_at, now=now).brief}


def _move(step: Step) -> str:
    awaited = AWAITED.get(step.do) if step.turn is Turn.THEIRS else None
    return _(awaited or STEPS[step.do])


def address(step: Step, number: object) -> str:
    """Where a step is done; a move on the page of its case, with its form open."""
    if step.move:
        return f"/cases/{number}?do={step.move}#next-step"
    return PAGES.get(Action(step.do), "/cases/{number}#next-step").format(number=number)


def why(step: Step, row: CaseRow, *, now: datetime) -> str:
    """Why this comes next, in a sentence."""
    values = {
        "drafter": row.drafter or _("a former member"),
        "reader": row.reader or _("A lead"),
        "date": dates.moment(step.by, now=now).brief if step.by else "…",
    }
    sentence = REASONS.get(step.reason, "")
    return _(sentence) % values if sentence else ""
