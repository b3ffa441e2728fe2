"""Page that leads a case into another stage: the legal moves, each with the form that it asks."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.vocabulary import Stage
from amends.rules.workflow.moves import Move
from amends.services.desk import cases
from amends.services.desk.cases import CaseDetail
from amends.web.case import titles
from amends.web.labels import label
from amends.web.page_kit import Here
from amends.web.security import Policy
from amends.web.workflow.labels import moves as words


class Option(msgspec.Struct, frozen=True):
    """A move with its sentence, where it leads, and the address of its form."""

    verb: str
    explanation: str
    stage: str
    href: str


@get("/cases/{number:int}/moves", opt={"policy": Policy.WORK})
async def choose(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes] | Redirect:
    """The moves into another stage; with `?to=` those into that one, and its form at once where it is one."""
    detail = await cases.detail(here.act, number)
    possible = [move for move in detail.moves if _leads_on(move, detail)]
    asked = here.query.get("to", "")
    fitting = [move for move in possible if move.target == asked]
    if len(fitting) == 1:
        return Redirect(_form(fitting[0], number), status_code=303)
    is_refused = asked in list(Stage) and not fitting
    return await here.render(
        "moves/index.html",
        number=number,
        href=f"/cases/{number}",
        title=titles.title(detail.row.title, detail.nature),
        lang=titles.language(detail.row.lang, detail.nature),
        stage=label(detail.row.stage),
        refused=label(Stage(asked)) if is_refused else "",
        options=[_option(move, number) for move in fitting or possible],
    )


def _leads_on(move: Move, detail: CaseDetail) -> bool:
    return move.target is not None and not move.keeps_stage and move.target is not detail.row.stage


def _form(move: Move, number: int) -> str:
    return f"/cases/{number}?do={move.name}#next-step"


def _option(move: Move, number: int) -> Option:
    stage = label(move.outcome or move.target)
    return Option(words.verb(move.name), words.explanation(move.name), stage, _form(move, number))


routes = (choose,)
