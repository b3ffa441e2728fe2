"""Block and report: what was done about the accounts of a person, with proof and review (P43, P61)."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from amends.rules.vocabulary import MeasureKind, MeasureResult
from amends.services.desk import cases
from amends.services.person import measures as recorded
from amends.services.workflow import measures
from amends.services.workflow.measures import Given, Outcome
from amends.web import form_keys
from amends.web.case.files import LARGEST_BODY, attached_to
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, submit_or_redisplay
from amends.web.person import measures_view as view
from amends.web.security import Policy

PAGE = "/cases/{number:int}/measures"


class MeasureForm(msgspec.Struct):
    """What was done, to which accounts, where, with which proof, and when somebody looks again."""

    account: Annotated[list[UUID], Meta(max_length=50)] = []
    kind: MeasureKind = MeasureKind.REPORTED
    place: str = ""
    reference: str = ""
    proof_url: str = ""
    no_copy: str = ""
    words: str = ""
    review_on: date | None = None
    ends_case: bool = False


class ResultForm(msgspec.Struct):
    """What a member saw of it since."""

    result: MeasureResult = MeasureResult.NO_ANSWER
    result_words: str = ""
    review_on: date | None = None


async def page(
    here: Here, *, number: int, typed: Typed = NOTHING_TYPED, measure_id: UUID | None = None
) -> Response[Any]:
    """What was blocked or reported of the person of a case, and the form for one more."""
    detail = await cases.detail(here.act, number)
    author = detail.author.id if detail.author else None
    if measure_id is not None:
        typed = msgspec.structs.replace(typed, form=f"settle-{measure_id}")
    return await here.render(
        "measures/index.html",
        status=typed.status,
        page=view.page(
            detail,
            await recorded.of_person(author) if author else [],
            await recorded.accounts_of(author) if author else [],
            typed=typed,
            now=here.now,
        ),
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What was done so far, and the form."""
    return await page(here, number=number)


@post(PAGE, opt={"policy": Policy.SIGNED_IN}, request_max_body_size=LARGEST_BODY)
@redisplayed(page, "measure")
async def record(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps a block or report, with the files that prove it."""
    form, attached = await here.form(MeasureForm), await attached_to(here)
    values = msgspec.structs.asdict(form)
    given = Given(accounts=frozenset(values.pop("account")), **values)

    async def keep() -> Response[Any]:
        await measures.record(here.act, number, given, attached)
        return _to(number, "measure-recorded")

    return await form_keys.once(here.request, keep)


@post(f"{PAGE}/{{measure_id:uuid}}", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page)
async def settle(
    here: NamedDependency[Here], number: FromPath[int], measure_id: FromPath[UUID]
) -> Response[Any]:
    """Keeps what came of it."""
    form = await here.form(ResultForm)
    outcome = Outcome(result=form.result, words=form.result_words, review_on=form.review_on)
    await measures.settle(here.act, number, measure_id, outcome)
    return _to(number, "saved")


def _to(number: int, notice: str) -> Redirect:
    return Redirect(f"/cases/{number}/measures?notice={notice}", status_code=303)


routes = (index, record, settle)
