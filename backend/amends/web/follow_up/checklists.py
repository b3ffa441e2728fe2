"""Checklists on the page of a case: start a playbook, tick, answer, skip or reopen a step."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.follow_up import checklists
from amends.web.page_kit import Here, case_form
from amends.web.security import Policy

STEP = "/cases/{number:int}/steps/{step_id:uuid}"


class StartForm(msgspec.Struct):
    """Which playbook."""

    playbook: UUID


class AnswerForm(msgspec.Struct):
    """What the person said."""

    answer: str = ""


class SkipForm(msgspec.Struct):
    """Why the step is left out."""

    reason: str = ""


@post("/cases/{number:int}/checklists", opt={"policy": Policy.SIGNED_IN})
@case_form("checklist")
async def start(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Starts a playbook on the case."""
    await checklists.start(here.act, number, (await here.form(StartForm)).playbook)
    return _to(number, "playbook-started")


@post(f"{STEP}/tick", opt={"policy": Policy.SIGNED_IN})
@case_form("step")
async def tick(here: NamedDependency[Here], number: FromPath[int], step_id: FromPath[UUID]) -> Response[Any]:
    """The step is done."""
    await checklists.tick(here.act, number, step_id)
    return _to(number, "ticked", step_id)


@post(f"{STEP}/answer", opt={"policy": Policy.SIGNED_IN})
@case_form(named_by="at")
async def answer(
    here: NamedDependency[Here], number: FromPath[int], step_id: FromPath[UUID]
) -> Response[Any]:
    """What the person said to a question."""
    await checklists.answer(here.act, number, step_id, (await here.form(AnswerForm)).answer)
    return _to(number, "answered", step_id)


@post(f"{STEP}/skip", opt={"policy": Policy.SIGNED_IN})
@case_form(named_by="at")
async def skip(here: NamedDependency[Here], number: FromPath[int], step_id: FromPath[UUID]) -> Response[Any]:
    """The step is left out, for a reason."""
    await checklists.skip(here.act, number, step_id, (await here.form(SkipForm)).reason)
    return _to(number, "saved", step_id)


@post(f"{STEP}/reopen", opt={"policy": Policy.SIGNED_IN})
@case_form("step")
async def reopen(
    here: NamedDependency[Here], number: FromPath[int], step_id: FromPath[UUID]
) -> Response[Any]:
    """The step is open after all."""
    await checklists.reopen(here.act, number, step_id)
    return _to(number, "saved", step_id)


def _to(number: int, notice: str, step: UUID | None = None) -> Redirect:
    """Back to the case, at the checklist."""
    anchor = f"step-{step}" if step else "checklists"
    return Redirect(f"/cases/{number}?notice={notice}#{anchor}", status_code=303)


routes = (start, tick, answer, skip, reopen)
