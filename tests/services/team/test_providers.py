"""Are providers set up by admins alone, and does nobody lose their last way in?"""

import pytest

from amends import tables
from amends.gateways.secrets import Secrets, new_key
from amends.rules.vocabulary import Role
from amends.services.team import members, passkeys, provider_visits, providers
from amends.services.team.identity_tokens import Identity
from amends.services.team.members import Act, OnlyAdminsMay
from amends.services.team.provider_visits import Away
from amends.services.team.providers import LastWayIn, NoSuchProvider, ProviderFields, ProviderIsKnown
from tests.passkey_device import Device
from tests.services.team.test_passkeys import SITE
from tests.world import MONDAY, make_member

FIELDS = ProviderFields(
    name="Staff",
    issuer="https://login.example.org",
    client_id="amends",
    secret="a secret",
    domains="Example.org",
    role=Role.AGENT,
    is_on=True,
)
SECRETS = Secrets([new_key()])


async def test_admins_alone_add_change_and_remove_and_one_issuer_is_one_provider(database: str) -> None:
    boss, lead = await make_member("boss", role="admin"), await make_member("lea", role="lead")
    with pytest.raises(OnlyAdminsMay):
        await providers.add(Act(lead, MONDAY), FIELDS, SECRETS, private=())
    added = await providers.add(Act(boss, MONDAY), FIELDS, SECRETS, private=())
    with pytest.raises(ProviderIsKnown):
        await providers.add(Act(boss, MONDAY), FIELDS, SECRETS, private=())
    with pytest.raises(OnlyAdminsMay):
        await providers.change(Act(lead, MONDAY), added, FIELDS, SECRETS, private=())
    with pytest.raises(OnlyAdminsMay):
        await providers.remove(Act(lead, MONDAY), added)
    assert (await providers.find(added)).domains == "example.org"
    assert await providers.secret_of(added, SECRETS) == "a secret"
    await providers.remove(Act(boss, MONDAY), added)
    with pytest.raises(NoSuchProvider):
        await providers.find(added)


async def test_what_is_the_last_way_in_cannot_be_taken_away(database: str) -> None:
    boss, eve = await make_member("boss", role="admin"), await make_member("eve")
    added = await providers.add(Act(boss, MONDAY), FIELDS, SECRETS, private=())
    away = Away(provider=added, purpose="link", state="s", nonce="n", verifier="v", until=MONDAY)
    await provider_visits.link(away, Identity(subject="e-1"), eve, now=MONDAY)
    [linked] = await providers.linked_to(eve)
    with pytest.raises(LastWayIn):
        await providers.unlink(Act(eve, MONDAY), linked.id)
    assert await provider_visits.member_of(away, Identity(subject="e-1"), now=MONDAY) == eve
    answer = Device().make(await passkeys.ask_for_one(Act(eve, MONDAY), SITE))
    await passkeys.add(Act(eve, MONDAY), answer, "Phone", SITE)
    with pytest.raises(NoSuchProvider):
        await providers.unlink(Act(boss, MONDAY), linked.id)
    await providers.unlink(Act(eve, MONDAY), linked.id)
    [key] = await passkeys.of_member(eve.id)
    with pytest.raises(LastWayIn):
        await passkeys.remove(Act(eve, MONDAY), key.id)
    await members.set_password(eve.id, "seven quiet ovens", now=MONDAY)
    await passkeys.remove(Act(eve, MONDAY), key.id)
    assert not await tables.Passkey.exists()
