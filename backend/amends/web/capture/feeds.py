"""Feeds: the posts that they propose, and the feeds themselves for leads (P1, P2)."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.vocabulary import Role
from amends.services.capture import feeds
from amends.web.capture import feeds_view as view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay, to_case
from amends.web.security import Policy

PAGE = "/feeds"
ONE = f"{PAGE}/{{feed:uuid}}"
ITEM = f"{PAGE}/items/{{item:uuid}}"


class FeedForm(msgspec.Struct, kw_only=True):
    """A feed that a lead adds."""

    name: Annotated[str, msgspec.Meta(max_length=200)] = ""
    address: Annotated[str, msgspec.Meta(max_length=4_000)] = ""


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    leads = here.member.role.reaches(Role.LEAD)
    return await here.render(
        "feeds/index.html",
        status=typed.status,
        waiting=[view.item(one, now=here.now) for one in await feeds.waiting()],
        more=max(0, await feeds.how_many_wait() - feeds.MOST_SHOWN),
        ignored=[view.item(one, now=here.now) for one in await feeds.ignored_lately(now=here.now)],
        feeds=[view.subscription(one, now=here.now) for one in await feeds.listed()],
        leads=leads,
        typed=typed.values,
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """What waits, what was ignored lately, and where it comes from."""
    return await _page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "feed")
async def subscribe(here: NamedDependency[Here]) -> Response[Any]:
    """One more feed."""
    form = await here.form(FeedForm)
    await feeds.subscribe(here.act, form.name, form.address)
    return _back("feed-added")


@post(f"{ONE}/fetch", opt={"policy": Policy.LEAD})
@answered_once
async def fetch_soon(here: NamedDependency[Here], feed: FromPath[UUID]) -> Response[Any]:
    """It is fetched within a minute."""
    await feeds.fetch_soon(here.act, feed)
    return _back("feed-added")


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@answered_once
async def unsubscribe(here: NamedDependency[Here], feed: FromPath[UUID]) -> Response[Any]:
    """It is followed no more."""
    await feeds.unsubscribe(here.act, feed)
    return _back("removed")


@post(f"{ITEM}/open", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "item")
async def open_case(here: NamedDependency[Here], item: FromPath[UUID]) -> Response[Any]:
    """This post becomes a case."""
    received = await feeds.open_case(here.act, item)
    return to_case(received.case.number, "known" if received.existing else "opened")


@post(f"{ITEM}/ignore", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "item")
async def ignore(here: NamedDependency[Here], item: FromPath[UUID]) -> Response[Any]:
    """This post is no case."""
    await feeds.ignore(here.act, item)
    return _back("ignored")


@post(f"{ITEM}/put-back", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "item")
async def put_back(here: NamedDependency[Here], item: FromPath[UUID]) -> Response[Any]:
    """This post waits again."""
    await feeds.put_back(here.act, item)
    return _back("put-back")


def _back(notice: str) -> Redirect:
    return Redirect(f"{PAGE}?notice={notice}", status_code=303)


routes = (index, subscribe, fetch_soon, unsubscribe, open_case, ignore, put_back)
