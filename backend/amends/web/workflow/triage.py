"""How is one new case after the other decided, by keyboard and within half a minute each?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import AmendsError, Conflict, Forbidden, Invalid
from amends.rules.vocabulary import CustomerStatus, Nature, Severity, Stance
from amends.rules.workflow.move_input import Particulars
from amends.rules.workflow.stances import Assessment
from amends.services.desk import case_themes, themes
from amends.services.team.members import Member
from amends.services.workflow import triage
from amends.services.workflow.triage import Triage
from amends.web import forms
from amends.web.desk import case_themes_view as case_theme_presenter
from amends.web.desk.case_themes_view import Choice
from amends.web.security import Policy
from amends.web.templating import render, wants_fragment
from amends.web.workflow.triage_view import advice, triage_page

PAGE = "/triage"


class LookForm(msgspec.Struct):
    """What is known of the post so far, and the stance that stood recommended."""

    severity: Severity | None = None
    nature: Nature | None = None
    fault: str | None = None
    customer_status: CustomerStatus | None = None
    stance: Stance | None = None
    recommended: str = ""

    def known(self, *, is_seen: bool) -> Assessment:
        """As the rules read it."""
        customer = self.customer_status or CustomerStatus.UNKNOWN
        return Assessment(self.nature, self.severity, self.fault, customer, is_seen)


class Decision(msgspec.Struct):
    """The stance, the themes that were ticked, and which version of the case was seen."""

    stance: Stance
    theme: list[UUID] = []
    version: int | None = None


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """The new case that is due first; `?case=` shows another one that waits."""
    asked = request.query_params.get("case", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    return await _page(request, number, member=member, now=now)


@post(f"{PAGE}/{{number:int}}/look", status_code=200, opt={"policy": Policy.SIGNED_IN})
async def look(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """What is recommended for what is known so far. Nothing is kept."""
    form = await forms.decode(request, LookForm)
    if not wants_fragment(request):
        return await _page(request, number, member=member, now=now, form=form)
    found = await _begun(number, form, member=member, now=now)
    shown = advice(found.recommended, chosen=form.stance or "", before=form.recommended)
    return await render(request, "triage/_advice.html", frame=None, advice=shown, number=number)


@post(f"{PAGE}/{{number:int}}", status_code=303, opt={"policy": Policy.SIGNED_IN})
async def decide(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Takes a stance, and goes on to the next case."""
    try:
        chosen = await forms.decode(request, Decision)
        given = await forms.decode(request, Particulars)
        await triage.decide(
            number, chosen.stance, given, about=chosen.theme, by=member, now=now, version=chosen.version
        )
    except (Invalid, Conflict, Forbidden) as error:
        return await _page(request, number, member=member, now=now, error=error)
    return Redirect(f"{PAGE}?notice=decided&done={number}", status_code=303)


async def _begun(number: int, form: LookForm, *, member: Member, now: datetime) -> Triage:
    first = await triage.begin(number, by=member, now=now)
    known = form.known(is_seen=triage.seen(first.detail))
    return await triage.begin(number, known=known, by=member, now=now)


async def _page(
    request: Request[Any, Any, Any],
    asked: int | None,
    *,
    member: Member,
    now: datetime,
    form: LookForm | None = None,
    error: AmendsError | None = None,
) -> Response[Any]:
    queue = await triage.waiting(now=now)
    number = asked if asked in queue else next(iter(queue), None)
    status = error.status if error else 200
    if number is None or (error is not None and asked not in queue):
        sentence = error.detail if error else ""
        return await render(
            request, "triage/empty.html", status=status, sentence=sentence, waiting=len(queue)
        )
    if form and number == asked:
        found = await _begun(number, form, member=member, now=now)
    else:
        found = await triage.begin(number, by=member, now=now)
    wrong = error.fields if isinstance(error, Invalid) else {}
    page = triage_page(
        found,
        queue,
        fitting=await _fitting(request, number, member=member, again=bool(form or error)),
        typed=await forms.typed(request) if form or error else {},
        wrong=wrong,
        problem=error.detail if error and not wrong else "",
        reader=member.id,
        now=now,
    )
    return await render(request, "triage/index.html", status=status, page=page, done=_done(request))


async def _fitting(
    request: Request[Any, Any, Any], number: int, *, member: Member, again: bool
) -> list[Choice]:
    """The themes that may fit; `again`, what was ticked stays ticked. Nothing is read where there is none."""
    everything = await themes.everything()
    if not everything:
        return []
    ticked = (await request.form()).getall("theme", []) if again else []
    found = await case_themes.of_case(number, by=member)
    return case_theme_presenter.fitting(found, everything, ticked=ticked)


def _done(request: Request[Any, Any, Any]) -> int | None:
    done = request.query_params.get("done", "")
    return int(done) if done.isdecimal() and len(done) < 10 else None


routes = (show, look, decide)
