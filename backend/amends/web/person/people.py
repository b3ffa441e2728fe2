"""People: accounts and cases of one human, and account matches."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.person.matching import Reason
from amends.rules.vocabulary import CustomerStatus
from amends.services.person import account_matches, author_pairs, people
from amends.web.page_kit import Here, answered_once
from amends.web.person import people_view as presenter
from amends.web.security import Policy

PAGE = "/people"
PERSON = f"{PAGE}/{{author:uuid}}"


class PersonForm(msgspec.Struct):
    """What members know of a person."""

    contact: str = ""
    notes: str = ""
    customer_status: CustomerStatus = CustomerStatus.UNKNOWN


class PairForm(msgspec.Struct):
    """The other account."""

    other: UUID


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The accounts that were seen last, paged by the last one."""
    try:
        before = UUID(here.query.get("before", ""))
    except ValueError:
        before = None
    found, following = await people.page(before)
    links = presenter.links(found, now=here.now)
    return await here.render("people/index.html", links=links, before=before, following=following)


@get(PERSON, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[bytes]:
    """A person by one of their accounts."""
    page = presenter.person_page(
        await people.find(author),
        suspects=await account_matches.of(author),
        pairs=await author_pairs.decided(author),
        reader=here.member,
        now=here.now,
    )
    return await here.render("people/show.html", page=page)


@post(PERSON, status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def write(here: NamedDependency[Here], author: FromPath[UUID]) -> Redirect:
    """Keeps what members know of a person."""
    form = await here.form(PersonForm)
    await people.write(here.act, author, contact=form.contact, notes=form.notes, status=form.customer_status)
    return _to(author, "saved")


@post(f"{PERSON}/join", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def join(here: NamedDependency[Here], author: FromPath[UUID]) -> Redirect:
    """From now on both accounts are one person."""
    form = await here.form(PairForm)
    reasons = await _reasons(author, form.other)
    await author_pairs.join(here.act, author, form.other, reasons=reasons)
    return _to(author, "joined")


@post(f"{PERSON}/reject", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def reject(here: NamedDependency[Here], author: FromPath[UUID]) -> Redirect:
    """They are two people; nobody is asked again."""
    form = await here.form(PairForm)
    reasons = await _reasons(author, form.other)
    await author_pairs.reject(here.act, author, form.other, reasons=reasons)
    return _to(author, "two-people")


@post(f"{PERSON}/pairs/{{pair_id:uuid}}/take-back", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def take_back(here: NamedDependency[Here], author: FromPath[UUID], pair_id: FromPath[UUID]) -> Redirect:
    """As if nothing had been decided about the two."""
    await author_pairs.take_back(here.act, pair_id)
    return _to(author, "undone")


async def _reasons(author: UUID, other: UUID) -> tuple[Reason, ...]:
    """Why they were suspected, as the member saw it."""
    found = next((one for one in await account_matches.of(author) if one.author == other), None)
    return found.likeness.reasons if found else ()


def _to(author: UUID, notice: str) -> Redirect:
    return Redirect(f"{PAGE}/{author}?notice={notice}", status_code=303)


routes = (index, show, write, join, reject, take_back)
