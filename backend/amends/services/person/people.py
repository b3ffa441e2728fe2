"""People: accounts, cases and notes of the human behind them."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, convert, run, transaction
from amends.errors import NotFound
from amends.rules.case.exchanges import is_exchange, said_by_themselves
from amends.rules.case.fields import said_in
from amends.rules.case.texts import typed_text
from amends.rules.vocabulary import CustomerStatus, EntryKind, Nature
from amends.services.case import locks, timeline, weekly
from amends.services.case.authors import IN_FORCE, SAME_PERSON, latest_of_person
from amends.services.case.weekly import Counts
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.person.recoveries import still_told
from amends.services.team.members import Act
from amends.services.team.seen import must_be_as_seen

MOST_CASES = 50
MOST_PEOPLE = 50
TEXT_LIMIT = 20_000


class AuthorUnknown(NotFound):
    "Account not found."


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One public account of a person; instants in UTC."""

    id: UUID
    platform: str
    handle: str
    name: str
    url: str
    customer_status: CustomerStatus
    account_since: str | None
    first_seen_at: datetime
    last_seen_at: datetime


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody was blocked or reported: where, by whom, when, the proof, and when to look again."""

    case: int
    at: datetime
    by: str
    reason: str
    proof_url: str
    review_on: str


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote by a private link; nobody checked it."""

    case: int
    at: datetime
    person: str
    contact: str
    fields: tuple[str, ...]

    def said(self) -> tuple[str, ...]:
        """Who they say they are, how to reach them and what fields asked for, as far as they wrote it."""
        return tuple(words for words in (self.person, self.contact, *self.fields) if words)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What members know of a person: how to reach them, notes, and whether they are a customer."""

    contact: str = ""
    notes: str = ""
    customer_status: CustomerStatus = CustomerStatus.UNKNOWN

    def values(self) -> dict[str, object]:
        """By the names of the fields."""
        return msgspec.structs.asdict(self)


class PersonShown(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page of a person shows, by one of their accounts."""

    author: UUID
    name: str
    known: Known
    accounts: list[Account]
    cases: list[tuple[CaseRow, Nature | None]]
    exchanges: int
    blocks: list[Block]
    given: list[Given]


ACCOUNTS = f"""
SELECT {columns_of(Account, table="a")},
p.name AS person_name, p.contact, p.notes
FROM author AS a LEFT JOIN person AS p ON p.id = a.person WHERE a.id IN ({SAME_PERSON})
ORDER BY a.first_seen_at
"""
CASES = f"""
SELECT {COLUMNS} FROM ({latest_of_person(MOST_CASES)}) AS few
JOIN case_file AS c ON c.number = few.number {JOINS} ORDER BY c.number DESC
"""
TOLD = f"""
SELECT c.number AS "case", e.position, e.kind, e.at, e.actor, member.name AS by_name, p.body
FROM case_file AS c JOIN entry AS e ON e."case" = c.id JOIN particulars AS p ON p.entry = e.id
LEFT JOIN member ON member.id = e.member
WHERE c.author IN ({SAME_PERSON}) AND e.kind IN ('touchpoint', 'moved', 'reopened', 'undone')
ORDER BY e.at DESC, e.position DESC
"""


async def find(author: UUID) -> PersonShown:
    """A person by one of their accounts. Raises AuthorUnknown."""
    accounts = await run(ACCOUNTS, author=author)
    if not accounts:
        raise AuthorUnknown
    rows = await run(TOLD, author=author)
    told = [(row, json.loads(row["body"] or "{}")) for row in rows]
    first = next(row for row in accounts if row["id"] == author)
    return PersonShown(
        author=author,
        name=first["person_name"] or first["name"] or first["handle"],
        known=_known(first),
        accounts=[convert(row, Account) for row in accounts],
        cases=[
            (case, case.facts.nature) for case in (row_of(row) for row in await run(CASES, author=author))
        ],
        exchanges=sum(is_exchange(entry) for entry in still_told(rows)),
        blocks=[_block(row, body) for row, body in told if body.get("move") == "block"],
        given=[_given(row, body) for row, body in told if said_by_themselves(body) and body.get("contact")],
    )


def _block(row: Mapping[str, Any], body: Mapping[str, Any]) -> Block:
    said = {name: str(body.get(name) or "") for name in ("reason", "proof_url", "review_on")}
    return Block(case=row["case"], at=row["at"], by=row["by_name"] or "", **said)


def _given(row: Mapping[str, Any], body: Mapping[str, Any]) -> Given:
    said = {name: str(body.get(name) or "") for name in ("person", "contact")}
    values = tuple(one.after for one in said_in(body, "given"))
    return Given(case=row["case"], at=row["at"], fields=values, **said)


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the list, by the account that was seen last."""

    author: Annotated[UUID, Selected("a.id")]
    name: str
    handle: str
    platform: str
    customer_status: CustomerStatus
    last_seen_at: datetime
    cases: Annotated[int, Selected("(SELECT COUNT(*) FROM case_file AS c WHERE c.author = a.id)")]
    measured: Annotated[bool, Selected(IN_FORCE.format(author="a.id"))]


SEEN_LATELY = f"""
SELECT {columns_of(PersonRow, table="a")} FROM author AS a {{after}}
ORDER BY a.last_seen_at DESC, a.id DESC LIMIT {MOST_PEOPLE + 1}
"""
AFTER = "WHERE (a.last_seen_at, a.id) < (SELECT k.last_seen_at, k.id FROM author AS k WHERE k.id = :before)"


async def page(before: UUID | None) -> tuple[list[PersonRow], UUID | None]:
    """The accounts that were seen last, and the key of the page after them."""
    statement = SEEN_LATELY.format(after=AFTER if before else "")
    rows = await run(statement, quick=True, **({"before": before} if before else {}))
    found = [convert(row, PersonRow) for row in rows]
    more = len(found) > MOST_PEOPLE
    return found[:MOST_PEOPLE], found[MOST_PEOPLE - 1].author if more else None


WEEKLY = f"""
SELECT c.author, {weekly.COUNTED} FROM case_file AS c
WHERE {weekly.LATELY} AND c.author IN (
    SELECT a.id FROM author AS a {{after}} ORDER BY a.last_seen_at DESC, a.id DESC LIMIT {MOST_PEOPLE}
) GROUP BY c.author
"""


async def weekly_cases(before: UUID | None, *, now: datetime) -> dict[UUID, Counts]:
    """The cases a week of the accounts on that page; those without any in the last weeks are left out."""
    given: dict[str, Any] = {"before": before, **weekly.values(now)}
    rows = await run(WEEKLY.format(after=AFTER if before else ""), **given)
    return {row["author"]: weekly.counts_of(row) for row in rows}


NAMED = f"""
SELECT {columns_of(PersonRow, table="a")} FROM author AS a
WHERE LOWER(a.name) LIKE :like ESCAPE '!' OR LOWER(a.handle) LIKE :like ESCAPE '!'
ORDER BY a.last_seen_at DESC, a.id DESC LIMIT :most
"""


async def named(words: str, *, most: int) -> list[PersonRow]:
    """The accounts whose name or handle holds these words, those that were seen last first."""
    wanted = words.lower()
    for special in "!%_":
        wanted = wanted.replace(special, f"!{special}")
    return [convert(row, PersonRow) for row in await run(NAMED, like=f"%{wanted}%", most=most)]


CALLED = f"""
SELECT {columns_of(Account, table="a")} FROM author AS a
WHERE LOWER(a.handle) = LOWER(:who) OR CAST(a.id AS TEXT) = LOWER(:who) ORDER BY a.first_seen_at
"""


async def accounts_called(who: str) -> list[Account]:
    """The accounts with this handle, with or without its sign, or this id; one for each person."""
    found: list[Account] = []
    for spelling in dict.fromkeys((who, who.lstrip("@"), f"@{who.lstrip('@')}")):
        found += [convert(row, Account) for row in await run(CALLED, who=spelling)]
    persons: dict[object, Account] = {}
    for one in found:
        rows = await tables.Author.select(tables.Author.person).where(tables.Author.id == one.id)
        persons.setdefault(rows[0]["person"] or one.id, one)
    return list(persons.values())


async def write(act: Act, author: UUID, known: Known, *, seen: str = "") -> None:
    """Keeps what members know of a person; `seen` is the fingerprint of what stood there before.

    Raises AuthorUnknown, ChangedMeanwhile, TextIsTooLong.
    """
    wanted = Known(
        contact=typed_text(known.contact, limit=TEXT_LIMIT, field="contact"),
        notes=typed_text(known.notes, limit=TEXT_LIMIT, field="notes"),
        customer_status=known.customer_status,
    )
    table = tables.Person
    async with transaction():
        await locks.hold_cases((), of=await locks.hold_accounts([author]))
        person = await person_of(author, now=act.now)
        must_be_as_seen(seen, (await known_of(author)).values(), wanted.values())
        await table.update({table.contact: wanted.contact, table.notes: wanted.notes}).where(
            table.id == person
        )
        await spread_status(act, author, wanted.customer_status)


STATUS_OF_ACCOUNTS = f"UPDATE author SET customer_status = :status WHERE id IN ({SAME_PERSON})"
OTHERWISE_KNOWN = f"""
SELECT id, customer_status FROM case_file
WHERE author IN ({SAME_PERSON}) AND stage <> 'closed' AND customer_status <> :status ORDER BY number
"""


async def spread_status(act: Act, author: UUID, status: CustomerStatus) -> None:
    """Step: what a person is to us is said of all their accounts and open cases, and of their next one."""
    await run(STATUS_OF_ACCOUNTS, author=author, status=status)
    case = tables.Case
    for row in await run(OTHERWISE_KNOWN, author=author, status=status):
        await case.update({case.customer_status: status, case.version: case.version + 1}).where(
            case.id == row["id"]
        )
        before, after = {"customer_status": row["customer_status"]}, {"customer_status": status}
        await timeline.record(
            row["id"], EntryKind.FACTS_SET, by=act.by, now=act.now, before=before, after=after, of_person=True
        )


async def known_of(author: UUID) -> Known:
    """What is known of the person now. Raises AuthorUnknown."""
    first = next((row for row in await run(ACCOUNTS, author=author) if row["id"] == author), None)
    if first is None:
        raise AuthorUnknown
    return _known(first)


def _known(account: Mapping[str, Any]) -> Known:
    status = CustomerStatus(account["customer_status"])
    return Known(contact=account["contact"] or "", notes=account["notes"] or "", customer_status=status)


async def person_of(author: UUID, *, now: datetime) -> UUID:
    """Step: the person behind an account, from now on if there was none. Raises AuthorUnknown."""
    table = tables.Author
    rows = await table.select(table.person, table.name, table.handle).where(table.id == author)
    if not rows:
        raise AuthorUnknown
    if rows[0]["person"]:
        return UUID(str(rows[0]["person"]))
    person = uuid4()
    await add(tables.Person, id=person, name=rows[0]["name"] or rows[0]["handle"], made_at=now)
    await table.update({table.person: person}).where(table.id == author)
    return person
