"""Records: whether anything that was recorded was altered, of all cases and of one."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.case import access, anchors
from amends.services.operation import nightly_verification, verification
from amends.web.operation import records_view
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy

PAGE = "/settings/records"


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """What the last look at everything found, and the newest anchor."""
    last = await nightly_verification.last()
    return await here.render(
        "settings/records.html",
        last=records_view.of_run(last, now=here.now),
        anchor=records_view.of_anchor(await anchors.last(), now=here.now),
    )


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


routes = (show, look, of_case)
