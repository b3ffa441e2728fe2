"""Measures about accounts: reading what was blocked or reported, and which copies there are (P43, P61)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import GIVEN, Selected, columns_of, convert, converter, read, run
from amends.rules.vocabulary import MeasureKind, MeasureResult
from amends.services.case.authors import SAME_PERSON
from amends.services.team.names import Name

MOST = 50


class AccountCopied(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the person, and which copies of its posts are kept."""

    id: UUID
    name: str
    handle: str
    platform: str
    url: str
    copies: Annotated[int, Selected("(SELECT COUNT(*) FROM capture WHERE capture.author = a.id)")]
    pictures: Annotated[
        int,
        Selected(
            "(SELECT COUNT(*) FROM capture JOIN evidence AS e ON e.capture = capture.id "
            "WHERE capture.author = a.id)"
        ),
    ]


ACCOUNTS = f"""
SELECT {columns_of(AccountCopied, table="a")} FROM author AS a WHERE a.id IN ({SAME_PERSON})
ORDER BY a.first_seen_at, a.id LIMIT {MOST}
"""


async def accounts_of(author: UUID) -> list[AccountCopied]:
    """The accounts of the person behind one, with the copies that are kept."""
    return await read(converter(AccountCopied), ACCOUNTS, author=author)


class MeasureShown(msgspec.Struct, frozen=True, kw_only=True):
    """A block or report, as a member recorded it, and what they saw since."""

    id: UUID
    case: Annotated[int, Selected("c.number")]
    kind: MeasureKind
    place: str
    reference: str
    proof_url: str
    no_copy: str
    words: str
    made_by: Annotated[Name | None, Selected("m.made_by", join="maker")]
    made_at: datetime
    due_at: Annotated[datetime | None, Selected("f.due_at")]
    result: MeasureResult | None
    result_words: str
    result_by: Annotated[Name | None, Selected("m.result_by", join="judge")]
    result_at: datetime | None
    accounts: Annotated[tuple[str, ...], GIVEN] = ()


OF_PERSON = f"""
SELECT {columns_of(MeasureShown, table="m")} FROM measure AS m JOIN case_file AS c ON c.id = m."case"
LEFT JOIN member AS maker ON maker.id = m.made_by LEFT JOIN member AS judge ON judge.id = m.result_by
LEFT JOIN follow_up AS f ON f.id = m.follow_up AND f.state = 'due'
WHERE m.id IN (SELECT s.measure FROM measure_account AS s WHERE s.author IN ({SAME_PERSON}))
ORDER BY m.made_at DESC, m.id LIMIT {MOST}
"""
NAMES = f"""
SELECT s.measure, named.name, named.handle
FROM measure_account AS s JOIN author AS named ON named.id = s.author
WHERE s.measure IN (SELECT o.measure FROM measure_account AS o WHERE o.author IN ({SAME_PERSON}))
ORDER BY named.handle, named.name
"""


async def of_person(author: UUID) -> list[MeasureShown]:
    """What was blocked or reported of the person behind an account, the newest first."""
    rows = await run(OF_PERSON, author=author)
    if not rows:
        return []
    names: dict[UUID, list[str]] = {}
    for row in await run(NAMES, author=author):
        names.setdefault(row["measure"], []).append(row["handle"] or row["name"])
    return [convert(row, MeasureShown, accounts=tuple(names.get(row["id"], ()))) for row in rows]
