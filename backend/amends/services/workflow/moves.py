"""Moves of a case and their undo: stage, follow-ups and one entry in a transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.follow_up.kinds import OUTLIVE_STAGE
from amends.rules.person.customer_links import ContactRequest, after
from amends.rules.vocabulary import CustomerStatus, EntryKind, FollowUpState, Stage
from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.workflow.guards import NOT_FROM_HERE, CaseFacts, Mover
from amends.rules.workflow.move_input import MoveInput, cleaned
from amends.rules.workflow.moves import BY_NAME, Consequences, Move, consequences, refusal, still_asked
from amends.services.case import attachments, locks, timeline, undelivered
from amends.services.case.access import facts_of, mover_of, take
from amends.services.case.offered_files import Attached
from amends.services.follow_up import follow_ups, remedies, rewrites, threat_plans
from amends.services.nudge import nudges
from amends.services.person import customer_links, people
from amends.services.reply import approvals, drafts
from amends.services.team import calendars, members
from amends.services.team.members import Act, Member
from amends.services.workflow import joins, mail_withdrawals, public_endings, severities, undo_snapshots


class MoveUnknown(Invalid):
    "Unknown action."


class MoveRefused(Conflict):
    "This action is not possible now."


class MoveIncomplete(Invalid):
    "Something is missing for this action."


async def make(
    act: Act,
    number: int,
    name: str,
    given: MoveInput,
    *,
    version: int | None = None,
    attached: Attached | None = None,
) -> UUID:
    """Moves a case; returns the id under which the move can be undone for half a minute.

    Who moves a case that nobody owns becomes its owner. What is `attached` stays when the move is undone, as
    its entry does. Raises CaseUnknown, CaseChanged, MoveUnknown, MoveRefused (with the sentence of the
    guard), MoveIncomplete (with a sentence for each field), FileRefused.
    """
    move = BY_NAME.get(name)
    if move is None:
        raise MoveUnknown(_("Unknown action “%(name)s”.") % {"name": name[:40]})
    words = cleaned(given)
    async with transaction():
        await hold(number, words)
        case = await take(number, by=act.by, version=version)
        files = await attachments.attach(act, case.id, attached)
        return await step(act, case, move, await facts_of(case), words, told={"files": files})


async def hold(number: int, words: MoveInput) -> None:
    """Step: before the case is taken, all others that a move with these words may reach."""
    others = [] if words.duplicate_of is None else [words.duplicate_of]
    if words.customer_status:
        await locks.hold_person(number, *others)
    elif others:
        await locks.hold_cases((number, *others))


async def step(
    act: Act,
    case: tables.Case,
    move: Move,
    facts: CaseFacts,
    words: MoveInput,
    *,
    told: dict[str, Any] | None = None,
) -> UUID:
    """Step: one move of a held case with clean particulars; its entry tells what is `told`, too.

    Raises MoveRefused, MoveIncomplete, for a draft also DraftQuestioned and DraftIncomplete.
    """
    _check(move, facts, words, by=await mover_of(act.by, now=act.now), now=act.now)
    if move.name == "deliver_remedy":
        await remedies.must_be_within(act, case)
    weighed = await drafts.weigh(act, case, move, facts, words)
    if facts.stage is Stage.CLOSED and case.owner and (await members.find(case.owner)).disabled:
        case.owner = None  # a closed case keeps who had it; open again it is whose who opens it
    undo_id = await undo_snapshots.take(act, case, move=move.name)
    reply = (words.text or case.draft) if move.counts == "public_replies" else ""
    changes = weighed.changes | await _counted_already(case, move, words)
    await _apply(case, move, facts, words, changes, by=act.by, now=act.now)
    await _record(case.id, move, facts, words, weighed.told | (told or {}), by=act.by, now=act.now)
    await customer_links.note_posting(act, case, reply, move=move.name)
    return undo_id


async def _counted_already(case: tables.Case, move: Move, words: MoveInput) -> dict[str, Any]:
    """A reply that a browser saw on the site was counted then, and counts no second time."""
    if move.counts != "public_replies" or not words.reply_url:
        return {}
    told = (entry.particulars for entry in await timeline.of_case(case.id))
    seen = any(one.get("seen") and one.get("url") == words.reply_url for one in told)
    return {move.counts: case.public_replies} if seen else {}


async def heard(
    case: tables.Case, move: Move, words: MoveInput, told: dict[str, Any], *, now: datetime
) -> None:
    """Step: the move that it is when the person writes; `told` is what they gave besides their words.

    Nobody of ours made it, so nobody of ours can take it back. Raises MoveRefused.
    """
    if (facts := await facts_of(case)).stage not in move.sources:
        raise MoveRefused(_(NOT_FROM_HERE))
    await _apply(case, move, facts, words, {"came_back_at": now}, by=None, now=now)
    await _record(case.id, move, facts, words, told, by=None, now=now)


def _check(move: Move, facts: CaseFacts, words: MoveInput, *, by: Mover, now: datetime) -> None:
    if sentence := refusal(move, facts, by=by, now=now, channel=words.channel):
        raise MoveRefused(_(sentence))
    missing = [ask for ask in still_asked(move, facts) if getattr(words, ask) in (None, "")]
    if missing:
        raise MoveIncomplete(
            _("Fill in what is missing."), fields={field: _("Required.") for field in missing}
        )
    if words.review_on is not None and "review_on" in move.asks and words.review_on <= now.date():
        raise MoveIncomplete(fields={"review_on": _("Choose a day after today.")})


async def _apply(
    case: tables.Case,
    move: Move,
    facts: CaseFacts,
    words: MoveInput,
    weighed: dict[str, Any],
    *,
    by: Member | None,
    now: datetime,
) -> None:
    changes = _changes(case, move, words, by=by, now=now) | weighed
    if case.snoozed_until and not move.keeps_stage:
        await follow_ups.begin_again(case.id, at=now)  # a move wakes; what outlives it has slept too
    await tables.Case.update({getattr(tables.Case, name): value for name, value in changes.items()}).where(
        tables.Case.id == case.id
    )
    unowned, weighed_before = case.owner is None, case.severity
    for name, value in changes.items():
        setattr(case, name, value)
    made = await _settle(case, consequences(move, facts), words, move=move, now=now)
    await public_endings.after(case, move, facts, now=now)
    if unowned and case.owner:
        await follow_ups.hand_over(case.id, owner=case.owner, now=now)
    await severities.adopt(case, severities.between(weighed_before, case.severity), now=now)
    review = made.get(Kind.ESCALATION_REVIEW)
    if review and not move.keeps_stage:  # after the hand-over, which makes older nudges untrue
        await nudges.tell_of_escalation(review, now)
    await remedies.after(case.id, move.name, now=now)
    await undelivered.after(case.id, move.name, now=now)
    if by is not None:
        await _tell_others(Act(by, now), case, move, words, said=changes.get("customer_status"))
    await follow_ups.refresh(case.id)


async def _tell_others(
    act: Act, case: tables.Case, move: Move, words: MoveInput, *, said: CustomerStatus | None
) -> None:
    """Step: what a member's move means for a colleague, another case, or the person's other cases."""
    if move.name == "reject":
        await rewrites.ask(act, case, words.reason or "")
    if said and case.author:
        await people.spread_status(act, case.author, said)
    if move.name == "join" and words.duplicate_of is not None:
        await joins.into(act, case, words.duplicate_of)


async def _settle(
    case: tables.Case, effect: Consequences, words: MoveInput, *, move: Move, now: datetime
) -> dict[Kind, UUID | None]:
    """Step: what becomes of the follow-ups; those that were made, by kind."""
    if move.name == "join":  # promises and reminders move with the posts; the rest is not owed twice
        effect = Consequences(frozenset(), effect.dropped - OUTLIVE_STAGE, (), frozenset(), frozenset())
    await follow_ups.settle(case.id, effect.done, state=FollowUpState.DONE, now=now)
    await follow_ups.settle(case.id, effect.dropped, state=FollowUpState.DROPPED, now=now)
    for kind in effect.paused:
        await follow_ups.pause(case, kind, now=now)
    for kind in effect.resumed:
        await follow_ups.resume(case, kind, now=now)
    return {kind: await _owe(case, kind, words, move=move, now=now) for kind in effect.made}


async def _owe(case: tables.Case, kind: Kind, words: MoveInput, *, move: Move, now: datetime) -> UUID | None:
    start, occurrence = now, 1
    if kind is Kind.ACKNOWLEDGE and move.name == "answer":
        # people count from when they wrote, not from when we read (P22); a backlog from its own day
        start = await follow_ups.begun_at(case.id, Kind.TRIAGE) or case.opened_at
    if kind in (Kind.WAIT_PING, Kind.WAIT_CLOSE) and move.keeps_stage:
        start, occurrence = case.moved_at, case.pings + 1
    if kind is Kind.WATCH_REVIEW and move.keeps_stage:
        occurrence = 2
    day = words.review_on if kind in (Kind.WATCH_REVIEW, Kind.BLOCK_REVIEW) else None
    chosen = await calendars.review_at(day) if day else None
    made = await follow_ups.make(case, kind, start=start, now=now, occurrence=occurrence, due_at=chosen)
    if made and kind is Kind.APPROVAL:
        reader = await approvals.reader_of(case, wanted=words.reader, now=now)
        await follow_ups.change(made, {"owner": reader})
    return made


def _changes(
    case: tables.Case, move: Move, words: MoveInput, *, by: Member | None, now: datetime
) -> dict[str, Any]:
    changes: dict[str, Any] = {"came_back_at": None, "owner": case.owner or (by.id if by else None)}
    asked = ContactRequest(case.contact_request) if case.contact_request else None
    changes["contact_request"] = after(asked, move.name)
    changes |= {
        name: getattr(words, name)
        for name in ("severity", "nature", "stance", "customer_status", "fault", "review_on")
        if name in move.asks + move.offers and getattr(words, name) is not None
    }
    if case.stage == Stage.NEW and words.stance:  # what was decided about a post stays with its case
        changes["stance"] = words.stance
    if move.counts:
        changes[move.counts] = getattr(case, move.counts) + 1
    if not move.keeps_stage:
        changes |= {"stage": move.target, "moved_at": now, "snoozed_until": None}
        if move.name != "check_in":  # a customer may answer before we write down that we asked
            changes["check_in_answer"] = None
    if move.target is Stage.CLOSED:
        changes |= {"outcome": move.outcome, "closed_at": now}
    elif case.stage == Stage.CLOSED:
        changes |= {"outcome": None, "closed_at": None}
    return changes | _by_name(move, words)


def _by_name(move: Move, words: MoveInput) -> dict[str, Any]:
    match move.name:
        case "finish_step":
            return {"next_step": words.next_step}
        case "deliver_remedy":
            return {"remedy": words.remedy}
        case "confirm_fix":
            return {"second_chance_used": True}
        case "contact_in_private" | "ask_in_public" | "ask_them":
            return {"pings": 0}
    return {}


async def _record(
    case_id: UUID,
    move: Move,
    facts: CaseFacts,
    words: MoveInput,
    told: dict[str, Any],
    *,
    by: Member | None,
    now: datetime,
) -> None:
    said = {name: value for name, value in words.named().items() if name in move.asks + move.offers}
    await timeline.record(
        case_id,
        EntryKind.REOPENED if facts.stage is Stage.CLOSED else EntryKind.MOVED,
        by=by,
        actor="system" if by else "author",
        now=now,
        channel=said.pop("channel", None),
        move=move.name,
        before=facts.stage,
        after=move.target or facts.stage,
        outcome=move.outcome,
        **said,
        **told,
    )


async def undo(act: Act, number: int, undo_id: UUID) -> None:
    """Puts the case and what is owed on it back to the second. Raises CaseUnknown, UndoGone."""
    async with transaction():
        await locks.hold_cases(await undo_snapshots.reaches(number, undo_id))
        case = await take(number, by=act.by)
        move = await undo_snapshots.restore(act, case, undo_id)
        await mail_withdrawals.take_back(undo_id, now=act.now)
        if move in BY_NAME and BY_NAME[move].counts == "public_replies":
            await drafts.forget_use(case.id, since=act.now - undo_snapshots.UNDO_FOR)
            await customer_links.forget_posting(case.id, since=act.now - undo_snapshots.UNDO_FOR)
        if move == "deliver_remedy":
            await remedies.not_delivered(case.id, since=act.now - undo_snapshots.UNDO_FOR, now=act.now)
        await threat_plans.unflag(act, case.id, since=act.now - undo_snapshots.UNDO_FOR)
        await follow_ups.refresh(case.id)
        if case.duplicate_of:
            await follow_ups.refresh(case.duplicate_of)
        await timeline.record(case.id, EntryKind.UNDONE, by=act.by, now=act.now, move=move)
