"""Legal holds under which cases stand: asked by every command that removes something of a case."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, convert, run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.services.team.names import Name


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
WITH RECURSIVE here(id) AS (
    SELECT c.id FROM case_file AS c WHERE c.id = :case_id
    UNION SELECT joined.id FROM here JOIN case_file AS joined ON joined.duplicate_of = here.id
    AND COALESCE(joined.outcome, CAST(here.id AS TEXT)) = 'duplicate'
)
{LIVE} WHERE h.lifted_at IS NULL AND (h."case" IN (SELECT id FROM here) OR h.person IN (
    SELECT (SELECT a.person FROM case_file AS held JOIN author AS a ON a.id = held.author
        WHERE held.id = here.id) FROM here
)) ORDER BY h.placed_at
"""
"""Each case looks at `here` too, so that SQLite does not read all cases first to know which are not there."""


async def of_case(case_id: UUID) -> list[Hold]:
    """The holds under which a case stands: its own, those of cases merged into it, and of their people."""
    return [convert(row, Hold) for row in await run(OF_CASE, case_id=case_id)]


def must_not_be_held(holds: Iterable[Hold]) -> None:
    """Raises UnderLegalHold, with the sentence that says which hold and why."""
    for hold in holds:
        said = {"number": hold.number, "reason": hold.reason}
        raise UnderLegalHold(
            _("A legal hold on case #%(number)s forbids this: %(reason)s. Lift it first.") % said
            if hold.number
            else _("A legal hold on this person forbids this: %(reason)s. Lift it first.") % said
        )


async def must_be_removable(case_id: UUID) -> None:
    """Step: the one question before anything of a case is removed. Raises UnderLegalHold."""
    must_not_be_held(await of_case(case_id))


OWN = """
SELECT reason, review_on, placed_by, placed_at FROM legal_hold
WHERE "case" = :case_id AND lifted_at IS NULL
"""


async def stay_with(made: UUID, case_id: UUID) -> None:
    """Step: what was split off a held case is held as well."""
    for row in await run(OWN, case_id=case_id):
        values = {name: row[name] for name in ("reason", "review_on", "placed_by", "placed_at")}
        await add(tables.LegalHold, id=uuid4(), case=made, **values)
