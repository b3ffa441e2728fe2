"""Records: whether anything that was recorded was altered, of all cases and of one."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.gateways.time_stamps import is_installed
from amends.services.case import access, anchors
from amends.services.operation import nightly_verification, time_stamps, verification
from amends.web.operation import records_view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/records"


class AuthorityForm(msgspec.Struct):
    """Who gives time stamps, and the certificates to trust; nobody where both are empty."""

    address: str = ""
    certificates: str = ""


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The page, with what was typed and refused."""
    runs = await nightly_verification.ended()
    authority = await time_stamps.authority()
    standing = {"address": authority.address, "certificates": authority.certificates} if authority else {}
    return await here.render(
        "settings/records.html",
        status=typed.status,
        typed=typed.values or standing,
        error=typed.detail,
        wrong=typed.errors,
        can_stamp=is_installed(),
        stamps=records_view.of_stamps(
            authority, await time_stamps.newest(), await time_stamps.newest_good(), now=here.now
        ),
        last=records_view.of_run(runs[0] if runs else None, now=here.now),
        round=records_view.of_round(runs, now=here.now),
        anchor=records_view.of_anchor(await anchors.last(), now=here.now),
    )


@get(PAGE, opt={"policy": Policy.RECORDS})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """What the last look at everything found, the newest anchor, and its time stamp."""
    return await page(here)


@post(f"{PAGE}/authority", opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page)
async def choose(here: NamedDependency[Here]) -> Response[Any]:
    """Another authority for time stamps, or none."""
    form = await here.form(AuthorityForm)
    await time_stamps.choose(here.act, address=form.address, certificates=form.certificates)
    return saved(PAGE)


@post(PAGE, opt={"policy": Policy.ADMIN})
@answered_once
async def look(here: NamedDependency[Here]) -> Redirect:
    """Has everything looked at again, by the worker."""
    await nightly_verification.ask(here.act)
    return Redirect(f"{PAGE}?notice=records-asked", status_code=303)


@get("/cases/{number:int}/verification", opt={"policy": Policy.SIGNED_IN})
async def of_case(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The timeline, posts and files of one case, looked at now."""
    await access.find(number, by=here.member)
    done = await verification.verify(here.files, number=number)
    return await here.render("records/case.html", number=number, done=records_view.of_case(done))


routes = (show, choose, look, of_case)
