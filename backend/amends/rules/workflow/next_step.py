"""The next step of a case: one rule for Today, the case page, lists, messages and the extension."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.vocabulary import CustomerStatus, Nature, Stage, Turn
from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.workflow.guards import CaseFacts, Mover
from amends.rules.workflow.moves import BY_NAME, DRAFTED, refusal
from amends.rules.workflow.reply_guards import POSTING, is_held
from amends.rules.workflow.steps import Action as Action
from amends.rules.workflow.steps import Reason as Reason
from amends.rules.workflow.steps import Step as Step

GRAVE = frozenset({"escalate", "concede", "let_go", "block", "join", "not_ours"})
"""Moves that take a case off its way, from nearly anywhere: none is ever the next step."""


@dataclass(frozen=True, slots=True)
class Way:
    """One possible next step; `when_due` asks that its follow-up is the earliest, and its date has come."""

    do: str
    reason: Reason = Reason.OF_STAGE
    turn: Turn = Turn.OURS
    kind: Kind | None = None
    when_due: bool = False


NEEDS = {
    Action.WRITE_REPLY: "submit_draft",
    Action.REWRITE_REPLY: "submit_draft",
    Action.WRITE_ENDING: "submit_draft",
    Action.READ_DRAFT: "approve",
}
"""The move that the page of an action ends with: without it the page would refuse."""

THEIRS, NOBODYS = Turn.THEIRS, Turn.NOBODY
OF_STAGE: dict[Stage, tuple[Way, ...]] = {
    Stage.NEW: (Way(Action.DECIDE, Reason.UNDECIDED, kind=Kind.TRIAGE),),
    Stage.ACKNOWLEDGE: (
        Way(Action.WRITE_REPLY, Reason.NO_REPLY, kind=Kind.ACKNOWLEDGE),
        Way("resume_public_thread", Reason.THREAD_ENDED, kind=Kind.ACKNOWLEDGE),
        Way(Action.COOL_DOWN, Reason.THREAT, kind=Kind.ACKNOWLEDGE),
    ),
    Stage.CONTACT: (Way("contact_in_private", kind=Kind.CONTACT),),
    Stage.WORKING: (Way("finish_step", kind=Kind.NEXT_STEP),),
    Stage.WAITING: (
        Way("ping", Reason.NO_ANSWER, kind=Kind.WAIT_PING, when_due=True),
        Way("settle_unanswered", Reason.NO_ANSWER, kind=Kind.WAIT_CLOSE, when_due=True),
        Way("receive_reply", Reason.THEIR_TURN, THEIRS),
    ),
    Stage.RESOLVED: (
        Way("confirm_fix", kind=Kind.CONFIRM_FIX),
        Way("confirm_and_settle", kind=Kind.CONFIRM_FIX),
    ),
    Stage.SECOND_CHANCE: (
        Way("check_in", kind=Kind.SECOND_CHANCE, when_due=True),
        Way(Action.NEWER_CASE_FIRST, Reason.COMPLAINED_ELSEWHERE, kind=Kind.SECOND_CHANCE, when_due=True),
        Way(Action.AWAIT_DAY, Reason.NOT_YET, NOBODYS, kind=Kind.SECOND_CHANCE),
    ),
    Stage.CHECKED_IN: (
        Way("settle_check_in", Reason.NO_ANSWER, kind=Kind.CHECK_IN_ANSWER, when_due=True),
        Way(Action.AWAIT_ANSWER, Reason.THEIR_TURN, THEIRS, kind=Kind.CHECK_IN_ANSWER),
    ),
    Stage.ESCALATED: (Way("keep_escalated", kind=Kind.ESCALATION_REVIEW),),
    Stage.WATCHED: (
        Way("let_go_watched", kind=Kind.WATCH_CLOSE, when_due=True),
        Way("keep_watching", kind=Kind.WATCH_REVIEW, when_due=True),
        Way("keep_watching", Reason.NOT_YET, NOBODYS, kind=Kind.WATCH_REVIEW),
    ),
    Stage.CLOSED: (Way(Action.NOTHING, Reason.OVER, NOBODYS),),
}
"""What a stage asks for when nothing else is known; the last one is always possible."""

WROTE_AGAIN: dict[Stage, tuple[Way, ...]] = {
    Stage.WAITING: (Way("receive_reply", Reason.WROTE_AGAIN),),
    Stage.RESOLVED: (
        Way("report_not_fixed", Reason.WROTE_AGAIN, kind=Kind.CONFIRM_FIX),
        Way(Action.CHOOSE_ENDING, Reason.SECOND_FAILURE, kind=Kind.CONFIRM_FIX),
    ),
    Stage.SECOND_CHANCE: (Way("complain_again", Reason.WROTE_AGAIN, kind=Kind.SECOND_CHANCE),),
    Stage.CHECKED_IN: (Way("hear_new_problem", Reason.WROTE_AGAIN, kind=Kind.CHECK_IN_ANSWER),),
    Stage.CLOSED: (Way("reopen", Reason.WROTE_AGAIN),),
}
"""What comes next after the person wrote again; other stages go on as they were."""

SAID_BAD = {
    Stage.SECOND_CHANCE: Way("complain_again", Reason.SAID_BAD, kind=Kind.SECOND_CHANCE),
    Stage.CHECKED_IN: Way("hear_new_problem", Reason.SAID_BAD, kind=Kind.CHECK_IN_ANSWER),
}
SAID_GOOD = {Stage.CHECKED_IN: Way("win_back", Reason.SAID_GOOD, kind=Kind.CHECK_IN_ANSWER)}
LINK_POSTED = (Way("hear_from_them", Reason.LINK_POSTED, THEIRS, kind=Kind.CONTACT),)
OPTED_OUT = (Way("skip_second_chance", Reason.OPTED_OUT, kind=Kind.SECOND_CHANCE),)
HOSTILE = (Nature.HARASSMENT, Nature.THREAT, Nature.SPAM)

DRAFT: dict[str, tuple[Way, ...]] = {
    "pending": (
        Way(Action.READ_DRAFT, Reason.TO_BE_READ, kind=Kind.APPROVAL),
        Way(Action.AWAIT_READER, Reason.BEING_READ, kind=Kind.APPROVAL),
    ),
    "rejected": (Way(Action.REWRITE_REPLY, Reason.REJECTED),),
}
POST = (Way(Action.POST_REPLY, Reason.REPLY_READY), Way(Action.WRITE_REPLY, Reason.MUST_BE_READ))
POST_ACKNOWLEDGEMENT = (
    Way("post_acknowledgement", Reason.REPLY_READY, kind=Kind.ACKNOWLEDGE),
    Way(Action.WRITE_REPLY, Reason.MUST_BE_READ, kind=Kind.ACKNOWLEDGE),
)
READY = frozenset({"approved", "ready"})
"""How a draft stands that only has to be posted."""
PUT_OFF = frozenset({Action.AWAIT_READER, Action.REWRITE_REPLY, Action.COOL_DOWN})
"""Steps about a draft that another duty does not wait for."""
OF_REPLY = frozenset({Kind.APPROVAL, Kind.PUBLIC_ENDING})
"""Duties that are the draft's own."""
COOL_DOWN = (Way(Action.COOL_DOWN, Reason.COOLING),)
ON_HOLD = (Way(Action.COOL_DOWN, Reason.ON_HOLD),)
OF_THREAT = (Way(Action.COOL_DOWN, Reason.THREAT),)
PROMISE = (Way(Action.KEEP_PROMISE, Reason.PROMISED, kind=Kind.PROMISE),)
UNDELIVERED = (Way(Action.REACH_THEM, Reason.UNDELIVERED),)
IN_PRIVATE = frozenset(
    {Stage.CONTACT, Stage.WORKING, Stage.WAITING, Stage.RESOLVED}
    | {Stage.SECOND_CHANCE, Stage.CHECKED_IN, Stage.ESCALATED}
)
"""Stages that go on with the customer in private: a message that did not arrive holds them up."""
ENDING = (Way(Action.WRITE_ENDING, Reason.ENDING_OWED, kind=Kind.PUBLIC_ENDING),)
AWAKE = frozenset(
    {Action.KEEP_PROMISE, Action.REACH_THEM, Action.WRITE_ENDING, Action.READ_DRAFT, Action.AWAIT_READER}
)
"""What a snooze does not put off: what readers and the customer wait for, and what a member was asked."""

STEPS = frozenset(
    str(way.do)
    for ways in (
        *OF_STAGE.values(),
        *WROTE_AGAIN.values(),
        *DRAFT.values(),
        POST,
        POST_ACKNOWLEDGEMENT,
        LINK_POSTED,
    )
    for way in ways
) | {*Action, "see_hostility", "recognise_customer", "win_back", "skip_second_chance"}
"""Every step that there can be: each has words in messages and in the extension."""


def next_step(facts: CaseFacts, *, by: Mover, now: datetime) -> Step:
    """The one step that comes next, as this member sees it: a legal move, a page that exists, or a wait.

    What the customer said comes first, then a promise that is late, then a message that did not reach them,
    then the draft, then the public ending that is owed, then what the stage asks.
    """
    sources = (_said, _late_promise, _undelivered, _draft, _ending, _promise, _stage)
    ways = (way for source in sources for way in source(facts, now) if _is_possible(way, facts, by, now))
    step = _step(next(ways), facts)
    if facts.snoozed_until is None or facts.snoozed_until <= now or step.do in AWAKE:
        return step
    return replace(step, reason=Reason.ASLEEP, turn=Turn.NOBODY, by=facts.snoozed_until, whose=None)


def _said(facts: CaseFacts, now: datetime) -> Iterable[Way]:
    if facts.answer is CheckInAnswer.WELL:
        said = SAID_GOOD.get(facts.stage)
        return (said,) if said else ()
    if facts.answer is not None and facts.stage in SAID_BAD:
        return (SAID_BAD[facts.stage],)
    if not facts.came_back:
        return ()
    return (_watched_again(facts),) if facts.stage is Stage.WATCHED else WROTE_AGAIN.get(facts.stage, ())


def _watched_again(facts: CaseFacts) -> Way:
    is_hostile = facts.nature in HOSTILE or facts.customer_status is CustomerStatus.NOT_A_CUSTOMER
    name = "see_hostility" if is_hostile else "recognise_customer"
    return Way(name, Reason.WROTE_AGAIN, kind=Kind.WATCH_REVIEW)


def _late_promise(facts: CaseFacts, now: datetime) -> Iterable[Way]:
    return PROMISE if _has_come(Kind.PROMISE, facts, now) else ()


def _undelivered(facts: CaseFacts, now: datetime) -> Iterable[Way]:
    return UNDELIVERED if facts.undelivered and facts.stage in IN_PRIVATE else ()


def _promise(facts: CaseFacts, now: datetime) -> Iterable[Way]:
    return PROMISE if facts.due_kind is Kind.PROMISE else ()


def _draft(facts: CaseFacts, now: datetime) -> Iterable[Way]:
    """Outside of acknowledging, a duty that is late needs no reply: who waits for a reader goes on with it.

    So does who has a rejected draft, which may have been given up, or one that an incident or a threat holds.
    """
    if facts.approval is None or facts.stage not in DRAFTED:
        return ()
    on_hold = facts.is_silenced and facts.approval in READY
    if is_held(facts, now) and not on_hold:
        return COOL_DOWN
    ready = POST_ACKNOWLEDGEMENT if facts.stage is Stage.ACKNOWLEDGE else POST
    ways = (OF_THREAT if facts.threat_hold else ON_HOLD) if on_hold else DRAFT.get(facts.approval, ready)
    goes_on = facts.stage is not Stage.ACKNOWLEDGE and facts.due_kind not in OF_REPLY
    return [way for way in ways if way.do not in PUT_OFF] if goes_on and _is_late(facts, now) else ways


def _ending(facts: CaseFacts, now: datetime) -> Iterable[Way]:
    """One that is drafted already goes the way of its draft."""
    return ENDING if facts.ending_until is not None and facts.approval is None else ()


def _stage(facts: CaseFacts, now: datetime) -> Iterable[Way]:
    """Who was given a private link in public has until the date of contact to use it."""
    asked = facts.stage is Stage.CONTACT and facts.link_until is not None and facts.link_until > now
    if asked and not _has_come(Kind.CONTACT, facts, now):
        return LINK_POSTED
    of_stage = OPTED_OUT if facts.opted_out and facts.stage is Stage.SECOND_CHANCE else OF_STAGE[facts.stage]
    return (way for way in of_stage if not way.when_due or _has_come(way.kind, facts, now))


def _is_late(facts: CaseFacts, now: datetime) -> bool:
    return facts.due_at is not None and facts.due_at <= now


def _has_come(kind: Kind | None, facts: CaseFacts, now: datetime) -> bool:
    return facts.due_kind is kind and _is_late(facts, now)


def _is_possible(way: Way, facts: CaseFacts, by: Mover, now: datetime) -> bool:
    if way.do is Action.POST_REPLY:
        return all(guard.holds(facts, by, now) for guard in POSTING)
    move = NEEDS.get(way.do) if isinstance(way.do, Action) else way.do
    return move is None or refusal(BY_NAME[move], facts, by=by, now=now) is None


DATES: dict[str, Callable[[CaseFacts], datetime | None]] = {
    Action.READ_DRAFT: lambda facts: facts.read_until,
    Action.AWAIT_READER: lambda facts: facts.read_until,
    Action.COOL_DOWN: lambda facts: facts.held_until,
    Action.WRITE_ENDING: lambda facts: facts.ending_until,
}
"""When a step is to be done where that is not the case's earliest date."""

MEMBERS: dict[str, Callable[[CaseFacts], UUID | None]] = {
    Action.READ_DRAFT: lambda facts: facts.read_by,
    Action.AWAIT_READER: lambda facts: facts.read_by,
    Action.REWRITE_REPLY: lambda facts: facts.draft_by,
    Action.COOL_DOWN: lambda facts: facts.draft_by,
}
"""Whose step it is where that is not the owner of the case."""


def _step(way: Way, facts: CaseFacts) -> Step:
    date, member = DATES.get(way.do), MEMBERS.get(way.do)
    whose = (member(facts) if member else None) or (facts.owner if way.turn is Turn.OURS else None)
    return Step(
        do=way.do,
        reason=way.reason,
        turn=way.turn,
        kind=way.kind,
        by=date(facts) if date else facts.due_at,
        whose=whose,
    )
