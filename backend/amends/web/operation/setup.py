"""First-run set-up: admin, team and one notification target."""

import hashlib
import hmac
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Meta

from amends.errors import Forbidden, Invalid
from amends.i18n import gettext as _
from amends.rules.team import private_places
from amends.rules.team.policies import PRESETS, SMALL_SHOP, TRADES, Policy, WrongPolicy
from amends.rules.team.reply_rules import LONGEST_PLACE, ReplyRules
from amends.services.follow_up import policy_changes
from amends.services.nudge import targets
from amends.services.team import members, reply_rules, teams
from amends.services.team.members import Act
from amends.settings import Settings
from amends.web.confirmation import confirmed
from amends.web.nudge import target_form
from amends.web.operation.targets import add_place
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, saved
from amends.web.security import Policy as Access
from amends.web.team import team_form
from amends.web.team.labels import terms
from amends.web.team.sign_in import signed_in
from amends.web.team.team_form import TeamFields


class SetupLinkIsWrong(Forbidden):
    "Open this page with the link that was printed when the server started."


class SetupForm(TeamFields, kw_only=True):
    """The team, the preset of times for its trade, and its first admin."""

    token: str = ""
    email: str
    name: str
    password: str
    private_place: Annotated[str, Meta(max_length=LONGEST_PLACE)] = ""
    trade: str = SMALL_SHOP.name

    def policy(self) -> Policy:
        """The times that the trade begins with. Raises WrongPolicy."""
        if self.trade not in TRADES:
            raise WrongPolicy(fields={"trade": _("Choose one from the list.")})
        return PRESETS[self.trade]


def link(settings: Settings) -> str:
    """The address that makes the first admin; good while there is no member (R-59)."""
    return f"{settings.base_url}/setup?token={_token(settings)}"


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    standing = {**team_form.typed_of(None), "token": here.query.get("token", ""), "trade": SMALL_SHOP.name}
    return await here.render(
        "setup/index.html",
        status=typed.status,
        typed=team_form.typed_again(typed) if typed.detail else standing,
        wrong=typed.errors,
        error=typed.detail,
        trades=[(name, terms.policy(name)) for name in TRADES],
        **team_form.options(),
    )


async def _nudges_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    return await here.render(
        "setup/nudges.html",
        status=typed.status,
        targets=target_form.rows(await targets.of_team(), now=here.now),
        typed=typed.values or {"position": "1"},
        wrong=typed.errors,
    )


@get("/setup", opt={"policy": Access.PUBLIC})
async def show(here: NamedDependency[Here]) -> Response[Any]:
    """The form, for whoever has the link. Raises SetupLinkIsWrong."""
    if await members.is_anyone():
        return Redirect("/sign-in", status_code=303)
    _check(here.query.get("token", ""), here.settings)
    return await _page(here)


@post("/setup", opt={"policy": Access.PUBLIC})
@redisplayed(_page, only=Invalid)
async def set_up(here: NamedDependency[Here]) -> Response[Any]:
    """Makes the team and its first admin, and signs them in; of two who try, one succeeds."""
    _check((await here.typed()).get("token", ""), here.settings)
    form = await here.form(SetupForm)
    first = teams.FirstAdmin(email=form.email, name=form.name, password=form.password)
    team, place, policy = form.team(), form.private_place.strip(), form.policy()
    private_places.check({"private_place": place})
    admin = await teams.set_up(first, team, now=here.now)
    if place:
        rules = ReplyRules(places={team.language: place})
        await reply_rules.change(Act(admin, here.now), rules, after=0)
    if policy != SMALL_SHOP:
        await policy_changes.adopt(Act(admin, here.now), policy, move=False, after=0)
    return await signed_in(here, admin, "/setup/nudges")


@get("/setup/nudges", opt={"policy": Access.ADMIN})
async def show_nudges(here: NamedDependency[Here]) -> Response[bytes]:
    """The second step: one place where the team is nudged, and a test of it."""
    return await _nudges_page(here)


@post("/setup/nudges", opt={"policy": Access.ADMIN})
@confirmed
@redisplayed(_nudges_page)
async def add_target(here: NamedDependency[Here]) -> Response[Any]:
    """Keeps the place, sealed, for the team."""
    return await add_place(here, None, saved("/setup/nudges"))


def _token(settings: Settings) -> str:
    return hmac.new(settings.secret_key.encode(), b"setup\0", hashlib.sha256).hexdigest()


def _check(token: str, settings: Settings) -> None:
    if not hmac.compare_digest(token.encode("utf-8", "replace"), _token(settings).encode()):
        raise SetupLinkIsWrong(
            _("Open the link that was printed when the server started; it ends with a long token.")
        )


routes = (show, set_up, show_nudges, add_target)
