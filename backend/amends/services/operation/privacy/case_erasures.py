"""Erasure of one case whose time is over: as that of a person, but others of their cases stay."""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

from datetime import datetime
from uuid import UUID, uuid4

from amends.database import run, run_with_rows
from amends.gateways.erased_list import ErasedAccounts
from amends.rules.operation.privacy import BY_TABLE, Link, search_words
from amends.services.case import legal_hold_checks, locks
from amends.services.operation.privacy import erasures, findings, mentions
from amends.services.operation.privacy.findings import Findings

WRITERS = """
SELECT c.author FROM case_file AS c WHERE c.id = :case_id AND c.author IS NOT NULL
UNION SELECT capture.author FROM capture JOIN post ON post.id = capture.post
WHERE post."case" = :case_id AND capture.author IS NOT NULL
"""
NEEDED = """
EXISTS (SELECT 1 FROM case_file AS c WHERE c.author = mate.id AND c.id <> :case_id)
OR EXISTS (SELECT 1 FROM capture JOIN post ON post.id = capture.post
    WHERE capture.author = mate.id AND post."case" <> :case_id)
OR EXISTS (SELECT 1 FROM measure_account AS struck JOIN measure ON measure.id = struck.measure
    WHERE struck.author = mate.id AND measure."case" <> :case_id)
"""
"""Whether an account, here `mate`, is known from another case too, in SQL."""
ALONE = f"""
SELECT a.id FROM author AS a WHERE a.id = :author AND NOT EXISTS (
    SELECT 1 FROM author AS mate WHERE (mate.id = a.id OR mate.person = a.person) AND ({NEEDED}))
"""
"""An account, unless it or one that was joined to it is known from another case."""


async def hold_writers(case_id: UUID) -> None:
    """Step: the accounts that wrote in a case, before the case itself: see `locks`."""
    authors = [row["author"] for row in await run(WRITERS, case_id=case_id)]
    for account in sorted({*authors, *await locks.hold_accounts(authors)}):
        await locks.hold_whole(account)  # before it is asked who else needs it: the answer must hold


async def find(case_id: UUID) -> Findings:
    """Everything of a case, and the accounts that are known from it alone, with what is known of them."""
    writers = [row["author"] for row in await run(WRITERS, case_id=case_id)]
    found = Findings(writers[0] if writers else None)
    found.add("case_file", await findings.rows_of("case_file", Link("id", "case_file"), [case_id]))
    await findings.follow(found)
    alone = [row["id"] for one in writers for row in await run(ALONE, author=one, case_id=case_id)]
    if alone:
        found.add("author", await findings.rows_of("author", Link("id", "author"), alone))
        found.add("author", await _joined(found))
        await findings.follow(found)
    return found


async def _joined(found: Findings) -> list[findings.Row]:
    people = sorted(found.values("author", "person"))
    return await findings.rows_of("author", Link("person", "person"), people) if people else []


async def erase(case_id: UUID, *, now: datetime, known: ErasedAccounts | None = None) -> ErasedAccounts:
    """Step: a case goes for good, by nobody; `known` where it has come back with an older backup.

    Other cases stay as they are, but for lines of their timelines that tell of a post of this one. Raises
    UnderLegalHold, unless it is erased again.
    """
    await hold_writers(case_id)
    if known is None:
        await legal_hold_checks.must_be_removable(case_id)
    found = await find(case_id)
    ids = search_words(map(str, found.values("capture", "id")))
    chosen = await mentions.find_words(found, ids, [BY_TABLE["particulars"]])
    made = known or ErasedAccounts(id=str(uuid4()), at=now, accounts=(), case=str(case_id))
    await erasures.erase_found(found, chosen, ids, made, by=None)
    return made


async def come_back(cases: list[UUID]) -> set[UUID]:
    """Of these cases, those that are there and not erased."""
    if not cases:
        return set()
    text = "SELECT id FROM case_file WHERE (outcome IS NULL OR outcome <> 'erased') AND id IN (VALUES :rows)"
    rows = [
        row
        for start in range(0, len(cases), findings.A_PART)
        for row in await run_with_rows(
            text, [(one,) for one in cases[start : start + findings.A_PART]], types=("uuid",)
        )
    ]
    return {row["id"] for row in rows}
