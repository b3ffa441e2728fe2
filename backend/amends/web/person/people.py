"""People: accounts and cases of one human, and account matches."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.team.permissions import Permission
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import erasures_ahead
from amends.services.person import (
    account_matches,
    author_pairs,
    legal_holds,
    measures,
    people,
    people_sheet,
    recoveries,
)
from amends.services.person.people import Known
from amends.services.team import audit
from amends.web.case import erasures_view
from amends.web.confirmation import confirmed
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay
from amends.web.person import legal_holds_view
from amends.web.person import people_view as presenter
from amends.web.security import Policy

PAGE = "/people"
PERSON = f"{PAGE}/{{author:uuid}}"


class SeenForm(msgspec.Struct):
    """The fingerprint of what stood in a form when it was shown."""

    seen: str = ""


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
    links = presenter.links(found, await people.weekly_cases(before, now=here.now), now=here.now)
    return await here.render(
        "people/index.html",
        links=links,
        before=before,
        following=following,
        may_export=here.member.may(Permission.LEAD),
    )


@get(f"{PAGE}/table.csv", opt={"policy": Policy.LEAD})
@confirmed
async def take_out(here: NamedDependency[Here]) -> Response[bytes]:
    """Every account with the person behind it, how to reach them, and notes."""
    content = await people_sheet.table()
    await audit.record(AuditKind.EXPORTED, by=here.member, now=here.now, what="people")
    headers = {"content-disposition": 'attachment; filename="amends-people.csv"'}
    return Response(content, media_type="text/csv", headers=headers)


async def _page(here: Here, *, author: UUID, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    page = presenter.person_page(
        await people.find(author),
        suspects=await account_matches.of(author),
        pairs=await author_pairs.decided(author),
        track=await recoveries.of(author),
        found=await measures.of_person(author),
        reader=here.member,
        now=here.now,
        typed=typed,
    )
    holds = legal_holds_view.holds(await legal_holds.of_person(author), now=here.now)
    ahead = await erasures_ahead.of_cases([one.card.number for one in page.cases])
    erasures = {number: erasures_view.shown(one) for number, one in ahead.items()}
    return await here.render(
        "people/show.html", page=page, holds=holds, erasures=erasures, typed=typed, status=typed.status
    )


@get(PERSON, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[bytes]:
    """A person by one of their accounts."""
    return await _page(here, author=author)


@post(PERSON, status_code=303, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "person")
async def write(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[Any]:
    """Keeps what members know of a person."""
    known, seen = await here.form(Known), (await here.form(SeenForm)).seen
    await people.write(here.act, author, known, seen=seen)
    return _to(author, "saved")


@post(f"{PERSON}/join", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def join(here: NamedDependency[Here], author: FromPath[UUID]) -> Redirect:
    """From now on both accounts are one person."""
    form = await here.form(PairForm)
    reasons = await account_matches.reasons(author, form.other)
    await author_pairs.join(here.act, author, form.other, reasons=reasons)
    return _to(author, "joined")


@post(f"{PERSON}/reject", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def reject(here: NamedDependency[Here], author: FromPath[UUID]) -> Redirect:
    """They are two people; nobody is asked again."""
    form = await here.form(PairForm)
    reasons = await account_matches.reasons(author, form.other)
    await author_pairs.reject(here.act, author, form.other, reasons=reasons)
    return _to(author, "two-people")


@post(f"{PERSON}/pairs/{{pair_id:uuid}}/take-back", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def take_back(here: NamedDependency[Here], author: FromPath[UUID], pair_id: FromPath[UUID]) -> Redirect:
    """As if nothing had been decided about the two."""
    await author_pairs.take_back(here.act, pair_id)
    return _to(author, "undone")


def _to(author: UUID, notice: str) -> Redirect:
    return Redirect(f"{PAGE}/{author}?notice={notice}", status_code=303)


routes = (index, take_out, show, write, join, reject, take_back)
