"""Settings: sign-in providers of the team (OpenID Connect), for admins."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.gateways.providers import SandboxedProviders
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import Role
from amends.services.team import provider_visits, providers
from amends.services.team.providers import ProviderFields
from amends.web.confirmation import confirmed
from amends.web.labels import label
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/providers"
OUTCOMES = {
    "good": N_(
        "It answers, and is the one with this issuer. Whether it takes the client ID and the secret shows "
        "when someone signs in."
    ),
    "issuer": N_(
        "It answers, but says that it has another issuer. Copy the issuer exactly as the provider writes it."
    ),
    "plain": N_("One of its addresses is without https."),
    "private": N_(
        "Its address is inside your own network. If that is right, list it in AMENDS_ALLOW_PRIVATE_TARGETS."
    ),
    "certificate": N_("Its certificate is not trusted."),
    "status": N_("It answers, but not as a provider does. Check the issuer."),
    "slow": N_("It takes too long."),
    "unreachable": N_("It cannot be reached."),
}
"""What a test found."""


class ProviderForm(msgspec.Struct):
    """What an admin types."""

    name: str = ""
    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    domains: str = ""
    role: Role = Role.AGENT
    is_on: bool = False


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """All providers, and the form for another one."""
    return await here.render(
        "settings/providers.html",
        status=typed.status,
        providers=await providers.everyone(),
        typed=typed.values,
        roles=[(one.value, label(one)) for one in Role],
        error=typed.detail,
        wrong=typed.errors,
    )


async def _one(
    here: Here, *, provider_id: UUID, typed: Typed = NOTHING_TYPED, found: str = ""
) -> Response[bytes]:
    provider = await providers.find(provider_id)
    standing = {
        "name": provider.name,
        "client_id": provider.client_id,
        "domains": provider.domains,
        "role": provider.role.value,
        "is_on": "on" if provider.is_on else "",
    }
    return await here.render(
        "settings/provider.html",
        status=typed.status,
        provider=provider,
        typed=typed.values if typed.detail else standing,
        back=provider_visits.address_of_return(provider.id, here.settings.base_url),
        found=_(OUTCOMES.get(found, OUTCOMES["status"])) if found else "",
        is_good=found == "good",
        roles=[(one.value, label(one)) for one in Role],
        error=typed.detail,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show_all(here: NamedDependency[Here]) -> Response[bytes]:
    """Where members may sign in besides here."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page)
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """Another one; its page says what to register at the provider."""
    fields = _fields(await here.form(ProviderForm))
    private = here.settings.allow_private_targets
    added = await providers.add(here.act, fields, here.secrets, private=private)
    return saved(f"{PAGE}/{added}")


@get(f"{PAGE}/{{provider_id:uuid}}", opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[bytes]:
    """One provider."""
    return await _one(here, provider_id=provider_id)


@post(f"{PAGE}/{{provider_id:uuid}}", opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(_one)
async def change(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[Any]:
    """Everything but the issuer."""
    fields = _fields(await here.form(ProviderForm))
    private = here.settings.allow_private_targets
    await providers.change(here.act, provider_id, fields, here.secrets, private=private)
    return saved(f"{PAGE}/{provider_id}")


@post(f"{PAGE}/{{provider_id:uuid}}/test", opt={"policy": Policy.ADMIN})
@redisplayed(_one)
async def try_out(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[Any]:
    """Asks the provider what it says of itself."""
    provider = await providers.find(provider_id)
    asked = SandboxedProviders(here.settings.allow_private_targets)
    return await _one(here, provider_id=provider_id, found=(await asked.discover(provider.issuer)).outcome)


@post(f"{PAGE}/{{provider_id:uuid}}/remove", opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(_one)
async def remove(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[Any]:
    """Nobody signs in by it any more."""
    await providers.remove(here.act, provider_id)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


def _fields(form: ProviderForm) -> ProviderFields:
    return ProviderFields(
        name=form.name,
        issuer=form.issuer,
        client_id=form.client_id,
        secret=form.client_secret,
        domains=form.domains,
        role=form.role,
        is_on=form.is_on,
    )


routes = (show_all, add, show, change, try_out, remove)
