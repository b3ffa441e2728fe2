"""Settings: API tokens of the member's programs, shown once when they are made."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.team.scopes import SCOPES, Scope, known
from amends.services.team import tokens
from amends.services.team.browsers import BrowserShown
from amends.web import dates
from amends.web.confirmation import confirmed
from amends.web.dates import Moment
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, redisplayed, shown_once
from amends.web.security import Policy

PAGE = "/settings/tokens"
USUAL_DAYS = "90"


class TokenForm(msgspec.Struct, kw_only=True):
    """What the program is called, what it may do, and for how many days."""

    name: str
    scopes: list[Scope] = []
    days: int = 0


class TokenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One token of the list; `whose` is a name where it is not the reader's own."""

    id: UUID
    name: str
    prefix: str
    whose: str
    allowed: tuple[str, ...]
    made: Moment
    used: Moment | None
    ends: Moment


class ScopeTick(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a token may be allowed."""

    value: str
    name: str
    why: str
    ticked: bool
    narrow: bool = False


async def token_page(here: Here, *, typed: Typed = NOTHING_TYPED, made: str = "") -> Response[bytes]:
    """The tokens and the form of a new one; `made` is the one that was made just now."""
    return await here.render(
        "settings/tokens.html",
        status=typed.status,
        made=made,
        tokens=[_row(one, here) for one in await tokens.shown_to(here.act)],
        scopes=[_tick(scope, typed) for scope in tokens.offered(here.member)],
        lifetimes=[
            (str(days), ngettext("%(count)s day", "%(count)s days", days) % {"count": days})
            for days in tokens.DAYS
        ],
        typed=typed.values or {"days": USUAL_DAYS},
        error=typed.problem,
        wrong=typed.errors,
    )


def _row(one: BrowserShown, here: Here) -> TokenRow:
    return TokenRow(
        id=one.id,
        name=one.name,
        prefix=one.prefix,
        whose="" if one.member_name == here.member.name else one.member_name,
        allowed=tuple(_(SCOPES[scope].words) for scope in known(one.scopes)),
        made=dates.moment(one.created_at, now=here.now),
        used=dates.moment(one.seen_at, now=here.now) if one.seen_at else None,
        ends=dates.moment(one.expires_at, now=here.now),
    )


def _tick(scope: Scope, typed: Typed) -> ScopeTick:
    words = _(SCOPES[scope].words)
    return ScopeTick(
        value=scope, name=words, why=scope.value, ticked=scope.value in typed.several.get("scopes", ())
    )


@get(PAGE, opt={"policy": Policy.ACCOUNT})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The member's tokens; an admin sees everybody's."""
    return await token_page(here)


@post(PAGE, opt={"policy": Policy.ACCOUNT}, status_code=200)
@confirmed
@redisplayed(token_page)
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """A new token, shown once, and so as the answer itself."""
    form = await here.form(TokenForm)
    made = await tokens.make(here.act, name=form.name, scopes=form.scopes, days=form.days)
    return await shown_once(here, await token_page(here, made=made))


@post(f"{PAGE}/{{token_id:uuid}}/revoke", opt={"policy": Policy.ACCOUNT})
@answered_once
async def revoke(here: NamedDependency[Here], token_id: FromPath[UUID]) -> Redirect:
    """The token is dead at once."""
    await tokens.revoke(here.act, token_id)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


routes = (show, make, revoke)
