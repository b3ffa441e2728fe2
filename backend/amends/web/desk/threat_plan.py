"""Threat plan in the settings: the team's own steps, and whom they bring a threat to (P68, P71)."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.rules.vocabulary import PlaybookSubject
from amends.services.follow_up import outside_contacts, playbooks, threat_plans
from amends.web.desk import playbooks_view
from amends.web.desk.playbooks import VersionForm, given_in
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/threat-plan"


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The steps and the contacts; without a plan, the offer of the starter plan."""
    row = await playbooks.find(threat_plans.PLAN) if await threat_plans.exists() else None
    steps = await playbooks.steps_of(threat_plans.PLAN) if row else []
    contacts = await outside_contacts.everyone()
    return await here.render(
        "settings/threat_plan.html",
        status=typed.status,
        page=playbooks_view.page(
            row,
            steps,
            (),
            contacts,
            typed.of("playbook"),
            subject=PlaybookSubject.THREAT,
            now=here.now,
        ),
        contacts=[one for one in contacts if one.role],
        form=typed.form,
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The plan and its contacts."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(page, "playbook")
async def save(here: NamedDependency[Here]) -> Response[Any]:
    """Other steps, from the next threat on."""
    given, form = given_in(await here.typed()), await here.form(VersionForm)
    await threat_plans.save(here.act, given.steps, version=form.version)
    return saved(PAGE)


@post(f"{PAGE}/starter", opt={"policy": Policy.LEAD})
@submit_or_redisplay(page)
async def start(here: NamedDependency[Here]) -> Response[Any]:
    """The starter plan with its contacts, to be made one's own."""
    await threat_plans.begin_starter(here.act)
    return saved(PAGE)


routes = (show, save, start)
