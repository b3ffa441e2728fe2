"""API: who wrote: accounts, people, and what members know of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import CustomerStatus
from amends.services.person import people
from amends.services.person.people import Known, PersonRow, PersonShown
from amends.services.team.seen import fingerprint
from amends.web.api.case_lists import CaseListed, listed
from amends.web.api.kit import Asked, Text, as_shown, filled
from amends.web.api.paging import Cursored, answered, cursor
from amends.web.security import Policy


class PeopleAsked(Cursored, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which people are asked for."""

    words: Annotated[
        str, Meta(max_length=200, description="A part of a name or handle; then one page, the best 50.")
    ] = ""


class PersonListed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person by one of their accounts: `author` is its id."""

    author: UUID
    name: str
    handle: str
    platform: str
    customer_status: CustomerStatus
    last_seen_at: datetime
    cases: int


class PeopleSent(msgspec.Struct, frozen=True):
    """Some accounts, those that were seen last first, and the cursor of the page after."""

    people: list[PersonListed]
    next: str | None


class AccountSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One public account of a person."""

    id: UUID
    platform: str
    handle: str
    name: str
    url: str
    customer_status: CustomerStatus
    account_since: str | None
    first_seen_at: datetime
    last_seen_at: datetime


class KnownSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What members know of a person; all three are set."""

    contact: Text
    notes: Text
    customer_status: CustomerStatus


class PersonSent(msgspec.Struct, frozen=True, kw_only=True):
    """A person: what is known, their accounts, and their cases, the newest first (at most 200)."""

    author: UUID
    name: str
    known: KnownSent
    accounts: list[AccountSent]
    cases: list[CaseListed]


def _listed(row: PersonRow) -> PersonListed:
    return filled(PersonListed, row)


async def _sent(found: PersonShown, asked: Asked) -> PersonSent:
    accounts = [filled(AccountSent, one) for one in found.accounts]
    return PersonSent(
        author=found.author,
        name=found.name,
        known=KnownSent(
            contact=found.known.contact,
            notes=found.known.notes,
            customer_status=found.known.customer_status,
        ),
        accounts=accounts,
        cases=await listed([row for row, _nature in found.cases], asked),
    )


async def _answer(asked: Asked, author: UUID) -> Response[PersonSent]:
    """A person with the fingerprint of what is known as the ETag."""
    found = await people.find(author)
    return Response(await _sent(found, asked), headers={"ETag": f'"{fingerprint(found.known.values())}"'})


@get(
    "/people",
    operation_id="listPeople",
    opt={"policy": Policy.TOKEN_PEOPLE, "query": PeopleAsked},
    tags=["people"],
)
async def index(asked: NamedDependency[Asked]) -> PeopleSent:
    """Lists the accounts that wrote, those that were seen last first, or those of a name."""
    wanted = asked.query(PeopleAsked)
    if wanted.words.strip():
        rows, key = await people.named(wanted.words.strip(), most=people.MOST_PEOPLE), None
    else:
        rows, key = await people.page(wanted.id())
    following = cursor(key)
    return answered(asked, PeopleSent([_listed(row) for row in rows], following), following)


@get(
    "/people/{author:uuid}",
    operation_id="getPerson",
    opt={"policy": Policy.TOKEN_PEOPLE},
    tags=["people"],
)
async def show(asked: NamedDependency[Asked], author: FromPath[UUID]) -> Response[PersonSent]:
    """A person by one of their accounts. The ETag is of what is known of them."""
    return await _answer(asked, author)


@put(
    "/people/{author:uuid}",
    operation_id="setKnown",
    opt={"policy": Policy.TOKEN_PEOPLE_WRITE, "matches": True},
    tags=["people"],
)
async def write(
    asked: NamedDependency[Asked], author: FromPath[UUID], data: JSONBody[KnownSent]
) -> Response[PersonSent]:
    """Sets what is known of a person; whether they are a customer reaches their open cases."""
    with as_shown(asked) as seen:
        await people.write(asked.act, author, filled(Known, data), seen=seen)
    return await _answer(asked, author)


routes = (index, show, write)
