"""What is offered to put things right, who agrees to it, and what do they say?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.follow_up.remedies import read_amount
from amends.rules.vocabulary import RemedyKind, RemedyState
from amends.services.follow_up import remedies
from amends.services.team.members import Member
from amends.web import forms
from amends.web.desk.cases import to_case
from amends.web.security import Policy
from amends.web.workflow.case_form import attempt


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
async def offer(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Writes down what is offered."""

    async def write_down() -> str:
        form = await forms.decode(request, OfferForm)
        state = await remedies.offer(
            number, kind=form.kind, words=form.words, cost=read_amount(form.cost), by=member, now=now
        )
        return "lead-asked" if state is RemedyState.ASKED else "offered"

    return await attempt(request, number, write_down, form="remedy", member=member, now=now)


@post("/remedies/{remedy_id:uuid}/decide", opt={"policy": Policy.LEAD})
async def decide(
    request: Request[Any, Any, Any],
    remedy_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """A lead agrees to what was asked, or does not."""
    form = await forms.decode(request, DecisionForm)
    number = await remedies.decide(remedy_id, agree=form.agree, reason=form.reason, by=member, now=now)
    return to_case(number, "approved" if form.agree else "rejected")


@post("/remedies/{remedy_id:uuid}/answer", opt={"policy": Policy.SIGNED_IN})
async def answer(
    request: Request[Any, Any, Any],
    remedy_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """What the person said to the offer."""
    form = await forms.decode(request, AnswerForm)
    return to_case(await remedies.answer(remedy_id, accepted=form.accepted, by=member, now=now), "saved")


routes = (offer, decide, answer)
