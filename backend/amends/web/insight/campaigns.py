"""Campaigns: the list, one with its checks and decision, its cases and what came of it (P44)."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.insight.periods import DAY
from amends.rules.vocabulary import Verdict
from amends.services.desk import themes
from amends.services.insight import campaigns, reports
from amends.services.insight.campaigns import CampaignDetail, Given
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateFilters
from amends.services.team import absences, members
from amends.web.insight import campaigns_view as view
from amends.web.insight.chosen_cases import CasesForm
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay
from amends.web.security import Policy
from amends.web.team import rotas_view

PAGE = "/campaigns"
ONE = f"{PAGE}/{{number:int}}"


class CampaignForm(msgspec.Struct):
    """What members write down of a campaign, and the version that they saw."""

    name: str = ""
    first: date | None = None
    last: date | None = None
    places: str = ""
    url: str = ""
    kept: str = ""
    version: int = 0

    def given(self) -> Given:
        """As the commands take it."""
        return Given(
            name=self.name, first=self.first, last=self.last, places=self.places, url=self.url, kept=self.kept
        )


class CheckForm(msgspec.Struct):
    """Whether it was checked, and what was found; or a check that is added."""

    done: bool = False
    note: str = ""
    words: str = ""


class DecisionForm(msgspec.Struct):
    """Go or not, and why."""

    verdict: Verdict
    reason: str = ""


class ReplyForm(msgspec.Struct):
    """Which prepared reply."""

    template: UUID


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The campaigns, the newest first."""
    today = await reports.today(here.now)
    lines = [view.line(row, today=today) for row in await campaigns.listed()]
    return await here.render("campaigns/index.html", lines=lines)


async def _new_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    return await here.render(
        "campaigns/new.html", status=typed.status, fields=view.fields(typed), problem=typed.problem
    )


@get(f"{PAGE}/new", opt={"policy": Policy.WORK})
async def ask_new(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for one more campaign."""
    return await _new_page(here)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_new_page, "details")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more campaign."""
    form = await here.form(CampaignForm)
    return _to(await campaigns.open_campaign(here.act, form.given()))


async def _page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    detail = await campaigns.detail(number)
    known = await themes.everything()
    period, hurting = await campaigns.hurting_themes(now=here.now)
    page = view.page(
        detail,
        typed,
        view.Around(
            names={str(one): name for one, name in themes.paths(known).items()},
            period=period,
            hurting=hurting,
            result=await campaigns.result(detail.campaign, now=here.now),
            suggested=await campaigns.suggested(detail.campaign),
            library=(await reply_templates.page(TemplateFilters(), limit=200)).rows,
        ),
        reader=here.member,
        today=await reports.today(here.now),
        now=here.now,
    )
    return await here.render(
        "campaigns/show.html", page=page, weeks=await _on_duty(here, detail), typed=typed, status=typed.status
    )


async def _on_duty(here: Here, detail: CampaignDetail) -> list[rotas_view.WeekShown]:
    """Who is on duty on its days, as far as is known now."""
    zone, campaign = await reports.zone(), detail.campaign
    begin = datetime.combine(campaign.first, time(), zone)
    end = datetime.combine(campaign.last + DAY, time(), zone)
    names = {one.id: one.name for one in await members.everyone()}
    return rotas_view.weeks(await absences.watches(begin=begin, end=end), [], names, now=here.now)


@get(ONE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """One campaign."""
    return await _page(here, number=number)


@post(ONE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "details")
async def change(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Other days, words or places."""
    form = await here.form(CampaignForm)
    await campaigns.change(number, form.given(), version=form.version)
    return _to(number)


@post(f"{ONE}/checks", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "check-new")
async def add_check(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """One more thing to check."""
    await campaigns.add_check(number, (await here.form(CheckForm)).words)
    return _to(number, "#checks")


@post(f"{ONE}/checks/{{check_id:uuid}}", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "check")
async def settle_check(
    here: NamedDependency[Here], number: FromPath[int], check_id: FromPath[UUID]
) -> Response[Any]:
    """It was checked, with what was found; or is open again."""
    form = await here.form(CheckForm)
    await campaigns.settle_check(here.act, number, check_id, done=form.done, note=form.note)
    return _to(number, "#checks")


@post(f"{ONE}/decision", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "decision")
async def decide(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """A lead lets it go ahead, or stops it."""
    form = await here.form(DecisionForm)
    await campaigns.decide(here.act, number, form.verdict, form.reason)
    return _to(number)


@post(f"{ONE}/replies", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "reply")
async def add_reply(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """A prepared reply is chosen for it."""
    await campaigns.add_reply(number, (await here.form(ReplyForm)).template)
    return _to(number, "#replies")


@post(f"{ONE}/replies/{{template_id:uuid}}/remove", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def remove_reply(
    here: NamedDependency[Here], number: FromPath[int], template_id: FromPath[UUID]
) -> Response[Any]:
    """It is no longer among them."""
    await campaigns.remove_reply(number, template_id)
    return _to(number, "#replies")


@post(f"{ONE}/cases", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "cases")
async def link(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Cases that came of it: those that were ticked, and others by number."""
    form = await here.form(CasesForm)
    await campaigns.link(here.act, number, form.numbers)
    return _to(number, "#cases")


@post(f"{ONE}/cases/{{case_number:int}}/remove", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def unlink(
    here: NamedDependency[Here], number: FromPath[int], case_number: FromPath[int]
) -> Response[Any]:
    """It has nothing to do with it."""
    await campaigns.unlink(here.act, number, case_number)
    return _to(number, "#cases")


def _to(number: int, anchor: str = "") -> Redirect:
    return Redirect(f"{PAGE}/{number}?notice=saved{anchor}", status_code=303)


routes = (
    index,
    ask_new,
    make,
    show,
    change,
    add_check,
    settle_check,
    decide,
    add_reply,
    remove_reply,
    link,
    unlink,
)
