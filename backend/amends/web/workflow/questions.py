"""Forms of questions to a colleague: ask, answer, withdraw, on the page of a case and in triage."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.follow_up.questions import Answer, Preset
from amends.services.follow_up import questions
from amends.web.desk.questions_view import ANSWER, ASK
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, case_form, redisplayed, to_case
from amends.web.security import Policy
from amends.web.workflow import triage


class AskForm(msgspec.Struct):
    """Whom to ask, and what: one of the buttons, or words."""

    member: UUID
    preset: Preset | None = None
    words: str = ""


class AnswerForm(msgspec.Struct):
    """One of the buttons, or words; whether it was sent from Today."""

    answer: Answer | None = None
    words: str = ""
    today: bool = False


async def _ask(here: Here, number: int) -> None:
    form = await here.form(AskForm)
    await questions.ask(here.act, number, of=form.member, preset=form.preset, words=form.words)


@post("/cases/{number:int}/questions", opt={"policy": Policy.SIGNED_IN})
@case_form(ASK)
async def ask(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Asks a colleague about the case."""
    await _ask(here, number)
    return to_case(number, "asked")


@post("/cases/{number:int}/questions/{question:uuid}/answer", opt={"policy": Policy.SIGNED_IN})
@case_form(ANSWER)
async def answer(
    here: NamedDependency[Here], number: FromPath[int], question: FromPath[UUID]
) -> Response[Any]:
    """Answers a colleague."""
    form = await here.form(AnswerForm)
    await questions.answer(here.act, number, question, chosen=form.answer, words=form.words)
    return Redirect("/?notice=answered", status_code=303) if form.today else to_case(number, "answered")


@post("/cases/{number:int}/questions/{question:uuid}/withdraw", opt={"policy": Policy.SIGNED_IN})
@case_form()
async def withdraw(
    here: NamedDependency[Here], number: FromPath[int], question: FromPath[UUID]
) -> Response[Any]:
    """Takes a question back."""
    await questions.withdraw(here.act, number, question)
    return to_case(number, "withdrawn")


async def _triage(here: Here, *, number: int, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[Any]:  # noqa: ANN401
    """Triage as it stood, with all that was chosen about the case; by a script only the questions change."""
    if here.wants_fragment:
        return await triage.second_opinion(here, number, typed)
    return await triage.page(here, number=number, typed=typed)


async def _unsent(here: Here, *, without: str = "") -> Typed:
    """All that was typed in triage and stays there; what was sent already is left out."""
    values = {name: value for name, value in (await here.typed()).items() if name != without}
    return Typed(values=values, several=await here.several())


@post("/triage/{number:int}/questions", status_code=200, opt={"policy": Policy.SIGNED_IN})
@redisplayed(_triage, ASK)
async def ask_in_triage(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Asks a colleague; what was chosen about the case so far stays, and deciding does not wait."""
    await _ask(here, number)
    return await _triage(here, number=number, typed=await _unsent(here, without="words"))


@post(
    "/triage/{number:int}/questions/{question:uuid}/answer", status_code=200, opt={"policy": Policy.SIGNED_IN}
)
@redisplayed(_triage, ASK)
async def answer_in_triage(
    here: NamedDependency[Here], number: FromPath[int], question: FromPath[UUID]
) -> Response[Any]:
    """Answers a colleague in one press."""
    chosen = (await here.form(AnswerForm)).answer  # words stand in the field of a new question there
    await questions.answer(here.act, number, question, chosen=chosen)
    return await _triage(here, number=number, typed=await _unsent(here))


@post(
    "/triage/{number:int}/questions/{question:uuid}/withdraw",
    status_code=200,
    opt={"policy": Policy.SIGNED_IN},
)
@redisplayed(_triage, ASK)
async def withdraw_in_triage(
    here: NamedDependency[Here], number: FromPath[int], question: FromPath[UUID]
) -> Response[Any]:
    """Takes a question back."""
    await questions.withdraw(here.act, number, question)
    return await _triage(here, number=number, typed=await _unsent(here))


routes = (ask, answer, withdraw, ask_in_triage, answer_in_triage, withdraw_in_triage)
