"""Row locks on PostgreSQL, in one order for every command, so that no two wait for each other.

Members by id, then accounts by id, then cases by number, then whatever belongs to a case, and counters last.
What a command changes of several is held before the first of them is changed. SQLite has one writer.
"""

from collections.abc import Iterable
from uuid import UUID

from amends.database import locking, run, run_with_rows

MEMBERS = """
SELECT id FROM member WHERE id IN (VALUES :rows) ORDER BY id
"""
WRITERS = """
SELECT a.id FROM author AS a WHERE a.id IN (
    SELECT held.id FROM author AS held, case_file AS c, author AS writer
    WHERE c.number = :number AND writer.id = c.author
    AND (held.id = writer.id OR held.person = writer.person)
) ORDER BY a.id
"""
ACCOUNTS = """
SELECT a.id FROM author AS a WHERE a.id IN (
    SELECT held.id FROM author AS held, author AS one WHERE one.id IN (VALUES :rows)
    AND (held.id = one.id OR held.person = one.person)
) ORDER BY a.id
"""
ACCOUNT = "SELECT id FROM author WHERE id = :author"
OPEN_CASES = "SELECT number FROM case_file WHERE author IN (VALUES :rows) AND stage <> 'closed'"
CASES = """
SELECT id FROM case_file WHERE number IN (VALUES :rows) ORDER BY number
"""


async def hold_members(ids: Iterable[UUID]) -> None:
    """Step: until the transaction ends nobody else disables these members, nor gives them anything."""
    await _hold(MEMBERS, ids, "uuid")


async def hold_writer(number: int) -> list[UUID]:
    """Step: nobody else changes or adds up what concerns who wrote to this case; their accounts."""
    held = locking(strength="NO KEY UPDATE")
    return [row["id"] for row in await run(f"{WRITERS} {held}", number=number)] if held else []


async def hold_accounts(authors: Iterable[UUID]) -> list[UUID]:
    """Step: the same of these accounts and those that were joined to them; all of them."""
    return await _hold(ACCOUNTS, authors, "uuid")


async def hold_whole(author: UUID) -> None:
    """Step: of an account that is held already, nobody else writes anything that names it."""
    if held := locking():
        await run(f"{ACCOUNT} {held}", author=author)


async def hold_cases(numbers: Iterable[int], *, of: Iterable[UUID] = ()) -> None:
    """Step: nobody else changes these cases, nor the open ones of these accounts; a number may be unknown."""
    accounts = [[account] for account in of]
    theirs = await run_with_rows(OPEN_CASES, accounts, types=("uuid",)) if accounts else []
    await _hold(CASES, {*numbers, *(row["number"] for row in theirs)}, "int")


async def hold_person(number: int, *others: int) -> None:
    """Step: whoever wrote to this case, it, their open cases and `others`: what a fact about them reaches."""
    await hold_cases((number, *others), of=await hold_writer(number))


async def _hold(statement: str, keys: Iterable[UUID] | Iterable[int], kind: str) -> list[UUID]:
    rows, held = [[key] for key in keys], locking(strength="NO KEY UPDATE")
    if not rows or not held:
        return []
    return [row["id"] for row in await run_with_rows(f"{statement} {held}", rows, types=(kind,))]
