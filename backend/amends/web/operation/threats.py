"""Threat of a case: the press that flags it, its plan, who was told, the dossier by link, the hold."""

import tempfile
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.gateways import pdf_sandbox
from amends.rules.operation.dossiers import Reader
from amends.rules.team.permissions import Permission
from amends.rules.vocabulary import DossierGiven, Language, Telling
from amends.rules.workflow.threats import LINK_GOOD_FOR
from amends.services.case import threats as flagged
from amends.services.desk import cases
from amends.services.follow_up import outside_contacts
from amends.services.nudge import nudges
from amends.services.operation import dossier_links, dossiers
from amends.services.operation.dossier_links import Given
from amends.services.operation.dossiers import Choice
from amends.services.workflow import threats
from amends.services.workflow.threats import NotFlagged, Told
from amends.web import dates
from amends.web.confirmation import confirmed
from amends.web.operation import threats_view as view
from amends.web.operation.dossiers import IN_MEMORY, RedactionForm, others_of, sheets_of
from amends.web.operation.dossiers_view import OthersShown
from amends.web.page_kit import (
    NOTHING_TYPED,
    Here,
    Typed,
    case_form,
    redisplayed,
    shown_once,
    submit_or_redisplay,
    to_case,
)
from amends.web.security import Policy

PAGE = "/cases/{number:int}/threat"


class TellForm(msgspec.Struct):
    """Who was told, how, and what they got."""

    name: str = ""
    how: Telling = Telling.PHONE
    dossier: DossierGiven = DossierGiven.NONE
    words: str = ""


class LinkForm(RedactionForm):
    """For whom a link to a dossier is, the language of its PDF, and what is redacted."""

    link_for: str = ""
    language: Language = Language.ENGLISH


class ReasonForm(msgspec.Struct):
    """Why the hold is lifted, or why it was no threat, and how the case goes on then."""

    reason: str = ""
    back: str = ""


async def page(
    here: Here,
    *,
    number: int,
    typed: Typed = NOTHING_TYPED,
    link_id: UUID | None = None,
    new_link: str = "",
    mail: str = "",
) -> Response[Any]:
    """The threat of a case; `new_link` is a fresh link, shown once. A case that is none leads back to it."""
    detail = await cases.detail(here.act, number)
    threat = await flagged.of_case(detail.row.id)
    if threat is None:
        return Redirect(f"/cases/{number}", status_code=303)
    return await here.render(
        "threats/show.html",
        status=typed.status,
        page=view.page(
            detail,
            threat,
            contacts=await outside_contacts.for_threats(),
            links=await dossier_links.of_case(here.act, number),
            reader=here.member,
            typed=typed,
            now=here.now,
        ),
        alerts=view.alerts(await nudges.alerts(detail.row.id, since=threat.flagged_at), now=here.now),
        others=await _others(here, number, typed),
        can_draw=await pdf_sandbox.can_draw(),
        new_link=new_link,
        mail=mail,
    )


async def _others(here: Here, number: int, typed: Typed) -> OthersShown | None:
    """Other people that a link keeps out, as the page of dossiers proposes it; for whoever may make one."""
    if not here.member.may(Permission.LEAD):
        return None
    gathered = await dossiers.gather([number], Choice(), by=here.member, now=here.now)
    return await others_of(here, gathered, typed if typed.form == "link" else NOTHING_TYPED)


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The plan, who was told, the links, the hold."""
    return await page(here, number=number)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@case_form("threat")
async def flag(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """One press: escalated, held, who is on duty told, the plan begun."""
    await threats.flag(here.act, number)
    return to_case(number, "threat-flagged")


@post(f"{PAGE}/danger", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "danger")
async def danger(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Somebody may be in danger: every lead is told at once."""
    await threats.somebody_is_in_danger(here.act, number)
    return _to(number, "danger-told", "alerts")


@post(f"{PAGE}/told", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "tell")
async def tell(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps who was told."""
    form = await here.form(TellForm)
    await threats.tell(here.act, number, Told(**msgspec.structs.asdict(form)))
    return _to(number, "contact-told", "told")


@post(f"{PAGE}/lift", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page, "lift")
async def lift(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Replies may go out again."""
    await threats.lift(here.act, number, (await here.form(ReasonForm)).reason)
    return _to(number, "hold-lifted", "hold")


@post(f"{PAGE}/withdraw", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(page, "withdraw")
async def withdraw(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """It was no threat."""
    form = await here.form(ReasonForm)
    await threats.withdraw(here.act, number, form.reason, back=form.back)
    return to_case(number, "no-threat")


@post(f"{PAGE}/links", status_code=200, opt={"policy": Policy.LEAD})
@confirmed
@redisplayed(page, "link")
async def make_link(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """A dossier as it is now, and a link to it, shown this once."""
    form = await here.form(LinkForm)
    name = dossier_links.check(here.act, form.link_for)
    if await flagged.of_case((await cases.detail(here.act, number)).row.id) is None:
        raise NotFlagged
    choice = form.applied(Choice(reader=Reader.OTHER, without_notes=True))
    gathered = dossiers.redacted(
        await dossiers.gather([number], choice, by=here.member, now=here.now, anchoring=True)
    )
    sheets = await sheets_of(here, gathered, form.language)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as pack:
        manifest = await dossiers.pack(here.act, gathered, sheets, pack, files=here.files)
        pack.seek(0)
        given = Given(name=name, content=pack.read(), manifest=manifest)
    token = await dossier_links.make(here.act, number, given, files=here.files)
    link = f"{here.settings.base_url}/dossier-link?token={token}"
    until = dates.moment(here.now + LINK_GOOD_FOR, now=here.now)
    mail = view.mail(link, number=number, to=await _address(name), until=until)
    return await shown_once(here, await page(here, number=number, new_link=link, mail=mail))


async def _address(name: str) -> str:
    """The address of the contact of this name; none for anybody else."""
    found = (one.email for one in await outside_contacts.for_threats() if one.name == name)
    return next(found, "")


@post(f"{PAGE}/links/{{link_id:uuid}}/revoke", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page)
async def revoke(
    here: NamedDependency[Here], number: FromPath[int], link_id: FromPath[UUID]
) -> Response[Any]:
    """The link opens nothing any more."""
    await dossier_links.revoke(here.act, number, link_id)
    return _to(number, "removed", "links")


def _to(number: int, notice: str, anchor: str) -> Redirect:
    return Redirect(f"/cases/{number}/threat?notice={notice}#{anchor}", status_code=303)


routes = (show, flag, danger, tell, lift, withdraw, make_link, revoke)
