"""Insights: the report of a period, of all cases or of one value of a dimension, as one location."""

from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Meta

from amends.gateways import pdf_sandbox
from amends.i18n import gettext as _
from amends.rules.capture import sheets
from amends.rules.insight.day_figures import Cell, Dimension
from amends.rules.insight.periods import Period, chosen, named
from amends.rules.insight.proportions import Unit
from amends.rules.team.permissions import Permission
from amends.rules.vocabulary.audit import AuditKind
from amends.services.desk import themes
from amends.services.insight import reports, totals
from amends.services.team import audit, locations, teams
from amends.web.confirmation import confirmed
from amends.web.insight import exports, paper, proportions_view
from amends.web.insight.reports_view import PERIODS, Shower
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
from amends.web.security import Policy
from amends.web.templating import query

PAGE = "/insights"
USUAL = "12w"
ALL: Cell = (Dimension.ALL, "")


class TotalForm(msgspec.Struct, kw_only=True):
    """How many there were; nothing takes away what was typed before."""

    unit: Unit
    number: Annotated[str, Meta(max_length=20)] = ""


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The figures of the period that the address asks for, with a total that was typed and refused."""
    zone = await reports.zone()
    offered = named(_today(here, zone))
    word, period = _period(here, offered)
    cell = _cell(here.query.get("by", ""))
    by = here.query.get("by", "") if cell != ALL else ""
    shower = await _shower(here, period, cell, zone)
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    offers_pdf = here.member.may(Permission.LEAD) and await pdf_sandbox.can_draw()
    return await here.render(
        "insights/index.html",
        status=typed.status,
        page=shower.shown(await reports.backlog(now=here.now)),
        periods=[(one, _(PERIODS[one]), f"{PAGE}{query({'period': one, 'by': by})}") for one in offered],
        proportion=proportions_view.shown(shower.report, await totals.of_period(period), now=here.now),
        units=proportions_view.units(),
        total_action=f"{PAGE}/total{query({**days, 'by': by})}#proportion",
        typed=typed.values,
        wrong=typed.errors,
        chosen=word,
        first=days["from"],
        last=days["to"],
        by=by,
        all_href=f"{PAGE}{query({'period': word} if word else days)}",
        export_href=f"{PAGE}/export.csv{query({**days, 'by': by})}",
        pdf_href=f"{PAGE}.pdf{query({**days, 'by': by})}" if offers_pdf else "",
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The figures of the period that the address asks for; of twelve weeks without one."""
    return await page(here)


@post(f"{PAGE}/total", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page)
async def type_total(here: NamedDependency[Here]) -> Response[Any]:
    """Keeps how many customers, orders or comments the period of the address had."""
    form = await here.form(TotalForm)
    zone = await reports.zone()
    _word, period = _period(here, named(_today(here, zone)))
    await totals.type_in(here.act, period, form.unit, proportions_view.number_of(form.number))
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return Redirect(f"{PAGE}{query({**days, 'notice': 'saved'})}#proportion", status_code=303)


@get(f"{PAGE}/export.csv", opt={"policy": Policy.LEAD})
@confirmed
async def export(here: NamedDependency[Here]) -> Response[bytes]:
    """The same report as a file, a line for each number."""
    zone = await reports.zone()
    offered = named(_today(here, zone))
    _word, period = _period(here, offered)
    shower = await _shower(here, period, _cell(here.query.get("by", "")), zone)
    await audit.record(AuditKind.EXPORTED, by=here.member, now=here.now, what="report_csv")
    name = f"amends-insights-{period.first}-{period.last}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    content = sheets.write(exports.COLUMNS, exports.rows(shower.report, shower))
    return Response(content, media_type="text/csv", headers=headers)


@get(f"{PAGE}.pdf", opt={"policy": Policy.LEAD})
@confirmed
async def export_pdf(here: NamedDependency[Here]) -> Response[bytes]:
    """The same report on a sheet of paper."""
    zone = await reports.zone()
    _word, period = _period(here, named(_today(here, zone)))
    by = here.query.get("by", "")
    shower = await _shower(here, period, _cell(by), zone)
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    team = await teams.find()
    content = await paper.pdf(
        shower.shown([]),
        period,
        team=team.name if team else "",
        address=f"{here.settings.base_url}{PAGE}{query({**days, 'by': by})}",
    )
    await audit.record(AuditKind.EXPORTED, by=here.member, now=here.now, what="report_pdf")
    name = f"amends-insights-{period.first}-{period.last}.pdf"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _today(here: Here, zone: ZoneInfo) -> date:
    return here.now.astimezone(zone).date()


async def _shower(here: Here, period: Period, cell: Cell, zone: ZoneInfo) -> Shower:
    report = await reports.report(period, cell, now=here.now, zone=zone)
    return Shower(
        report,
        {str(one): name for one, name in themes.paths(await themes.everything()).items()},
        {str(one.id): one.name for one in await locations.everything()},
    )


def _period(here: Here, offered: dict[str, Period]) -> tuple[str, Period]:
    """The word of an offered period, none where days were typed; the usual one where nothing makes sense."""
    today = offered[USUAL].last
    typed = chosen(_day(here.query.get("from", "")), _day(here.query.get("to", "")), today=today)
    if typed:
        return "", typed
    word = here.query.get("period", USUAL)
    return (word, offered[word]) if word in offered else (USUAL, offered[USUAL])


def _day(asked: str) -> date | None:
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        return None
    return found if 1990 < found.year < 9000 else None


def _cell(asked: str) -> Cell:
    dimension, _colon, value = asked.partition(":")
    known = dimension in (one.value for one in Dimension if one is not Dimension.ALL)
    return (Dimension(dimension), value[:36]) if known and value else ALL


routes = (index, type_total, export, export_pdf)
