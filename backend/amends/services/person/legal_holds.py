"""Legal holds: a case, or every case of a person, must not be erased or removed until somebody lifts it."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, convert, run, transaction
from amends.errors import Forbidden, Invalid, NotFound
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.case import stored_texts
from amends.rules.case.texts import typed_text
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Language, Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import access, locks, timeline
from amends.services.case.authors import SAME_PERSON
from amends.services.case.legal_hold_checks import LIVE, Hold
from amends.services.follow_up import follow_ups
from amends.services.person import people
from amends.services.team import audit, calendars, members
from amends.services.team.members import Act

REASON_LIMIT = 2_000


class LegalHoldNotYours(Forbidden):
    "Only leads and admins place and lift legal holds. Ask one of them."


class LegalHoldUnknown(NotFound):
    "There is no such legal hold, or it was lifted."


class LegalHoldWithoutReason(Invalid):
    """Say why."""


class LegalHoldWithoutReview(Invalid):
    """Choose the day on which someone looks whether it is still needed."""


OF_PERSON = f"""
{LIVE} WHERE h.lifted_at IS NULL AND (
    h.person = (SELECT a.person FROM author AS a WHERE a.id = :author)
    OR (SELECT held.author FROM case_file AS held WHERE held.id = h."case") IN ({SAME_PERSON})
    OR EXISTS (
        SELECT 1 FROM post JOIN capture ON capture.post = post.id
        WHERE post."case" = h."case" AND capture.author IN ({SAME_PERSON})
    )
) ORDER BY h.placed_at
"""
"""Asked of each hold that stands: a team has few of them, and a person may have written much."""
ONE = f"{LIVE} WHERE h.id = :hold_id AND h.lifted_at IS NULL"
DUE = f"""
{LIVE} WHERE h.lifted_at IS NULL AND h.review_on <= :today AND NOT EXISTS (
    SELECT 1 FROM follow_up AS f WHERE f.id = h.follow_up AND f.state = 'due'
) ORDER BY h.review_on LIMIT 20
"""
"""Those whose review has come and is owed by nobody, for Today."""


async def of_person(author: UUID) -> list[Hold]:
    """The holds of a person, of their cases, and of cases of others on which they wrote."""
    return [convert(row, Hold) for row in await run(OF_PERSON, author=author)]


async def find(hold_id: UUID) -> Hold:
    """A hold that stands. Raises LegalHoldUnknown."""
    rows = await run(ONE, hold_id=hold_id)
    if not rows:
        raise LegalHoldUnknown
    return convert(rows[0], Hold)


def account_of(hold: Hold) -> UUID:
    """An account of the person that it is on. Raises LegalHoldUnknown where none is left."""
    if hold.account is None:
        raise LegalHoldUnknown
    return hold.account


async def due(*, today: date) -> list[Hold]:
    """The holds that somebody should look at."""
    return [convert(row, Hold) for row in await run(DUE, today=today)]


async def place(
    act: Act, *, number: int | None = None, author: UUID | None = None, reason: str, review_on: date | None
) -> None:
    """Places a hold on a case; or on the person behind an account, so on all their cases, also later ones.

    Raises LegalHoldNotYours, LegalHoldWithoutReason, LegalHoldWithoutReview, CaseUnknown, AuthorUnknown.
    """
    said, day = _checked(act, reason, review_on)
    async with transaction():
        of, on, cases = await (_on_case(act, number) if number is not None else _on_person(act, author))
        made = uuid4()
        row: dict[str, Any] = {"reason": said, "review_on": day, "placed_by": act.by.id, of: on}
        await add(tables.LegalHold, id=made, placed_at=act.now, **row)
        await _owe(made, [*cases], day, owner=act.by.id, now=act.now)
        await _tell(act, cases, of=of, deed="placed", reason=said, review_on=day.isoformat())
        await _audit(act, AuditKind.LEGAL_HOLD_PLACED, cases.values(), of=of, until=day.isoformat())


async def _on_case(act: Act, number: int) -> tuple[str, UUID, dict[UUID, int]]:
    case = await access.take_to_write(number, by=act.by)
    return "case", case.id, {case.id: number}


async def _on_person(act: Act, author: UUID | None) -> tuple[str, UUID, dict[UUID, int]]:
    assert author is not None
    await locks.hold_accounts([author])
    person = await people.person_of(author, now=act.now)
    return "person", person, await _cases(author)


async def look_again(act: Act, hold_id: UUID, *, reason: str, review_on: date | None) -> None:
    """A hold is still needed, for this reason, until another day.

    Raises LegalHoldNotYours, LegalHoldUnknown, LegalHoldWithoutReason, LegalHoldWithoutReview.
    """
    said, day = _checked(act, reason, review_on)
    table = tables.LegalHold
    async with transaction():
        rows = (
            await table.update({table.review_on: day})
            .where((table.id == hold_id) & table.lifted_at.is_null())
            .returning(table.case, table.person, table.follow_up)
        )
        if not rows:
            raise LegalHoldUnknown
        of, cases = await _of(rows[0])
        await _settle(act, rows[0]["follow_up"])
        await _owe(hold_id, [*cases], day, owner=act.by.id, now=act.now)
        await _tell(act, cases, of=of, deed="reviewed", reason=said, review_on=day.isoformat())
        await _audit(act, AuditKind.LEGAL_HOLD_CHANGED, cases.values(), of=of, until=day.isoformat())


async def lift(act: Act, hold_id: UUID, *, reason: str) -> None:
    """Lifts a hold, and says why. Raises LegalHoldNotYours, LegalHoldUnknown, LegalHoldWithoutReason."""
    _must_lead(act)
    said = _reason(reason)
    table = tables.LegalHold
    async with transaction():
        rows = (
            await table.update(
                {table.lifted_by: act.by.id, table.lifted_at: act.now, table.lifted_reason: said}
            )
            .where((table.id == hold_id) & table.lifted_at.is_null())
            .returning(table.case, table.person, table.follow_up)
        )
        if not rows:
            raise LegalHoldUnknown
        of, cases = await _of(rows[0])
        await _settle(act, rows[0]["follow_up"])
        await _tell(act, cases, of=of, deed="lifted", reason=said)
        await _audit(act, AuditKind.LEGAL_HOLD_LIFTED, cases.values(), of=of)


async def _of(row: Mapping[str, Any]) -> tuple[str, dict[UUID, int]]:
    if row["case"]:
        numbers = await tables.Case.select(tables.Case.number).where(tables.Case.id == row["case"])
        return "case", {row["case"]: numbers[0]["number"]}
    rows = await run("SELECT id FROM author WHERE person = :person LIMIT 1", person=row["person"])
    return "person", await _cases(rows[0]["id"]) if rows else {}


def _must_lead(act: Act) -> None:
    if not act.by.role.reaches(Role.LEAD):
        raise LegalHoldNotYours


def _checked(act: Act, reason: str, review_on: date | None) -> tuple[str, date]:
    _must_lead(act)
    said = _reason(reason)
    if review_on is None or review_on <= act.now.date():
        raise LegalHoldWithoutReview(
            fields={"review_on": _("Choose a day ahead on which someone looks whether it is still needed.")}
        )
    return said, review_on


def _reason(reason: str) -> str:
    said = typed_text(reason, limit=REASON_LIMIT, field="reason")
    if not said:
        raise LegalHoldWithoutReason(fields={"reason": _("Say why: it stays on the timeline.")})
    return said


async def _owe(hold: UUID, cases: Sequence[UUID], day: date, *, owner: UUID | None, now: datetime) -> None:
    """Step: they look again on that day; of a person on their newest case, if there is one."""
    case = await tables.Case.objects().where(tables.Case.id == cases[-1]).first() if cases else None
    if case is None:
        return
    kind, due_at = FollowUpKind.LEGAL_HOLD_REVIEW, await calendars.review_at(day)
    words = _(stored_texts.HOLD_REVIEW)
    made = await follow_ups.make(case, kind, start=now, now=now, due_at=due_at, owner=owner, words=words)
    await tables.LegalHold.update({tables.LegalHold.follow_up: made}).where(tables.LegalHold.id == hold)


UNOWED = """
SELECT h.id FROM legal_hold AS h WHERE h.lifted_at IS NULL AND h.follow_up IS NULL
AND (h."case" IS NOT NULL OR EXISTS (
    SELECT 1 FROM author AS a JOIN case_file AS c ON c.author = a.id WHERE a.person = h.person))
ORDER BY h.placed_at LIMIT 20
"""
"""Holds that were placed before their review was a follow-up, or whose case went with it."""


async def owe_missing_reviews(*, now: datetime) -> int:
    """Has the review of each such hold owed by whoever placed it: of how many."""
    rows = await run(UNOWED)
    for row in rows:
        async with transaction():
            await _owe_missing(row["id"], now=now)
    return len(rows)


async def _owe_missing(hold: UUID, *, now: datetime) -> None:
    table = tables.LegalHold
    columns = (table.case, table.person, table.follow_up, table.placed_by, table.review_on, table.lifted_at)
    row = (await table.select(*columns).where(table.id == hold))[0]
    _of_what, cases = await _of(row)
    if row["follow_up"] is None and row["lifted_at"] is None:
        owner = await members.find(row["placed_by"]) if row["placed_by"] else None
        with use_language(owner.language if owner else Language.ENGLISH):
            await _owe(hold, [*cases], row["review_on"], owner=owner.id if owner else None, now=now)


async def _settle(act: Act, follow_up: UUID | None) -> None:
    """Step: somebody has looked; what was dropped meanwhile stays so."""
    owed = tables.FollowUp
    if follow_up and await owed.exists().where((owed.id == follow_up) & (owed.state == FollowUpState.DUE)):
        done = {"state": FollowUpState.DONE, "settled_at": act.now, "next_at": None}
        await follow_ups.change(follow_up, done)


CASES = f"SELECT id, number FROM case_file WHERE author IN ({SAME_PERSON}) ORDER BY number"


async def _cases(author: UUID) -> dict[UUID, int]:
    """Step: the cases of a person, held: number by id."""
    cases = {row["id"]: row["number"] for row in await run(CASES, author=author)}
    await locks.hold_cases(set(cases.values()))
    return cases


async def _audit(act: Act, kind: AuditKind, numbers: Iterable[int], **told: str) -> None:
    """Step: the log names cases and nobody: of a person their first one."""
    await audit.record(kind, by=act.by, now=act.now, about=min(numbers, default=""), **told)


async def _tell(act: Act, cases: Iterable[UUID], **told: Any) -> None:  # noqa: ANN401 - as `record`
    for case in cases:
        await timeline.record(case, EntryKind.LEGAL_HOLD, by=act.by, now=act.now, **told)
