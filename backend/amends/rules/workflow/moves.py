"""State machine of a case: the one table of moves, read by screens, API and tests."""

# ruff: noqa: E501  (the table reads best with one move a line)

from dataclasses import dataclass
from datetime import datetime

from amends.rules.follow_up.kinds import ENDED_BY_REOPENING, KINDS, OUTLIVE_CASE, OUTLIVE_STAGE
from amends.rules.vocabulary import OPEN_STAGES, Channel, Outcome, Stage
from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.workflow import guards, reply_guards
from amends.rules.workflow.guards import CaseFacts, Guard, Mover

STAGE_FOLLOW_UPS: dict[Stage, tuple[Kind, ...]] = {
    Stage.NEW: (Kind.TRIAGE,),
    Stage.ACKNOWLEDGE: (Kind.ACKNOWLEDGE,),
    Stage.CONTACT: (Kind.CONTACT,),
    Stage.WORKING: (Kind.NEXT_STEP, Kind.RESOLVE_BY),
    Stage.WAITING: (Kind.WAIT_PING,),
    Stage.RESOLVED: (Kind.CONFIRM_FIX,),
    Stage.SECOND_CHANCE: (Kind.SECOND_CHANCE,),
    Stage.CHECKED_IN: (Kind.CHECK_IN_ANSWER,),
    Stage.ESCALATED: (Kind.ESCALATION_REVIEW,),
    Stage.WATCHED: (Kind.WATCH_REVIEW, Kind.WATCH_CLOSE),
    Stage.CLOSED: (),
}
"""What we owe on arriving in a stage. A promise outlives every open stage; `resolve_by` is paused in waiting."""

SURVIVES: dict[Stage, frozenset[Kind]] = {
    Stage.CLOSED: OUTLIVE_CASE,
    Stage.WAITING: OUTLIVE_STAGE | {Kind.RESOLVE_BY},
    Stage.WORKING: OUTLIVE_STAGE | {Kind.RESOLVE_BY},
}


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed step: from where, to where (nowhere: it keeps_stage), what the member must say, what must hold.

    `asks` are required particulars, `offers` optional ones, by the names of `rules.workflow.move_input.Particulars`.
    `counts` names the case's counter that goes up by one. `renews` are follow-ups made anew when the case stays.
    """

    name: str
    sources: tuple[Stage, ...]
    target: Stage | None
    outcome: Outcome | None = None
    asks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    counts: str | None = None
    renews: tuple[Kind, ...] = ()

    @property
    def keeps_stage(self) -> bool:
        """Whether the case is where it was, with one duty done and the next one set."""
        return self.target is None or (self.target in self.sources and bool(self.renews))


NEW, ACK, CONTACT, WORKING = (Stage.NEW,), (Stage.ACKNOWLEDGE,), (Stage.CONTACT,), (Stage.WORKING,)
WAITING, RESOLVED, CHECKED_IN = (Stage.WAITING,), (Stage.RESOLVED,), (Stage.CHECKED_IN,)
SECOND, ESCALATED, WATCHED = (Stage.SECOND_CHANCE,), (Stage.ESCALATED,), (Stage.WATCHED,)
ENDED = (Stage.CLOSED,)
SPEAKING = (*ACK, *CONTACT, *WORKING, *WAITING, *RESOLVED)
"""Where we may answer under the post."""
DRAFTED = (*SPEAKING, *SECOND, *CHECKED_IN)
"""Where a public reply may be drafted: also its ending, once the fix is confirmed."""
WRITE_PRIVATELY = ("contact_in_private", "ask_them", "ping", "check_in")
"""Moves with which we write to the customer in private."""
SAID = ("text", "plan_given", "place_given")
DRAFT = ("reason", "template", "occasion")
TRIAGE = ("nature", "customer_status", "fault", "reason")

MOVES: tuple[Move, ...] = (
    Move("answer", NEW, Stage.ACKNOWLEDGE, asks=("severity", "stance"), offers=TRIAGE),
    Move("answered_already", NEW, Stage.CONTACT, asks=("severity", "reply_url"), offers=TRIAGE, guards=(reply_guards.NOT_THREATENED, reply_guards.NOT_ON_HOLD), counts="public_replies"),
    Move("watch_in_silence", NEW, Stage.WATCHED, asks=("reason", "review_on"), offers=("severity", *TRIAGE[:-1])),
    Move("not_ours", NEW, Stage.CLOSED, Outcome.NOT_OURS, asks=("reason",), offers=("severity", *TRIAGE[:-1])),
    Move("post_acknowledgement", ACK, Stage.CONTACT, asks=("reply_url",), offers=SAID, guards=reply_guards.POSTING, counts="public_replies"),
    Move("solve_in_public", ACK, Stage.RESOLVED, asks=("text", "reply_url"), offers=SAID[1:], guards=(*reply_guards.POSTING, guards.NO_OPEN_PROMISE), counts="public_replies"),
    Move("contact_in_private", CONTACT, Stage.WAITING, asks=("channel",), offers=("text",)),
    Move("ask_in_public", CONTACT, Stage.WAITING, asks=("reply_url",), offers=SAID, guards=reply_guards.POSTING, counts="public_replies"),
    Move("hear_from_them", CONTACT, Stage.WORKING, asks=("channel",), offers=("text",)),
    Move("finish_step", WORKING, Stage.WORKING, asks=("next_step",), renews=(Kind.NEXT_STEP,)),
    Move("ask_them", WORKING, Stage.WAITING, asks=("channel",), offers=("text",)),
    Move("deliver_remedy", WORKING, Stage.RESOLVED, asks=("remedy",), guards=(guards.NO_OPEN_PROMISE, guards.REMEDY_AGREED, guards.REMEDY_NOT_DECLINED)),
    Move("receive_reply", WAITING, Stage.WORKING, asks=("channel",), offers=("text",)),
    Move("ping", WAITING, Stage.WAITING, asks=("channel",), offers=("text",), guards=(guards.PINGS_LEFT, guards.PING_DUE), counts="pings", renews=(Kind.WAIT_PING, Kind.WAIT_CLOSE)),
    Move("settle_unanswered", WAITING, Stage.CLOSED, Outcome.SETTLED, offers=("reason",), guards=(guards.SILENCE_OUT,)),
    Move("let_go_unanswered", WAITING, Stage.CLOSED, Outcome.LET_GO, asks=("reason",), guards=(guards.SILENCE_OUT,)),
    Move("confirm_fix", RESOLVED, Stage.SECOND_CHANCE, offers=("text",), guards=(guards.SECOND_CHANCE_LEFT,)),
    Move("confirm_and_settle", RESOLVED, Stage.CLOSED, Outcome.SETTLED, asks=("reason",)),
    Move("report_not_fixed", RESOLVED, Stage.WORKING, asks=("text",), guards=(guards.FIRST_FAILURE,), counts="failed_fixes"),
    Move("check_in", SECOND, Stage.CHECKED_IN, asks=("channel",), offers=("text",), guards=(guards.CONTACT_WANTED, guards.DAY_REACHED, guards.NO_NEWER_CASE)),
    Move("complain_again", SECOND, Stage.WORKING, asks=("text",)),
    Move("skip_second_chance", SECOND, Stage.CLOSED, Outcome.SETTLED, asks=("reason",)),
    Move("win_back", CHECKED_IN, Stage.CLOSED, Outcome.WON_BACK, asks=("reason",)),
    Move("lose", CHECKED_IN, Stage.CLOSED, Outcome.LOST, asks=("reason",)),
    Move("hear_new_problem", CHECKED_IN, Stage.WORKING, asks=("text",)),
    Move("settle_check_in", CHECKED_IN, Stage.CLOSED, Outcome.SETTLED, offers=("reason",), guards=(guards.ANSWER_OVERDUE, guards.NOT_ANSWERED)),
    Move("return_to_work", ESCALATED, Stage.WORKING, asks=("reason",)),
    Move("return_to_answer", ESCALATED, Stage.ACKNOWLEDGE, asks=("reason",)),
    Move("return_to_watch", ESCALATED, Stage.WATCHED, asks=("reason",)),
    Move("keep_escalated", ESCALATED, Stage.ESCALATED, asks=("reason",), renews=(Kind.ESCALATION_REVIEW,)),
    Move("refer", ESCALATED, Stage.CLOSED, Outcome.REFERRED, asks=("reason",)),
    Move("keep_watching", WATCHED, Stage.WATCHED, offers=("reason",), renews=(Kind.WATCH_REVIEW,)),
    Move("see_hostility", WATCHED, Stage.WATCHED, asks=("text",), renews=(Kind.WATCH_REVIEW, Kind.WATCH_CLOSE)),
    Move("recognise_customer", WATCHED, Stage.ACKNOWLEDGE, asks=("severity", "stance"), offers=TRIAGE),
    Move("let_go_watched", WATCHED, Stage.CLOSED, Outcome.LET_GO, offers=("reason",), guards=(guards.WATCHED_OUT,)),
    Move("keep_draft", DRAFTED, None, asks=("text",), offers=DRAFT, guards=reply_guards.KEEPING),
    Move("submit_draft", DRAFTED, None, asks=("text",), offers=(*DRAFT, "reader"), guards=reply_guards.DRAFTING, renews=(Kind.APPROVAL,)),
    Move("approve", DRAFTED, None, offers=("text", "reason"), guards=reply_guards.READING),
    Move("reject", DRAFTED, None, asks=("reason",), guards=reply_guards.READING),
    Move("release_draft", DRAFTED, None, asks=("reason",), guards=(reply_guards.HELD,)),
    Move("end_public_thread", SPEAKING, None, offers=("reason",), guards=(reply_guards.THREAD_OPEN, reply_guards.PLAN_GIVEN, reply_guards.PLACE_GIVEN)),
    Move("resume_public_thread", SPEAKING, None, asks=("reason",), guards=(reply_guards.THREAD_ENDED,)),
    Move("escalate", tuple(s for s in OPEN_STAGES if s is not Stage.ESCALATED), Stage.ESCALATED, asks=("reason",), offers=("severity", "nature")),
    Move("concede", OPEN_STAGES, Stage.CLOSED, Outcome.CONCEDED, asks=("reason",), guards=(guards.TRIAGED, guards.LEAD_WHEN_SEVERE)),
    Move("let_go", OPEN_STAGES, Stage.CLOSED, Outcome.LET_GO, asks=("reason",), guards=(guards.TRIAGED, guards.LEAD_WHEN_SEVERE)),
    Move("block", OPEN_STAGES, Stage.CLOSED, Outcome.BLOCKED, asks=("reason", "proof_url", "review_on")),
    Move("join", OPEN_STAGES, Stage.CLOSED, Outcome.DUPLICATE, asks=("duplicate_of",), guards=(guards.NO_THREAT_HELD,)),
    Move("reopen", ENDED, Stage.WORKING, asks=("reason",), guards=(guards.REOPENABLE,)),
    Move("reopen_to_answer", ENDED, Stage.ACKNOWLEDGE, asks=("reason",), guards=(guards.REOPENABLE,)),
)  # fmt: skip

ANSWERS = {
    "keep_draft": (Kind.REWRITE,),
    "submit_draft": (Kind.REWRITE,),
    "approve": (Kind.APPROVAL,),
    "reject": (Kind.APPROVAL,),
}
"""What is done by a move that stays and renews something else, or nothing."""

OWED_AFTER = {"block": (Kind.BLOCK_REVIEW,)}
"""What a closing move leaves behind, on the day that it asks for."""

BY_NAME = {move.name: move for move in MOVES}


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a move does to the case's follow-ups.

    `done` was owed and has been done by this very move, `dropped` is owed no more, `made` is owed from now on,
    `paused` waits for the person, `resumed` runs again.
    """

    done: frozenset[Kind]
    dropped: frozenset[Kind]
    made: tuple[Kind, ...]
    paused: frozenset[Kind]
    resumed: frozenset[Kind]


OUTWARD = frozenset({"contact_in_private", "ask_them", "ping", "check_in"})
"""Moves by which we write, through a channel that is chosen: it may be a public one."""


def refusal(
    move: Move, facts: CaseFacts, *, by: Mover, now: datetime, channel: Channel | None = None
) -> str | None:
    """Why this move may not be made now, through a channel: a sentence for the catalogue, None when it may."""
    if facts.stage not in move.sources:
        return guards.NOT_FROM_HERE
    if facts.is_silenced and channel is Channel.PUBLIC_REPLY and move.name in OUTWARD:
        return reply_guards.hold_sentence(facts.threat_hold)
    return next((guard.sentence for guard in move.guards if not guard.holds(facts, by, now)), None)


def still_asked(move: Move, facts: CaseFacts) -> tuple[str, ...]:
    """What a member must say with it; the proof of a block stands with its measure, where there is one."""
    return tuple(ask for ask in move.asks if not (ask == "proof_url" and facts.has_measure))


def legal(facts: CaseFacts, *, by: Mover, now: datetime) -> tuple[Move, ...]:
    """The moves that this member may make now, the most likely first: the next-step card shows these alone."""
    return tuple(move for move in MOVES if refusal(move, facts, by=by, now=now) is None)


def onward(facts: CaseFacts, *, by: Mover, now: datetime) -> dict[Stage, tuple[Move, ...]]:
    """The legal moves that bring a case into another open stage, by that stage, the most likely first."""
    found: dict[Stage, tuple[Move, ...]] = {}
    for move in legal(facts, by=by, now=now):
        if move.target in OPEN_STAGES and move.target is not facts.stage:
            found[move.target] = (*found.get(move.target, ()), move)
    return found


def at_once(kind: Kind, facts: CaseFacts, *, by: Mover, now: datetime) -> Move | None:
    """The move by which a duty is done with one press: the only legal one that does it and asks for nothing.

    None where there is a choice or something to say, and for a draft: it is approved by who has read it.
    """
    if kind is Kind.APPROVAL:
        return None
    able = [move for move in legal(facts, by=by, now=now) if not move.asks and _does(move, kind, facts)]
    return able[0] if len(able) == 1 else None


def _does(move: Move, kind: Kind, facts: CaseFacts) -> bool:
    """Closing a case drops what is owed, but for what was owed for this very decision: there it is the deed."""
    effect = consequences(move, facts)
    return kind in effect.done or (KINDS[kind].concludes and kind in effect.dropped)


def consequences(move: Move, facts: CaseFacts) -> Consequences:
    """What becomes of the live follow-ups.

    A move that stays answers what it renews. Any other ends the duties of the stage that was left: done when the
    case goes on, dropped when it is closed or handed over. Promises outlive every open stage; `resolve_by` is
    paused while we wait and runs again when we work.
    """
    had = frozenset(facts.due)
    if move.keeps_stage:
        made = _renewed(move, facts)
        answered = frozenset(ANSWERS.get(move.name, ())) | frozenset(move.renews)
        return Consequences(had & answered, frozenset(), made, frozenset(), frozenset())
    target = move.target or facts.stage
    kept = had & SURVIVES.get(target, OUTLIVE_STAGE)
    if facts.stage is Stage.CLOSED:
        kept -= ENDED_BY_REOPENING
    left = had - kept
    given_up = target in (Stage.CLOSED, Stage.ESCALATED)
    made = tuple(kind for kind in STAGE_FOLLOW_UPS[target] if kind not in kept) + OWED_AFTER.get(
        move.name, ()
    )
    clock = kept & {Kind.RESOLVE_BY}
    waits = target is Stage.WAITING
    return Consequences(
        done=frozenset() if given_up else left,
        dropped=left if given_up else frozenset(),
        made=made,
        paused=clock if waits else frozenset(),
        resumed=frozenset() if waits else clock,
    )


def _renewed(move: Move, facts: CaseFacts) -> tuple[Kind, ...]:
    if move.name == "ping":
        another = facts.pings + 1 < guards.allowed_pings(facts.severity)
        return (Kind.WAIT_PING,) if another else (Kind.WAIT_CLOSE,)
    return move.renews
