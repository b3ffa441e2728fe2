"""Legal holds of a case or a person: placed, looked at again, and lifted, each with a reason."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.case import access, legal_hold_checks
from amends.services.person import legal_holds, people
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
from amends.web.person import legal_holds_view as shown
from amends.web.security import Policy

OF_CASE = "/cases/{number:int}/hold"
OF_PERSON = "/people/{author:uuid}/hold"
ONE = "/legal-holds/{hold_id:uuid}"


class HoldForm(msgspec.Struct):
    """Why, and on which day somebody looks whether it is still needed."""

    reason: str = ""
    review_on: date | None = None


class LiftForm(msgspec.Struct):
    """Why it is needed no more."""

    reason: str = ""


async def case_page(
    here: Here, *, number: int, typed: Typed = NOTHING_TYPED, failed: UUID | None = None
) -> Response[bytes]:
    """The holds under which a case stands, and the form for another."""
    case = await access.find(number, by=here.member)
    holds = await legal_hold_checks.of_case(case.id)
    return await _page(here, shown.of_case(number, holds, failed=failed, now=here.now), typed)


async def person_page(
    here: Here, *, author: UUID, typed: Typed = NOTHING_TYPED, failed: UUID | None = None
) -> Response[bytes]:
    """The holds of a person and of their cases, and the form for another."""
    person = await people.find(author)
    holds = await legal_holds.of_person(author)
    return await _page(here, shown.of_person(author, person.name, holds, failed=failed, now=here.now), typed)


async def _page(here: Here, page: shown.HoldsPage, typed: Typed) -> Response[bytes]:
    return await here.render("privacy/holds.html", status=typed.status, page=page, typed=typed)


async def hold_page(here: Here, *, hold_id: UUID, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The page of the case or the person that a hold is on."""
    hold = await legal_holds.find(hold_id)
    if hold.number is not None:
        return await case_page(here, number=hold.number, typed=typed, failed=hold_id)
    return await person_page(here, author=legal_holds.account_of(hold), typed=typed, failed=hold_id)


@get(OF_CASE, opt={"policy": Policy.LEAD})
async def of_case(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """Legal holds of a case."""
    return await case_page(here, number=number)


@post(OF_CASE, status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(case_page, "hold")
async def hold_case(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Nobody erases or removes the case until it is lifted."""
    form = await here.form(HoldForm)
    await legal_holds.place(here.act, number=number, reason=form.reason, review_on=form.review_on)
    return _back(f"/cases/{number}", "held-legally")


@get(OF_PERSON, opt={"policy": Policy.LEAD})
async def of_person(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[bytes]:
    """Legal holds of a person."""
    return await person_page(here, author=author)


@post(OF_PERSON, status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(person_page, "hold")
async def hold_person(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[Any]:
    """Nobody erases the person or removes their cases until it is lifted."""
    form = await here.form(HoldForm)
    await legal_holds.place(here.act, author=author, reason=form.reason, review_on=form.review_on)
    return _back(f"/people/{author}", "held-legally")


@post(f"{ONE}/review", status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(hold_page, "review")
async def review(here: NamedDependency[Here], hold_id: FromPath[UUID]) -> Response[Any]:
    """It is still needed, until another day."""
    form, of = await here.form(HoldForm), await _subject(hold_id)
    await legal_holds.look_again(here.act, hold_id, reason=form.reason, review_on=form.review_on)
    return _back(of, "legal-hold-reviewed")


@post(f"{ONE}/lift", status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(hold_page, "lift")
async def lift(here: NamedDependency[Here], hold_id: FromPath[UUID]) -> Response[Any]:
    """Lifts a hold."""
    form, of = await here.form(LiftForm), await _subject(hold_id)
    await legal_holds.lift(here.act, hold_id, reason=form.reason)
    return _back(of, "legal-hold-lifted")


async def _subject(hold_id: UUID) -> str:
    """The address of the case or the person. Raises LegalHoldUnknown."""
    hold = await legal_holds.find(hold_id)
    return f"/cases/{hold.number}" if hold.number is not None else f"/people/{legal_holds.account_of(hold)}"


def _back(page: str, notice: str) -> Redirect:
    return Redirect(f"{page}?notice={notice}", status_code=303)


routes = (of_case, hold_case, of_person, hold_person, review, lift)
