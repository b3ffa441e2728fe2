"""Which cases are there, and what is there to know and do about one?"""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.capture.links import display_host, safe_url
from amends.services.capture import looks
from amends.services.case import searches
from amends.services.desk import cases, themes, views, watches
from amends.services.desk.cases import CaseRow
from amends.services.team import members
from amends.services.team.members import Member
from amends.web.desk import cards_view, filters_view
from amends.web.desk import searches_view as found_words
from amends.web.desk.cards_view import Card
from amends.web.holes import CASE_HREF, CASE_VERSION
from amends.web.security import Policy
from amends.web.templating import query, render, wants_fragment
from amends.web.workflow.case_page_view import case_page
from amends.web.workflow.move_forms_view import Typed

NOTHING_TYPED = Typed()


@get("/cases", opt={"policy": Policy.SIGNED_IN})
async def index(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The cases that fit the filters of the address, newest first, paged by the number of the last one."""
    asked = request.query_params
    before = int(key) if (key := asked.get("before", "")).isdecimal() and len(key) < 10 else None
    wanted = filters_view.read(asked, reader=member.id)
    found = await cases.page(wanted, before=before, now=now)
    page = await render(
        request,
        "cases/_fragment_list.html" if wants_fragment(request) else "cases/index.html",
        cards=await _cards(found.rows, wanted.words, reader=member, now=now),
        views=filters_view.views(await views.seen_by(member), wanted, reader=member.id),
        filters=filters_view.shown(
            wanted,
            members=await members.everyone(),
            themes=await themes.everything(),
            reader=member.id,
            before=before,
            next_before=found.next_before,
        ),
    )
    if wants_fragment(request):  # an address without the fields that say nothing
        page.headers["hx-push-url"] = (
            f"/cases{query({**filters_view.written(wanted, reader=member.id), 'before': before})}"
        )
    return page


async def _cards(rows: list[CaseRow], typed: str, *, reader: Member, now: datetime) -> list[Card]:
    """The cards of these cases; of those that were looked for, with the place where the words stand."""
    made = cards_view.shown(rows, reader=reader.id, now=now)
    if not typed:
        return made
    found = await searches.found_in(found_words.unexplained(rows, typed=typed), typed)
    return found_words.shown(made, rows, found)


@get("/cases/{number:int}", opt={"policy": Policy.SIGNED_IN})
async def show(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    """One case. `?do=` opens the form of a move, `?promise=` the one for a promise, filled in."""
    return await case_shown(request, number, member=member, now=now)


@post("/cases/{number:int}/look", status_code=200, opt={"policy": Policy.SIGNED_IN})
async def look_again(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    """Asks for a look at the post and opens it; a form may not lead elsewhere itself (R-43), a page may."""
    address = safe_url(await looks.ask(number, by=member, now=now)) or f"/cases/{number}"
    return await render(
        request, "cases/look.html", address=address, host=display_host(address), number=number
    )


async def case_shown(
    request: Request[Any, Any, Any],
    number: int,
    *,
    member: Member,
    now: datetime,
    typed: Typed = NOTHING_TYPED,
    status: int = 200,
) -> Response[bytes]:
    """The page of a case, with what somebody typed beside what was wrong with it. Raises CaseUnknown."""
    asked = request.query_params
    if typed is NOTHING_TYPED and asked.get("promise"):
        said = {"words": asked["promise"][:2_000], "due_at": asked.get("by", "")[:16]}
        typed = Typed(form="promise", values=said)
    detail = await cases.detail(number, by=member, now=now)
    if detail.watched not in (None, detail.version):
        await watches.see(detail.row.id, detail.version, by=member)
    page = case_page(
        detail,
        reader=member,
        members=await members.everyone(),
        chosen=asked.get("do"),
        typed=typed,
        now=now,
    )
    return await render(
        request,
        "cases/_fragment.html" if wants_fragment(request) else "cases/show.html",
        status=status,
        fill={CASE_HREF: page.href, CASE_VERSION: page.version},
        page=page,
    )


def to_case(number: int, notice: str) -> Redirect:
    """Back to the case, which says what has been done."""
    return Redirect(f"/cases/{number}?notice={notice}", status_code=303)


routes = (index, show, look_again)
