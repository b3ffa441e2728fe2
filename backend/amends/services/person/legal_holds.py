"""Legal holds: a case, or every case of a person, must not be erased or removed until somebody lifts it."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, convert, run, transaction
from amends.errors import Conflict, Forbidden, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.vocabulary import EntryKind, Role
from amends.services.case import access, locks, timeline
from amends.services.case.authors import SAME_PERSON
from amends.services.person import people
from amends.services.team.members import Act
from amends.services.team.names import Name

REASON_LIMIT = 2_000


class LegalHoldNotYours(Forbidden):
    "Only leads and admins place and lift legal holds. Ask one of them."


class LegalHoldUnknown(NotFound):
    "There is no such legal hold, or it was lifted."


class LegalHoldWithoutReason(Invalid):
    """Say why."""


class LegalHoldWithoutReview(Invalid):
    """Choose the day on which someone looks whether it is still needed."""


class UnderLegalHold(Conflict):
    """A legal hold forbids this."""


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A legal hold of a case (`number`) or of a person."""

    id: Annotated[UUID, Selected("h.id")]
    number: Annotated[int | None, Selected("c.number")]
    account: Annotated[
        UUID | None, Selected("(SELECT MIN(CAST(a.id AS TEXT)) FROM author AS a WHERE a.person = h.person)")
    ]
    """One of the person's accounts, which leads to their page."""
    reason: str
    review_on: date
    placed_at: datetime
    placed_by: Annotated[Name | None, Selected("h.placed_by", join="member")]


LIVE = f"""
SELECT {columns_of(Hold, table="h")} FROM legal_hold AS h
LEFT JOIN case_file AS c ON c.id = h."case" LEFT JOIN member ON member.id = h.placed_by
"""
OF_CASE = f"""
{LIVE} WHERE h.lifted_at IS NULL AND (h."case" = :case_id OR h.person = (
    SELECT a.person FROM author AS a JOIN case_file AS held ON held.author = a.id WHERE held.id = :case_id
)) ORDER BY h.placed_at
"""
OF_PERSON = f"""
{LIVE} WHERE h.lifted_at IS NULL AND (
    h.person = (SELECT a.person FROM author AS a WHERE a.id = :author)
    OR h."case" IN (SELECT held.id FROM case_file AS held WHERE held.author IN ({SAME_PERSON}))
) ORDER BY h.placed_at
"""
DUE = f"{LIVE} WHERE h.lifted_at IS NULL AND h.review_on <= :today ORDER BY h.review_on LIMIT 20"
"""Those whose review has come, for Today."""


async def of_case(case_id: UUID) -> list[Hold]:
    """The holds under which a case stands: its own, and those of the person."""
    return [convert(row, Hold) for row in await run(OF_CASE, case_id=case_id)]


async def of_person(author: UUID) -> list[Hold]:
    """The holds of a person and of their cases."""
    return [convert(row, Hold) for row in await run(OF_PERSON, author=author)]


async def due(*, today: date) -> list[Hold]:
    """The holds that somebody should look at."""
    return [convert(row, Hold) for row in await run(DUE, today=today)]


def must_not_be_held(holds: Iterable[Hold]) -> None:
    """Raises UnderLegalHold, with the sentence that says which hold and why."""
    for hold in holds:
        said = {"number": hold.number, "reason": hold.reason}
        raise UnderLegalHold(
            _("A legal hold on case #%(number)s forbids this: %(reason)s. Lift it first.") % said
            if hold.number
            else _("A legal hold on this person forbids this: %(reason)s. Lift it first.") % said
        )


async def hold_case(act: Act, number: int, *, reason: str, review_on: date | None) -> None:
    """Places a hold on a case.

    Raises LegalHoldNotYours, LegalHoldWithoutReason, LegalHoldWithoutReview, CaseUnknown.
    """
    said, day = _checked(act, reason, review_on)
    async with transaction():
        case = await access.take_to_write(number, by=act.by)
        await _place(act, said, day, case=case.id)
        await _tell(act, [case.id], of="case", deed="placed", reason=said, review_on=day.isoformat())


async def hold_person(act: Act, author: UUID, *, reason: str, review_on: date | None) -> None:
    """Places a hold on a person, so on all their cases, also later ones.

    Raises LegalHoldNotYours, LegalHoldWithoutReason, LegalHoldWithoutReview, AuthorUnknown.
    """
    said, day = _checked(act, reason, review_on)
    async with transaction():
        await locks.hold_accounts([author])
        person = await people.person_of(author, now=act.now)
        cases = await _cases(author)
        await _place(act, said, day, person=person)
        await _tell(act, cases, of="person", deed="placed", reason=said, review_on=day.isoformat())


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
            .returning(table.case, table.person)
        )
        if not rows:
            raise LegalHoldUnknown
        of, cases = await _of(rows[0])
        await _tell(act, cases, of=of, deed="lifted", reason=said)


async def _of(row: Mapping[str, Any]) -> tuple[str, list[UUID]]:
    if row["case"]:
        return "case", [row["case"]]
    rows = await run("SELECT id FROM author WHERE person = :person LIMIT 1", person=row["person"])
    return "person", await _cases(rows[0]["id"]) if rows else []


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


async def _place(
    act: Act, reason: str, day: date, case: UUID | None = None, person: UUID | None = None
) -> None:
    await add(
        tables.LegalHold,
        id=uuid4(),
        reason=reason,
        review_on=day,
        placed_by=act.by.id,
        placed_at=act.now,
        case=case,
        person=person,
    )


CASES = f"SELECT id, number FROM case_file WHERE author IN ({SAME_PERSON}) ORDER BY number"


async def _cases(author: UUID) -> list[UUID]:
    rows = await run(CASES, author=author)
    await locks.hold_cases({row["number"] for row in rows})
    return [row["id"] for row in rows]


async def _tell(act: Act, cases: Iterable[UUID], **told: Any) -> None:  # noqa: ANN401 - as `record`
    for case in cases:
        await timeline.record(case, EntryKind.LEGAL_HOLD, by=act.by, now=act.now, **told)
