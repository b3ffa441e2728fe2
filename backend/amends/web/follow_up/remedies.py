"""Remedies: offers, decisions of leads, answers."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.follow_up.remedies import read_amount
from amends.rules.vocabulary import RemedyKind, RemedyState
from amends.services.follow_up import remedies
from amends.web.page_kit import Here, case_form, to_case
from amends.web.security import Policy


class OfferForm(msgspec.Struct):
    """What is offered, in words and in money."""

    kind: RemedyKind
    words: str
    cost: str = ""


class DecisionForm(msgspec.Struct):
    """Whether a lead agrees, and why not."""

    agree: bool
    reason: str = ""


class AnswerForm(msgspec.Struct):
    """What they said to it."""

    accepted: bool


@post("/cases/{number:int}/remedies", opt={"policy": Policy.SIGNED_IN})
@case_form("remedy")
async def offer(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Writes down what is offered."""

    form = await here.form(OfferForm)
    state = await remedies.offer(
        here.act, number, kind=form.kind, words=form.words, cost=read_amount(form.cost)
    )
    return to_case(number, "lead-asked" if state is RemedyState.ASKED else "offered")


@post("/cases/{number:int}/remedies/{remedy_id:uuid}/decide", opt={"policy": Policy.LEAD})
@case_form()
async def decide(
    here: NamedDependency[Here], number: FromPath[int], remedy_id: FromPath[UUID]
) -> Response[Any]:
    """A lead agrees to what was asked, or does not."""
    return to_case(number, await decided(here, remedy_id))


async def decided(here: Here, remedy_id: UUID) -> str:
    """Decides as the form says, which stands on more than one page; the notice of it."""
    form = await here.form(DecisionForm)
    await remedies.decide(here.act, remedy_id, agree=form.agree, reason=form.reason)
    return "approved" if form.agree else "rejected"


@post("/cases/{number:int}/remedies/{remedy_id:uuid}/answer", opt={"policy": Policy.SIGNED_IN})
@case_form("remedy-answer")
async def answer(
    here: NamedDependency[Here], number: FromPath[int], remedy_id: FromPath[UUID]
) -> Response[Any]:
    """What the person said to the offer."""
    form = await here.form(AnswerForm)
    await remedies.answer(here.act, remedy_id, accepted=form.accepted)
    return to_case(number, "saved")


routes = (offer, decide, answer)
