"""Passkeys at this installation's address: what pages ask of them, and why there are none (R-15)."""

from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.team.passkey_sites import Hindrance, PasskeySite, site_of
from amends.services.team import passkeys
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web.page_kit import Here


class PasskeysNeedName(Conflict):
    "Passkeys need an address with a name and https. The person who runs the server sets AMENDS_BASE_URL."


def site_here(settings: Settings) -> PasskeySite:
    """What passkeys are bound to here. Raises PasskeysNeedName."""
    found = site_of(settings.base_url)
    if isinstance(found, Hindrance):
        raise PasskeysNeedName(hindrance_words(settings))
    return found


async def options(here: Here, purpose: passkeys.Purpose, member: Member) -> str:
    """What a page gives to the browser to ask for a passkey of this member; empty where there is none."""
    found = site_of(here.settings.base_url)
    if isinstance(found, Hindrance) or not await passkeys.of_member(member.id):
        return ""
    return await passkeys.ask_to_sign(purpose, found, member=member, now=here.now)


def is_possible(settings: Settings) -> bool:
    """Whether passkeys can be asked for here."""
    return isinstance(site_of(settings.base_url), PasskeySite)


def hindrance_words(settings: Settings) -> str:
    """What stands against passkeys here, and what to do; empty where nothing does."""
    found = site_of(settings.base_url)
    if isinstance(found, PasskeySite):
        return ""
    told = {"address": settings.base_url}
    if found is Hindrance.NUMBER:
        return (
            _(
                "Passkeys are bound to a name, and %(address)s has a number instead. The person who runs the "
                "server sets AMENDS_BASE_URL to an address with a name and https, or to http://localhost "
                "with its port for one machine alone."
            )
            % told
        )
    return (
        _(
            "Browsers offer passkeys over https only, and %(address)s is without. Ask the person "
            "who runs the server to put https in front of it and to set AMENDS_BASE_URL."
        )
        % told
    )
