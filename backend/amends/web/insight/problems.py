"""Problems: the questions, the list, one problem and its forms."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.desk.case_numbers import numbers_in
from amends.rules.follow_up.remedies import read_amount
from amends.rules.vocabulary import ProblemState, Role
from amends.services.desk import concerns, problems, themes, waves
from amends.services.desk.problems import Given, Words
from amends.services.insight import announcements
from amends.services.team import members
from amends.web.insight import problems_view as view
from amends.web.insight import waves_view
from amends.web.insight.chosen_cases import CasesForm
from amends.web.insight.labels import problems as labels
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/problems"
ONE = f"{PAGE}/{{number:int}}"


class NewForm(msgspec.Struct):
    """A title, the concern it is about, and cases by number; or the problem that these belong to."""

    title: str = ""
    scope: str = ""
    cases: str = ""
    problem: int | None = None


class DetailsForm(msgspec.Struct):
    """What members write down about a problem, and the version that they saw."""

    title: str = ""
    cause: str = ""
    action: str = ""
    owner: UUID | None = None
    due_at: datetime | None = None
    cost: str = ""
    version: int = 0


class LineForm(msgspec.Struct):
    """The public line in both languages."""

    line_en: str = ""
    line_fr: str = ""
    version: int = 0


class ChangeForm(msgspec.Struct):
    """What people are told, in both languages."""

    change_en: str = ""
    change_fr: str = ""
    version: int = 0


class StateForm(msgspec.Struct):
    """The version that was seen, and why, where a reason is asked."""

    version: int = 0
    reason: str = ""


class ScopeForm(msgspec.Struct):
    """Which concern."""

    scope: str = ""


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """What may be a problem, and the problems in one state."""
    asked = here.query.get("state", "")
    state = ProblemState(asked) if asked in list(ProblemState) else ProblemState.OPEN
    names = themes.paths(await themes.everything())
    questions = await concerns.asked(now=here.now) if state is ProblemState.OPEN else []
    return await here.render(
        "problems/index.html",
        questions=[view.concern(one, names, reader=here.member.id, now=here.now) for one in questions],
        waves=[waves_view.wave(one, now=here.now) for one in await waves.current()],
        lines=[view.problem_line(row, now=here.now) for row in await problems.listed(state)],
        states=[(one.value, word) for one, (_tone, word) in labels.STATES.items()],
        chosen=state.value,
    )


@post(f"{PAGE}/dismiss", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def dismiss(here: NamedDependency[Here]) -> Response[Any]:
    """It is no problem."""
    await concerns.dismiss(here.act, (await here.form(ScopeForm)).scope)
    return Redirect(f"{PAGE}?notice=not-a-problem", status_code=303)


async def _new_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    given = typed.values or here.query
    return await here.render(
        "problems/new.html",
        status=typed.status,
        typed={name: given.get(name, "") for name in ("title", "scope", "cases", "problem")},
        wrong=typed.errors,
        problem=typed.problem,
        known=[(str(row.number), row.title) for row in await problems.open_ones()],
    )


@get(f"{PAGE}/new", opt={"policy": Policy.WORK})
async def ask_new(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for one more problem, of cases that the address names."""
    return await _new_page(here)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_new_page, "new")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more problem, or these cases into one that there is."""
    form = await here.form(NewForm)
    cases = numbers_in(form.cases)
    number = form.problem
    if number is None:
        number = await problems.open_problem(here.act, form.title, scope=form.scope, numbers=cases)
    else:
        await problems.link(here.act, number, cases)
    return _to(number, "problem-opened" if form.problem is None else "saved")


async def _page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    detail = await problems.detail(number, now=here.now)
    answered = await announcements.answered(detail.cases)
    page = view.problem_page(
        detail,
        answered,
        await problems.next_untold(number),
        typed,
        reader=here.member,
        members=tuple(await members.everyone()),
        leads=here.member.role.reaches(Role.LEAD),
        now=here.now,
    )
    return await here.render("problems/show.html", page=page, typed=typed, status=typed.status)


@get(ONE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """One problem."""
    return await _page(here, number=number)


@post(ONE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "details")
async def change(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Cause, action, owner, date, cost."""
    form = await here.form(DetailsForm)
    given = Given(
        title=form.title,
        cause=form.cause,
        action=form.action,
        owner=form.owner,
        due_at=form.due_at,
        cost=read_amount(form.cost),
    )
    await problems.change(here.act, number, given, version=form.version)
    return _to(number, "saved")


@post(f"{ONE}/line", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "line")
async def word(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What replies may say of it in public."""
    form = await here.form(LineForm)
    await problems.word(here.act, number, Words(en=form.line_en, fr=form.line_fr), version=form.version)
    return _to(number, "saved")


@post(f"{ONE}/change", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "change")
async def announce(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What its people are told when it is fixed."""
    form = await here.form(ChangeForm)
    words = Words(en=form.change_en, fr=form.change_fr)
    await problems.announce(here.act, number, words, version=form.version)
    return _to(number, "saved")


@post(f"{ONE}/approve", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "approve")
async def approve(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """A lead agrees to what people are told."""
    await problems.approve(here.act, number, version=(await here.form(StateForm)).version)
    return _to(number, "approved")


@post(f"{ONE}/fix", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "state")
async def fix(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The cause is gone."""
    await problems.fix(here.act, number, version=(await here.form(StateForm)).version)
    return _to(number, "fixed")


@post(f"{ONE}/drop", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "state")
async def drop(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """It is no problem of its own."""
    form = await here.form(StateForm)
    await problems.drop(here.act, number, reason=form.reason, version=form.version)
    return _to(number, "saved")


@post(f"{ONE}/reopen", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "state")
async def reopen(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """It is not fixed after all."""
    await problems.reopen(here.act, number, version=(await here.form(StateForm)).version)
    return _to(number, "saved")


@post(f"{ONE}/cases", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "cases")
async def link(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """More cases: those that were suggested and ticked, and others by number."""
    form = await here.form(CasesForm)
    await problems.link(here.act, number, form.numbers)
    return _to(number, "saved")


@post(f"{ONE}/cases/{{case_number:int}}/remove", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def unlink(
    here: NamedDependency[Here], number: FromPath[int], case_number: FromPath[int]
) -> Response[Any]:
    """This case does not belong to it."""
    await problems.unlink(here.act, number, case_number)
    return _to(number, "removed")


def _to(number: int, notice: str) -> Redirect:
    return Redirect(f"{PAGE}/{number}?notice={notice}", status_code=303)


routes = (
    index,
    dismiss,
    ask_new,
    make,
    show,
    change,
    word,
    announce,
    approve,
    fix,
    drop,
    reopen,
    link,
    unlink,
)
