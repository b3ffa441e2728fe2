"""Decisions of members that two accounts are one person, or are not."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, NotFound
from amends.i18n import gettext as _
from amends.rules.person.matching import Reason, Verdict
from amends.rules.vocabulary import CustomerStatus
from amends.services.case import locks
from amends.services.case.authors import SAME_PERSON
from amends.services.person import opt_outs, people
from amends.services.team.members import Act
from amends.services.team.names import Name


class PairUnknown(NotFound):
    "This decision was already undone."


class AlreadyOne(Conflict):
    "These accounts already belong to one person."


class PairShown(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided about an account of this person and another one."""

    id: UUID
    other: UUID
    name: str
    platform: str
    verdict: Verdict
    by: Name | None
    at: datetime


async def join(act: Act, one: UUID, other: UUID, *, reasons: Sequence[Reason] = ()) -> None:
    """From now on both accounts, and all that were joined to either, are one person.

    Cases, contact and notes come together; nothing is lost on the way back. Raises AuthorUnknown, AlreadyOne.
    """
    async with transaction():
        await locks.hold_accounts([one, other])
        kept, dropped = await people.person_of(one, now=act.now), await people.person_of(other, now=act.now)
        if kept == dropped:
            raise AlreadyOne(_("These accounts already belong to one person."))
        before = await _before(kept, dropped)
        await _merge(kept, dropped, before)
        await opt_outs.follow(one, now=act.now)
        await _decide(act, one, other, Verdict.SAME, reasons, before=before)


async def reject(act: Act, one: UUID, other: UUID, *, reasons: Sequence[Reason] = ()) -> None:
    """They are two people: nobody is asked about these two again. Raises AuthorUnknown, AlreadyOne."""
    async with transaction():
        if one == other or other in await group_of(one):
            raise AlreadyOne(_("These accounts were joined. Undo that first."))
        await _decide(act, one, other, Verdict.DIFFERENT, reasons, before=None)


async def take_back(act: Act, pair_id: UUID) -> None:
    """As if nothing had been decided: accounts go back to the person they were of. Raises PairUnknown.

    What was written about the person since stays with the one that was kept; who asked not to be contacted
    again is not, by any of the accounts.
    """
    async with transaction():
        pair = await tables.AuthorPair.objects().where(tables.AuthorPair.id == pair_id).first()
        if pair is None:
            raise PairUnknown
        await locks.hold_accounts([pair.one, pair.other])
        if pair.verdict == Verdict.SAME and pair.before:
            await _separate(_read(pair.before), now=act.now)
        await tables.AuthorPair.delete().where(tables.AuthorPair.id == pair_id)


OF_GROUP = f"""
SELECT p.id, p.one, p.other, p.verdict, p.decided_at, p.decided_by, member.name AS by_name,
one.name AS one_name, one.platform AS one_platform, other.name AS other_name, other.platform AS other_platform
FROM author_pair AS p JOIN author AS one ON one.id = p.one JOIN author AS other ON other.id = p.other
LEFT JOIN member ON member.id = p.decided_by
WHERE p.one IN ({SAME_PERSON}) OR p.other IN ({SAME_PERSON}) ORDER BY p.decided_at DESC
"""  # noqa: S608 - a statement of ours


async def decided(author: UUID) -> list[PairShown]:
    """What was decided about a person's accounts, the last first."""
    mine = set(await group_of(author))
    return [_shown(row, mine) for row in await run(OF_GROUP, author=author)]


def _shown(row: Any, mine: set[UUID]) -> PairShown:  # noqa: ANN401 - a row
    side = "one" if row["other"] in mine and row["one"] not in mine else "other"
    return PairShown(
        id=row["id"],
        other=row[side],
        name=row[f"{side}_name"],
        platform=row[f"{side}_platform"],
        verdict=Verdict(row["verdict"]),
        by=Name(row["decided_by"], row["by_name"]) if row["decided_by"] else None,
        at=row["decided_at"],
    )


async def group_of(author: UUID) -> list[UUID]:
    """An account and those that were joined to it."""
    return [row["id"] for row in await run(SAME_PERSON, author=author)]


async def _before(kept: UUID, dropped: UUID) -> dict[str, Any]:
    """Both persons and whose each account was, as plain values."""
    author, person = tables.Author, tables.Person
    accounts = await author.select(author.id, author.person, author.customer_status).where(
        author.person.is_in([kept, dropped])
    )
    row = (await person.select().where(person.id == dropped))[0]
    return {
        "accounts": [{name: str(value) for name, value in account.items()} for account in accounts],
        "kept": str(kept),
        "dropped": {name: str(value) for name, value in row.items() if name != "made_at"},
    }


async def _merge(kept: UUID, dropped: UUID, before: dict[str, Any]) -> None:
    author, person = tables.Author, tables.Person
    await author.update({author.person: kept}).where(author.person == dropped)
    [row] = await person.select(person.contact, person.notes).where(person.id == kept)
    together: dict[Any, str] = {
        name: "\n".join(text for text in (row[name], before["dropped"][name]) if text)
        for name in ("contact", "notes")
    }
    await person.update(together).where(person.id == kept)
    await person.delete().where(person.id == dropped)
    known = {one["customer_status"] for one in before["accounts"]} - {CustomerStatus.UNKNOWN.value}
    if len(known) == 1:  # what is known of one account is known of the person
        await author.update({author.customer_status: known.pop()}).where(author.person == kept)


async def _separate(before: dict[str, Any], *, now: datetime) -> None:
    author, kept = tables.Author, UUID(before["kept"])
    dropped = {**before["dropped"], "id": UUID(before["dropped"]["id"])}
    await add(tables.Person, unless="id", made_at=now, **dropped)
    for account in before["accounts"]:
        was: dict[Any, Any] = {
            author.person: UUID(account["person"]),
            author.customer_status: account["customer_status"],
        }
        await author.update(was).where((author.id == UUID(account["id"])) & (author.person == kept))


async def _decide(
    act: Act,
    one: UUID,
    other: UUID,
    verdict: Verdict,
    reasons: Sequence[Reason],
    *,
    before: dict[str, Any] | None,
) -> None:
    first, second = sorted((one, other), key=str)
    pair = tables.AuthorPair
    known = await tables.Author.count().where(tables.Author.id.is_in([first, second]))
    if known != 2:
        raise people.AuthorUnknown
    await pair.delete().where((pair.one == first) & (pair.other == second))
    told = [{"sign": reason.sign.value, "detail": reason.detail} for reason in reasons]
    sides: dict[str, Any] = {
        "one": first,
        "other": second,
        "verdict": verdict,
        "reasons": told,
        "before": before,
    }
    await add(pair, id=uuid4(), decided_by=act.by.id, decided_at=act.now, **sides)


def _read(kept: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON as the engine gives it
    found: dict[str, Any] = json.loads(kept) if isinstance(kept, str) else kept
    return found
