"""Remedies: offers, approval by a lead, and answers."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import GIVEN, add, columns_of, convert, run, transaction
from amends.errors import Conflict, Forbidden, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case import stored_texts
from amends.rules.case.texts import typed_text
from amends.rules.follow_up.remedies import COUNTED, NEXT, begins, is_within
from amends.rules.vocabulary import EntryKind, FollowUpKind, Nature, RemedyKind, RemedyState, Role
from amends.services.case import locks, timeline
from amends.services.case.access import must_be_open, take
from amends.services.case.authors import SAME_PERSON
from amends.services.follow_up.follow_ups import requests
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member, leads
from amends.services.team.names import Name
from amends.tables.follow_up import in_sql

TEXT_LIMIT = 2_000
ASKS, REQUEST = "remedy_asked", FollowUpKind.REMEDY_REQUEST


class RemedyWithoutWords(Invalid):
    "Enter what is offered, or why it is refused."


class RemedyUnknown(NotFound):
    "Remedy not found."


class RemedySettled(Conflict):
    "This remedy has already been decided."


class OnlyLeadsAgree(Forbidden):
    "Only a lead may approve what exceeds the limit."


class RemedyShown(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was offered; `cost` in hundredths of the currency."""

    id: UUID
    kind: RemedyKind
    words: str
    cost: int | None
    currency: str
    state: RemedyState
    offered_by: Name | None
    agreed_by: Name | None
    decided_by: Name | None
    offered_at: datetime
    settled_at: datetime | None


class RemedyAsked(msgspec.Struct, frozen=True, kw_only=True):
    """One that waits for a lead, with its case."""

    number: int
    title: str
    nature: Nature | None
    remedy: Annotated[RemedyShown, GIVEN]


COLUMNS = f"""
{columns_of(RemedyShown, table="r")}
FROM remedy AS r LEFT JOIN member AS offered_by ON offered_by.id = r.offered_by
LEFT JOIN member AS agreed_by ON agreed_by.id = r.agreed_by
LEFT JOIN member AS decided_by ON decided_by.id = r.decided_by
"""
OF_CASE = f'SELECT {COLUMNS} WHERE r."case" = :case_id ORDER BY r.offered_at, r.id'
ASKED = f"""
SELECT c.number, c.title, c.nature, {COLUMNS} JOIN case_file AS c ON c.id = r."case"
WHERE r.state = 'asked' ORDER BY r.offered_at, r.id LIMIT 100
"""


async def of_case(case_id: UUID) -> list[RemedyShown]:
    """Everything that was offered on a case, oldest first."""
    return [convert(row, RemedyShown) for row in await run(OF_CASE, case_id=case_id)]


async def asked(*, by: Member) -> list[RemedyAsked]:
    """What waits for a lead; nothing for who is none, and never one's own."""
    if not by.role.reaches(Role.LEAD):
        return []
    rows = [row for row in await run(ASKED) if row["offered_by"] != by.id]
    return [convert(row, RemedyAsked, remedy=convert(row, RemedyShown)) for row in rows]


async def offer(act: Act, number: int, *, kind: RemedyKind, words: str, cost: int | None) -> RemedyState:
    """Writes down what is offered; above the team's ceiling the leads are asked first. Returns how it begins.

    What the same person was offered before counts, on whichever of their cases.
    Raises CaseUnknown, CaseIsClosed, RemedyWithoutWords.
    """
    text = _said(words, "words")
    team = await reply_rules.current()
    async with transaction():
        await locks.hold_writer(number)
        case = await take(number, by=act.by)
        must_be_open(case)
        spent = await _spent(case, team.currency)
        state = begins(cost, team.remedy_ceiling, spent=spent, role=act.by.role)
        over = not is_within(cost, team.remedy_ceiling, spent=spent)
        remedy_id = uuid4()
        what: dict[str, Any] = {"kind": kind, "words": text, "cost": cost, "currency": team.currency}
        await add(
            tables.Remedy,
            **what,
            id=remedy_id,
            case=case.id,
            state=state,
            offered_by=act.by.id,
            offered_at=act.now,
            agreed_by=act.by.id if over and state is RemedyState.OFFERED else None,
        )
        await _tell(act, case.id, {**what, "state": state})
        if state is RemedyState.ASKED:
            why = {"step": ASKS, "by": act.by.name, "remedy": str(remedy_id)}
            said = {"name": act.by.name, "words": text}
            await requests.ask(
                REQUEST, case, await leads(), stored_texts.REMEDY_ASKED, said, why=why, now=act.now
            )
    return state


async def decide(act: Act, remedy_id: UUID, *, agree: bool, reason: str) -> int:
    """A lead agrees to what was asked, or does not, and says why; the number of the case.

    Raises RemedyUnknown, RemedySettled, OnlyLeadsAgree, RemedyWithoutWords.
    """
    why = typed_text(reason, limit=TEXT_LIMIT, field="reason") if agree else _said(reason, "reason")
    state = RemedyState.OFFERED if agree else RemedyState.REFUSED
    async with transaction():
        row = await _row(remedy_id)
        if not act.by.role.reaches(Role.LEAD) or row.offered_by == act.by.id:
            raise OnlyLeadsAgree(_("Only a lead may approve what exceeds the limit. Ask one."))
        number = await _settle(act, row, state, reason=why)
        if agree:
            await tables.Remedy.update({tables.Remedy.agreed_by: act.by.id}).where(tables.Remedy.id == row.id)
    return number


async def answer(act: Act, remedy_id: UUID, *, accepted: bool) -> int:
    """What the person said to the offer; the number of the case. Raises RemedyUnknown, RemedySettled."""
    state = RemedyState.ACCEPTED if accepted else RemedyState.DECLINED
    async with transaction():
        row = await _row(remedy_id)
        number = await _settle(act, row, state)
        if accepted:  # what they agreed to is what is delivered
            await tables.Case.update({tables.Case.remedy: row.words}).where(tables.Case.id == row.case)
    return number


SPENT = f"""
SELECT COALESCE(SUM(r.cost), 0) AS spent FROM remedy AS r JOIN case_file AS c ON c.id = r."case"
WHERE r.currency = :currency AND r.state IN ({in_sql(COUNTED)})
AND (c.id = :case_id OR c.author IN ({SAME_PERSON}))
"""  # noqa: S608 - a statement of ours
UNAGREED = """
SELECT COUNT(*) AS unagreed FROM remedy WHERE "case" = :case_id AND state = 'accepted' AND cost > 0
AND agreed_by IS NULL
"""


async def must_be_within(act: Act, case: tables.Case) -> None:
    """Step: what is delivered now is still under the ceiling, or a lead agreed. Raises OnlyLeadsAgree.

    The ceiling may be another one than on the day of the offer, and the person may have got more since.
    """
    team = await reply_rules.current()
    if act.by.role.reaches(Role.LEAD) or team.remedy_ceiling is None:
        return
    unagreed = (await run(UNAGREED, case_id=case.id))[0]["unagreed"]
    if unagreed and await _spent(case, team.currency) > team.remedy_ceiling:
        raise OnlyLeadsAgree(
            _(
                "Together with earlier offers to this customer, this exceeds the limit. Ask a lead "
                "to deliver it."
            )
        )


async def _spent(case: tables.Case, currency: str) -> int:
    """What was offered on a case and on all cases of the same person, and is not refused or declined."""
    rows = await run(SPENT, case_id=case.id, author=case.author or case.id, currency=currency)
    return int(rows[0]["spent"])


async def after(case_id: UUID, move: str, *, now: datetime) -> None:
    """Step: what a move means for them, by its name: one says that what was accepted has been delivered."""
    if move == "deliver_remedy":
        await _all(case_id, RemedyState.ACCEPTED, RemedyState.DELIVERED, now=now)


async def not_delivered(case_id: UUID, *, since: datetime, now: datetime) -> None:
    """Step: that move was taken back."""
    await _all(case_id, RemedyState.DELIVERED, RemedyState.ACCEPTED, since=since, now=now)


def _said(text: str, field: str) -> str:
    words = typed_text(text, limit=TEXT_LIMIT, field=field)
    if not words:
        raise RemedyWithoutWords(fields={field: _("Write something first.")})
    return words


async def _row(remedy_id: UUID) -> tables.Remedy:
    row = await tables.Remedy.objects().where(tables.Remedy.id == remedy_id).first()
    if row is None:
        raise RemedyUnknown
    return row


async def _settle(act: Act, row: tables.Remedy, state: RemedyState, *, reason: str = "") -> int:
    remedy, case = tables.Remedy, tables.Case
    [found] = await case.select(case.number).where(case.id == row.case)
    held = await take(found["number"], by=act.by)
    must_be_open(held)
    current = await _row(row.id)
    if state not in NEXT[RemedyState(current.state)]:
        raise RemedySettled(_("This remedy has already been decided. Look at the case again."))
    now_is: dict[Any, Any] = {remedy.state: state, remedy.settled_at: act.now, remedy.decided_by: act.by.id}
    await remedy.update(now_is).where(remedy.id == row.id)
    if current.state == RemedyState.ASKED:
        await requests.answered(REQUEST, held.id, {"step": ASKS, "remedy": str(row.id)}, now=act.now)
    what = {"kind": row.kind, "words": row.words, "cost": row.cost, "currency": row.currency}
    agreed = current.state == RemedyState.ASKED and state is RemedyState.OFFERED
    await _tell(act, row.case, {**what, "state": state, "agreed": agreed or None, "reason": reason})
    return held.number


async def _all(
    case_id: UUID, before: RemedyState, after: RemedyState, *, now: datetime, since: datetime | None = None
) -> None:
    """Those of a case that stand in one state, since then or ever, stand in another one."""
    remedy = tables.Remedy
    these = (remedy.case == case_id) & (remedy.state == before)
    if since:
        these = these & (remedy.settled_at >= since)
    now_is: dict[Any, Any] = {remedy.state: after, remedy.settled_at: now}
    await remedy.update(now_is).where(these)


async def _tell(act: Act, case_id: UUID, told: dict[str, Any]) -> None:
    plain = {name: getattr(value, "value", value) for name, value in told.items()}
    kind = plain.pop("kind")
    await timeline.record(case_id, EntryKind.REMEDY, by=act.by, now=act.now, remedy_kind=kind, **plain)
