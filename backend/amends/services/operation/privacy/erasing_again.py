"""Erasing again after a restore: people who were erased since the backup was made (R-95)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from amends.database import add, run, transaction
from amends.gateways.erased_list import ErasedAccounts, ErasedList
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.secrets import Secrets
from amends.services.operation.privacy import cleaning, erasures
from amends.services.person.people import AuthorUnknown
from amends.tables.operation import Erasure


async def erase_again(erased_list: ErasedList, secrets: Secrets, files: EvidenceFiles) -> int:
    """Erases whoever is on the list and not in the database's own; how many accounts came back and went.

    An account that was first seen after its erasure is a new one, and stays. What the database knows and the
    list does not is added to the list.
    """
    known = await Erasure.select()
    ids = {str(row["id"]) for row in known}
    missing = [one for one in erased_list.read() if one.id not in ids]
    erased_list.add(map(_listed, known))
    if not missing:
        return 0
    async with transaction():
        gone = [await _erase(account, one) for one, account in await _back(missing, secrets)]
        for one in missing:
            await _note(one)
    await cleaning.clean_up(files, now=max(one.at for one in missing))
    return sum(gone)


def _listed(row: dict[str, Any]) -> ErasedAccounts:
    return ErasedAccounts(
        id=str(row["id"]), at=row["at"], accounts=tuple(row["accounts"]), kept=tuple(row["kept"])
    )


async def _back(missing: Iterable[ErasedAccounts], secrets: Secrets) -> list[tuple[ErasedAccounts, Any]]:
    """The accounts that are there again although they were erased, with their erasure."""
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
    values: dict[str, datetime | list[str]] = {
        "at": one.at,
        "accounts": list(one.accounts),
        "kept": list(one.kept),
    }
    await add(Erasure, unless="id", id=one.id, **values)
