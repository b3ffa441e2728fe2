"""Triage of new cases, by keyboard."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import shows
from amends.rules.vocabulary import CustomerStatus, Nature, Severity, Stance
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.stances import Assessment
from amends.services.desk import case_themes, themes
from amends.services.follow_up import colleagues
from amends.services.workflow import triage
from amends.services.workflow.triage import Triage
from amends.web.desk import case_themes_view as case_theme_presenter
from amends.web.desk import questions_view
from amends.web.desk.case_themes_view import Choice
from amends.web.desk.questions_view import ASK, Questions
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
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
    """The stance, the themes that were ticked, which version of the case was seen, and an unsent question."""

    stance: Stance
    theme: list[UUID] = []
    version: int | None = None
    words: str = ""


class QuestionNotSent(Invalid):
    """A question to a colleague is typed and not sent."""


async def page(here: Here, *, number: int | None = None, typed: Typed = NOTHING_TYPED) -> Response[Any]:
    """The case, if it waits, with what was typed about it; else the first that does."""
    queue = await triage.waiting(now=here.now, asked=number)
    shown = number if number in queue else next(iter(queue), None)
    if shown is None or (typed.detail and number != shown):
        return await here.render(
            "triage/empty.html", status=typed.status, sentence=typed.detail, waiting=len(queue)
        )
    is_sent = here.request.method == "POST"
    if is_sent and not typed.values:
        typed = Typed(values=await here.typed(), several=await here.several())
    can_be_read = is_sent and typed.errors.keys().isdisjoint(LookForm.__struct_fields__)
    found = await _begun(here, shown) if can_be_read else await triage.begin(here.act, shown)
    fitting = await _fitting(here, shown, typed.several.get("theme", ()))
    asked = await _questions(here, found, typed)
    shown_page = triage_page(found, queue, fitting=fitting, questions=asked, typed=typed, here=here)
    return await here.render("triage/index.html", status=typed.status, page=shown_page, done=_done(here))


async def _questions(here: Here, found: Triage, typed: Typed) -> Questions:
    """With a question that was typed and not sent, whatever button of the form was pressed."""
    can_be_asked = await colleagues.of_language(here.act, lang=found.detail.row.lang)
    begun = typed if typed.form == ASK else Typed(form=ASK, values=typed.values, errors=_of_question(typed))
    return questions_view.shown(found.detail, can_be_asked, begun, reader=here.member, now=here.now)


def _of_question(typed: Typed) -> dict[str, str]:
    return {"words": typed.errors["words"]} if "words" in typed.errors else {}


async def second_opinion(here: Here, number: int, typed: Typed) -> Response[Any]:
    """Only what was asked of colleagues about this new case. Raises CaseUnknown, AlreadyDecided."""
    asked = await _questions(here, await triage.begin(here.act, number), typed)
    return await here.render("triage/_questions.html", status=typed.status, frame=None, questions=asked)


@get(PAGE, opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here]) -> Response[Any]:
    """The new case that is due first; `?case=` shows another one that waits."""
    asked = here.query.get("case", "")
    return await page(here, number=int(asked) if asked.isdecimal() and len(asked) < 10 else None)


@get(f"{PAGE}/{{number:int}}/questions", opt={"policy": Policy.WORK})
async def refresh_questions(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What was asked, while an answer is awaited: as a part of the page, else the page itself."""
    if not here.wants_fragment:
        return Redirect(f"{PAGE}?case={number}", status_code=303)
    return await second_opinion(here, number, NOTHING_TYPED)


@post(f"{PAGE}/{{number:int}}/look", status_code=200, opt={"policy": Policy.SIGNED_IN})
async def look(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What is recommended for what is known so far. Nothing is kept."""
    if not here.wants_fragment:
        return await page(here, number=number)
    form, found = await here.form(LookForm), await _begun(here, number)
    shown = advice(found.recommended, chosen=form.stance or "", before=form.recommended)
    return await here.render("triage/_advice.html", frame=None, advice=shown, number=number)


@post(f"{PAGE}/{{number:int}}", status_code=303, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page)
async def decide(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Takes a stance, and goes on to the next case."""
    chosen, given = await here.form(Decision), await here.form(MoveInput)
    if shows(chosen.words):
        raise QuestionNotSent(fields={"words": _("Send your question or empty its field, then decide.")})
    await triage.decide(here.act, number, chosen.stance, given, about=chosen.theme, version=chosen.version)
    return Redirect(f"{PAGE}?notice=decided&done={number}", status_code=303)


async def _begun(here: Here, number: int) -> Triage:
    first, form = await triage.begin(here.act, number), await here.form(LookForm)
    return await triage.begin(here.act, number, known=form.known(is_seen=triage.seen(first.detail)))


async def _fitting(here: Here, number: int, ticked: Collection[str]) -> list[Choice]:
    """The themes that may fit; what was ticked stays ticked. Nothing is read where there is none."""
    everything = await themes.everything()
    if not everything:
        return []
    found = await case_themes.of_case(number, by=here.member)
    return case_theme_presenter.fitting(found, everything, ticked=ticked)


def _done(here: Here) -> int | None:
    done = here.query.get("done", "")
    return int(done) if done.isdecimal() and len(done) < 10 else None


routes = (show, refresh_questions, look, decide)
