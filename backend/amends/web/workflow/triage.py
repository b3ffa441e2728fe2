"""Triage of new cases, by keyboard."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import AmendsError, Conflict, Forbidden, Invalid
from amends.rules.vocabulary import CustomerStatus, Nature, Severity, Stance
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.stances import Assessment
from amends.services.desk import case_themes, themes
from amends.services.team.members import Act, Member
from amends.services.workflow import triage
from amends.services.workflow.triage import Triage
from amends.web.desk import case_themes_view as case_theme_presenter
from amends.web.desk.case_themes_view import Choice
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy
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
async def show(here: NamedDependency[Here]) -> Response[Any]:
    """The new case that is due first; `?case=` shows another one that waits."""
    asked = here.query.get("case", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    return await _page(
        here,
        number,
    )


@post(f"{PAGE}/{{number:int}}/look", status_code=200, opt={"policy": Policy.SIGNED_IN})
async def look(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What is recommended for what is known so far. Nothing is kept."""
    form = await here.form(LookForm)
    if not here.wants_fragment:
        return await _page(here, number, form=form)
    found = await _begun(number, form, member=here.member, now=here.now)
    shown = advice(found.recommended, chosen=form.stance or "", before=form.recommended)
    return await here.render("triage/_advice.html", frame=None, advice=shown, number=number)


@post(f"{PAGE}/{{number:int}}", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def decide(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Takes a stance, and goes on to the next case."""
    try:
        chosen = await here.form(Decision)
        given = await here.form(MoveInput)
        await triage.decide(
            here.act,
            number,
            chosen.stance,
            given,
            about=chosen.theme,
            version=chosen.version,
        )
    except (Invalid, Conflict, Forbidden) as error:
        return await _page(here, number, error=error)
    return Redirect(f"{PAGE}?notice=decided&done={number}", status_code=303)


async def _begun(number: int, form: LookForm, *, member: Member, now: datetime) -> Triage:
    first = await triage.begin(Act(member, now), number)
    known = form.known(is_seen=triage.seen(first.detail))
    return await triage.begin(Act(member, now), number, known=known)


async def _page(
    here: Here, asked: int | None, *, form: LookForm | None = None, error: AmendsError | None = None
) -> Response[Any]:
    queue = await triage.waiting(now=here.now, asked=asked)
    number = asked if asked in queue else next(iter(queue), None)
    status = error.status if error else 200
    if number is None or (error is not None and asked not in queue):
        sentence = error.detail if error else ""
        return await here.render("triage/empty.html", status=status, sentence=sentence, waiting=len(queue))
    if form and number == asked:
        found = await _begun(number, form, member=here.member, now=here.now)
    else:
        found = await triage.begin(here.act, number)
    wrong = error.fields if isinstance(error, Invalid) else {}
    page = triage_page(
        found,
        queue,
        fitting=await _fitting(here, number, again=bool(form or error)),
        typed=await here.typed() if form or error else {},
        wrong=wrong,
        problem=error.detail if error and not wrong else "",
        reader=here.member.id,
        now=here.now,
    )
    return await here.render("triage/index.html", status=status, page=page, done=_done(here))


async def _fitting(here: Here, number: int, *, again: bool) -> list[Choice]:
    """The themes that may fit; `again`, what was ticked stays ticked. Nothing is read where there is none."""
    everything = await themes.everything()
    if not everything:
        return []
    ticked = (await here.request.form()).getall("theme", []) if again else []
    found = await case_themes.of_case(number, by=here.member)
    return case_theme_presenter.fitting(found, everything, ticked=ticked)


def _done(here: Here) -> int | None:
    done = here.query.get("done", "")
    return int(done) if done.isdecimal() and len(done) < 10 else None


routes = (show, look, decide)
