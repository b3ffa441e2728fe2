"""Timeline of a case: the only writer of entries, and their reading."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import secrets
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, add_asking, columns_of, converter, locking, read, run
from amends.errors import NotFound
from amends.rules.case import searches as found
from amends.rules.case import timeline as chain
from amends.rules.team.events import OF_ENTRIES
from amends.rules.vocabulary import Channel, EntryKind
from amends.services.case import searches
from amends.services.team import outbox
from amends.services.team.members import Member
from amends.services.team.names import Name


class CaseIsGone(NotFound):
    "This case was removed in the meantime."


class EntryShown(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One line of a timeline, the same one for the same row; erased particulars are empty.

    `actor` is the id of the member `by`, "author" or "system".
    """

    position: int
    kind: EntryKind
    at: datetime
    actor: str
    by: Annotated[Name | None, Selected("e.member", join="member")]
    channel: Channel | None
    particulars: Annotated[dict[str, Any], Selected("COALESCE(p.body, '{}')")]
    erased: Annotated[bool, Selected("p.erased_at IS NOT NULL")] = False


async def hold(case_id: UUID) -> bool:
    """Step: from here to the end of the transaction, nobody else changes this case; False when it is gone.

    Of several cases, `locks.hold_cases` stands before the first. On SQLite, where one writes, a case that was
    read in this transaction is there until its end.
    """
    held = locking(strength="NO KEY UPDATE")
    return not held or bool(
        await run(f"SELECT id FROM case_file WHERE id = :case_id {held}", case_id=case_id)
    )


async def record(
    case_id: UUID,
    kind: EntryKind,
    *,
    now: datetime,
    by: Member | None = None,
    actor: str = "system",
    channel: Channel | None = None,
    held: bool = False,
    **particulars: object,
) -> int:
    """Step: adds one entry to the end of a case's timeline; returns its position.

    `actor` says "author" or "system" where no member did it; `held` that this transaction holds the case.
    Raises CaseIsGone.
    """
    if not held and not await hold(case_id):
        raise CaseIsGone
    position, previous = await _end(case_id)
    salt = secrets.token_hex(32)
    told = {key: value for key, value in particulars.items() if value not in (None, "")}
    body = chain.canonical(told)
    line = chain.Line(
        case=case_id,
        position=position + 1,
        kind=kind.value,
        at=now,
        actor=str(by.id) if by else actor,
        channel=channel,
        commitment=chain.commitment(salt, body),
        previous=previous,
    )
    entry_id = uuid4()
    is_heard = await _add_line(entry_id, line, member=by.id if by else None)
    await add(tables.Particulars, entry=entry_id, salt=salt, body=body)
    await searches.remember(case_id, found.index_of_entry(told))
    if is_heard:
        await outbox.put(OF_ENTRIES[kind], "case", case_id, about=entry_id, now=now)
    return line.position


async def _add_line(entry_id: UUID, line: chain.Line, *, member: UUID | None) -> bool:
    """Whether another program hears of it."""
    heard = await add_asking(
        tables.Entry,
        outbox.IS_HEARD,
        id=entry_id,
        case=line.case,
        position=line.position,
        kind=line.kind,
        at=line.at,
        member=member,
        actor=line.actor,
        channel=line.channel,
        commitment=line.commitment,
        previous=line.previous,
        hash=chain.chained(line),
    )
    return bool(heard)


END = 'SELECT position, hash FROM entry WHERE "case" = :case_id ORDER BY position DESC LIMIT 1'


async def _end(case_id: UUID) -> tuple[int, str]:
    rows = await run(END, case_id=case_id)
    return (rows[0]["position"], rows[0]["hash"]) if rows else (0, chain.GENESIS)


OF_CASE = f"""
SELECT {columns_of(EntryShown, table="e")}
FROM entry AS e JOIN particulars AS p ON p.entry = e.id LEFT JOIN member ON member.id = e.member
WHERE e."case" = :case_id ORDER BY e.position
"""


async def of_case(case_id: UUID) -> list[EntryShown]:
    """Everything that happened to a case, oldest first."""
    return await read(converter(EntryShown), OF_CASE, case_id=case_id)
