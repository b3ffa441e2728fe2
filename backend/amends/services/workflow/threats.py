"""Threats: flagging a case, telling contacts, lifting the hold, withdrawing (P18, P68, P71)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Forbidden, Invalid
from amends.i18n import gettext as _
from amends.rules.case import stored_texts
from amends.rules.case.texts import clean_name, typed_text
from amends.rules.vocabulary import (
    DossierGiven,
    EntryKind,
    FollowUpKind,
    FollowUpState,
    Nature,
    Severity,
    Stage,
    Telling,
    ThreatDeed,
)
from amends.rules.workflow import threats as rules
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import BY_NAME
from amends.services.case import threats, timeline
from amends.services.case.access import facts_of, must_be_open, take
from amends.services.case.threats import ThreatShown
from amends.services.follow_up import follow_ups, threat_plans
from amends.services.nudge import nudges
from amends.services.team.members import Act
from amends.services.workflow import moves, severities, threat_returns

TEXT_LIMIT = 2_000
NAME_LIMIT = 80


class NotFlagged(Conflict):
    "This case is not flagged as a threat."


class HoldNotYours(Forbidden):
    "Only a lead may lift the hold. Ask one."


class ThreatReviewed(Conflict):
    "This case is no longer escalated. Escalate it again to tell the leads."


class WithdrawalNotYours(Forbidden):
    "Only a lead, or who flagged it, may say that it was no threat."


class ThreatReasonMissing(Invalid):
    """Say why."""


class NobodyTold(Invalid):
    """Say who was told."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Who was told, how, and what they got of the dossier."""

    name: str = ""
    how: Telling = Telling.PHONE
    dossier: DossierGiven = DossierGiven.NONE
    words: str = ""


async def flag(act: Act, number: int) -> None:
    """Escalates a case as a threat: those on duty, else leads, are told, replies held, the plan begun.

    Flagged already, it stays as it is. Raises CaseUnknown, CaseIsClosed.
    """
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        if await threats.of_case(case.id):
            return
        flagged = tables.Threat(
            id=uuid4(),
            case=case.id,
            stage_before=case.stage,
            severity_before=case.severity,
            nature_before=case.nature,
            flagged_by=act.by.id,
            flagged_at=act.now,
        )
        await _escalate(act, case)
        flagged.checklist = await threat_plans.begin(act, case)
        await tables.Threat.insert(flagged)
        await follow_ups.refresh(case.id)
        await _record(act, case.id, ThreatDeed.FLAGGED)


async def _escalate(act: Act, case: tables.Case) -> None:
    """Step: by the table of moves; one that is escalated already stays so, and its leads are told again."""
    reason = _(stored_texts.THREAT)
    if case.stage != Stage.ESCALATED:
        words = MoveInput(reason=reason, severity=Severity.S1, nature=Nature.THREAT)
        await moves.step(act, case, BY_NAME["escalate"], await facts_of(case), words)
        return
    await _weigh_as_threat(case, now=act.now)
    again = BY_NAME["keep_escalated"]
    await moves.step(act, case, again, await facts_of(case), MoveInput(reason=reason))
    for review in await _reviews(case.id):
        await nudges.tell_of_escalation(review, act.now)


async def _reviews(case_id: UUID) -> list[UUID]:
    owed = tables.FollowUp
    review = (owed.case == case_id) & (owed.kind == FollowUpKind.ESCALATION_REVIEW)
    rows = await owed.select(owed.id).where(review & (owed.state == FollowUpState.DUE))
    return [row["id"] for row in rows]


async def somebody_is_in_danger(act: Act, number: int) -> None:
    """Every lead is told now, whoever is on duty. Raises CaseUnknown, NotFlagged, ThreatReviewed."""
    async with transaction():
        case = await take(number, by=act.by)
        await _flagged(case)
        reviews = await _reviews(case.id)
        if not reviews:
            raise ThreatReviewed
        for review in reviews:
            await nudges.tell_of_escalation(review, act.now, every_lead=True)
        await _record(act, case.id, ThreatDeed.DANGER)


async def _weigh_as_threat(case: tables.Case, *, now: datetime) -> None:
    """Step: critical, and a threat, for a case whose move to escalated has said less."""
    before = case.severity
    row = tables.Case
    changes: dict[Any, Any] = {row.severity: Severity.S1, row.nature: Nature.THREAT}
    await row.update(changes).where(row.id == case.id)
    case.severity, case.nature = Severity.S1, Nature.THREAT
    await severities.adopt(case, severities.between(before, case.severity), now=now)


async def tell(act: Act, number: int, told: Told) -> None:
    """Keeps that a contact was told: by whom, when, how, and with what.

    Raises CaseUnknown, NotFlagged, NobodyTold.
    """
    name = clean_name(told.name, limit=NAME_LIMIT)
    if not name:
        raise NobodyTold(fields={"name": _("Say who was told.")})
    words = typed_text(told.words, limit=TEXT_LIMIT, field="words")
    async with transaction():
        case = await take(number, by=act.by)
        await _flagged(case)
        given = {"contact": name, "how": told.how.value, "dossier": told.dossier.value, "words": words}
        await _record(act, case.id, ThreatDeed.TOLD, **given)


async def lift(act: Act, number: int, reason: str) -> None:
    """Replies may go out again; the case stays flagged.

    Raises HoldNotYours, ThreatReasonMissing, CaseUnknown, NotFlagged.
    """
    if not rules.may_lift(act.by.role):
        raise HoldNotYours
    why = _said(reason)
    async with transaction():
        case = await take(number, by=act.by)
        threat = await _flagged(case)
        if not threat.on_hold:
            return
        row = tables.Threat
        lifted: dict[Any, Any] = {
            row.on_hold: False,
            row.lifted_by: act.by.id,
            row.lifted_at: act.now,
            row.lifted_reason: why,
        }
        await row.update(lifted).where(row.id == threat.id)
        await _record(act, case.id, ThreatDeed.LIFTED, reason=why)


async def withdraw(act: Act, number: int, reason: str, *, back: str) -> None:
    """It was no threat: the hold ends, the plan stops, severity and nature are what they were.

    `back` is how an escalated case goes on: as it was, or by a move. Raises WithdrawalNotYours,
    ThreatReasonMissing, CaseUnknown, NotFlagged, MoveUnknown, MoveRefused.
    """
    why = _said(reason)
    async with transaction():
        case = await take(number, by=act.by)
        threat = await _flagged(case)
        flagger = threat.flagged_by.id if threat.flagged_by else None
        lifted = threat.lifted_at is not None
        if not rules.may_withdraw(act.by.role, member=act.by.id, flagged_by=flagger, lifted=lifted):
            raise WithdrawalNotYours
        await _weigh_as_before(case, threat)
        await _stop(act, threat, why)
        if case.stage == Stage.ESCALATED:
            await threat_returns.go_on(act, case, threat, back=back, reason=why)
        await _record(act, case.id, ThreatDeed.WITHDRAWN, reason=why)


async def _weigh_as_before(case: tables.Case, threat: ThreatShown) -> None:
    """Step: what the press has set, unless somebody has set it since."""
    changes: dict[str, Any] = {}
    if case.severity == Severity.S1:
        changes["severity"] = threat.severity_before
    if case.nature == Nature.THREAT:
        changes["nature"] = threat.nature_before
    columns = {getattr(tables.Case, name): value for name, value in changes.items()}
    if columns:
        await tables.Case.update(columns).where(tables.Case.id == case.id)
    for name, value in changes.items():
        setattr(case, name, value)


async def _stop(act: Act, threat: ThreatShown, reason: str) -> None:
    """Step: nothing is held or owed for it any more."""
    await threats.end(threat.id, now=act.now)
    if threat.checklist:
        await threat_plans.stop(act, threat.checklist, reason)


async def _flagged(case: tables.Case) -> ThreatShown:
    threat = await threats.of_case(case.id)
    if threat is None:
        raise NotFlagged(_("This case is not flagged as a threat, or no longer. Look at it again."))
    return threat


def _said(reason: str) -> str:
    words = typed_text(reason, limit=TEXT_LIMIT, field="reason")
    if not words:
        raise ThreatReasonMissing(fields={"reason": _("Say why: it stays on the timeline.")})
    return words


async def _record(act: Act, case_id: UUID, deed: ThreatDeed, **told: Any) -> None:  # noqa: ANN401 - of an entry
    await timeline.record(case_id, EntryKind.THREAT, by=act.by, now=act.now, deed=deed.value, **told)
