"""Page of a case: its posts, timeline, follow-ups and the moves that are possible now."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.capture.links import display_host, safe_url
from amends.rules.case.erased_cases import is_only_read
from amends.rules.team.permissions import Permission
from amends.rules.vocabulary import Stage
from amends.services.capture import rechecks
from amends.services.case import erasures_ahead, legal_hold_checks, sensitive_openings
from amends.services.desk import cases, watches
from amends.services.follow_up import colleagues
from amends.services.person import post_copies
from amends.services.team import members, teams
from amends.services.workflow import answers, outgoing_mails
from amends.web.case import erasures_view
from amends.web.desk import questions_view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed
from amends.web.person import legal_holds_view
from amends.web.placeholders import CASE_HREF, CASE_NUMBER, CASE_STEP_WHY, CASE_VERSION
from amends.web.security import Policy
from amends.web.workflow.case_page_view import Around, Asked, case_page


@get("/cases/{number:int}", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """One case. `?do=` opens the form of a move, `?promise=` the one for a promise, filled in.

    `?do=join&into=` opens the one for a merge, with the number of the case that stays.
    """
    return await show_case(here, number, NOTHING_TYPED)


@post("/cases/{number:int}/look", status_code=200, opt={"policy": Policy.SIGNED_IN})
async def look_again(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """Asks for a look at the post and opens it; a form may not lead elsewhere itself (R-43), a page may."""
    address = safe_url(await rechecks.ask(here.act, number)) or f"/cases/{number}"
    return await here.render("cases/look.html", address=address, host=display_host(address), number=number)


async def show_case(here: Here, number: int, typed: Typed) -> Response[bytes]:
    """The page of a case, with what somebody typed beside what was wrong with it. Raises CaseUnknown."""
    if typed is NOTHING_TYPED:
        typed = _filled_in(here.query)
    detail = await cases.detail(here.act, number)
    is_recorded = await sensitive_openings.note_opening(here.act, number)
    if detail.watched not in (None, detail.version):
        await watches.see(detail.row.id, detail.version, by=here.member)
    writing = await answers.beside(here.act, detail, links_at=here.settings.base_url)
    is_closed = detail.row.stage is Stage.CLOSED
    copies = [] if is_closed else await post_copies.of(detail.row.number)
    can_be_asked = [] if is_closed else await colleagues.of_language(here.act, lang=detail.row.lang)
    page = case_page(
        detail,
        reader=here.member,
        members=await members.everyone(),
        asked=_asked(here),
        typed=typed,
        around=Around(
            writing=writing,
            copies=copies,
            account=await outgoing_mails.find(),
            mails=await outgoing_mails.of_case(detail.row.id),
            calendar=await teams.calendar(),
            questions=questions_view.shown(detail, can_be_asked, typed, reader=here.member, now=here.now),
        ),
        now=here.now,
    )
    return await here.render(
        "cases/_fragment.html" if here.wants_fragment else "cases/show.html",
        status=typed.status,
        values={
            CASE_HREF: page.href,
            CASE_NUMBER: number,
            CASE_VERSION: page.version,
            CASE_STEP_WHY: page.step_why,
        },
        page=page,
        is_recorded=is_recorded,
        is_only_read=is_only_read(detail.row.outcome),
        may_lift=here.member.may(Permission.LEAD),
        legal_holds=legal_holds_view.holds(await legal_hold_checks.of_case(detail.row.id), now=here.now),
        erasure=erasures_view.shown((await erasures_ahead.of_cases([number])).get(number)),
        erased=legal_holds_view.erased(detail.timeline, now=here.now),
    )


def _filled_in(asked: Mapping[str, str]) -> Typed:
    """What an address fills in of the form that it opens."""
    if asked.get("promise"):
        said = {"words": asked["promise"][:2_000], "due_at": asked.get("by", "")[:16]}
        return Typed(form="promise", values=said)
    if asked.get("do") == "join" and asked.get("into"):
        return Typed(form="join", values={"duplicate_of": asked["into"][:9]})
    return NOTHING_TYPED


def _asked(here: Here) -> Asked:
    """What the address asks for; which part is shown, the page says on which a form stands."""
    there = here.page_query
    return Asked(
        do=here.query.get("do"),
        show=here.query.get("show", there.get("show", "")),
        earlier="earlier" in here.query,
        edit=int(edit) if (edit := here.query.get("edit", "")[:8]).isdecimal() else None,
        write=here.query.get("write", ""),
    )


routes = (show, look_again)
