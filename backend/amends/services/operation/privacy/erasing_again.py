"""Erasing again after a restore: people and cases that were erased since the backup was made (R-95)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from amends.database import add, run, transaction
from amends.gateways.erased_list import ErasedAccounts, ErasedList
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.secrets import Secrets
from amends.services.operation.privacy import case_erasures, cleaning, erasures
from amends.services.person.people import AuthorUnknown
from amends.tables.operation import Erasure


async def erase_again(erased_list: ErasedList, secrets: Secrets | None, files: EvidenceFiles) -> int:
    """Erases whoever and whatever is on the list and not in the database's own; how many accounts and cases.

    An account that was first seen after its erasure is a new one, and stays. Without keys only cases are
    known. What the database knows and the list does not is added to the list.
    """
    known = await complete(erased_list)
    missing = [one for one in erased_list.read() if one.id not in known]
    if not missing:
        return 0
    async with transaction():
        gone = [await _erase(account, one) for one, account in await _back(missing, secrets)]
        gone += [await _erase_case(one) for one in await _cases_back(missing)]
        for one in missing:
            await _note(one)
    await cleaning.clean_up(files, now=max(one.at for one in missing))
    return sum(gone)


async def complete(erased_list: ErasedList) -> set[str]:
    """Adds to the list what the database knows, as after a kill between the two; the ids that it knows."""
    rows = await Erasure.select()
    erased_list.add(map(_listed, rows))
    return {str(row["id"]) for row in rows}


async def _cases_back(missing: Iterable[ErasedAccounts]) -> list[ErasedAccounts]:
    listed = [one for one in missing if one.case]
    there = await case_erasures.come_back([UUID(one.case) for one in listed])
    return [one for one in listed if UUID(one.case) in there]


async def _erase_case(one: ErasedAccounts) -> bool:
    await case_erasures.erase(UUID(one.case), now=one.at, known=one)
    return True


def _listed(row: dict[str, Any]) -> ErasedAccounts:
    return ErasedAccounts(
        id=str(row["id"]),
        at=row["at"],
        accounts=tuple(row["accounts"]),
        kept=tuple(row["kept"]),
        case=str(row["of_case"] or ""),
    )


async def _back(
    missing: Iterable[ErasedAccounts], secrets: Secrets | None
) -> list[tuple[ErasedAccounts, Any]]:
    """The accounts that are there again although they were erased, with their erasure."""
    if secrets is None:
        return []
    by_digest = {digest: one for one in missing for digest in one.accounts}
    found = []
    for row in await run("SELECT id, key, first_seen_at FROM author"):
        one = next((by_digest[each] for each in secrets.digests(row["key"]) if each in by_digest), None)
        if one and row["first_seen_at"] <= one.at:
            found.append((one, row["id"]))
    return found


async def _erase(author: Any, one: ErasedAccounts) -> bool:  # noqa: ANN401 - as the driver gives it
    try:
        await erasures.erase_again(author, one)
    except AuthorUnknown:  # it went with another account of the same person
        return False
    return True


async def _note(one: ErasedAccounts) -> None:
    """The erasure is known from now on, also where nothing of it was in the backup."""
    values: dict[str, datetime | list[str] | UUID | None] = {
        "at": one.at,
        "accounts": list(one.accounts),
        "kept": list(one.kept),
        "of_case": UUID(one.case) if one.case else None,
    }
    await add(Erasure, unless="id", id=one.id, **values)
