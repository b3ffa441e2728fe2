"""Is what a browser keeps while it is away its own, of its provider, and not for long?"""

from datetime import timedelta
from uuid import uuid4

import pytest

from amends.gateways.providers import SandboxedProviders
from amends.gateways.secrets import Secrets, new_key
from amends.services.team import provider_visits, providers
from amends.services.team.members import Act
from amends.services.team.provider_visits import Away, Back, VisitIsOver
from tests.services.team.test_providers import FIELDS, SECRETS
from tests.world import MONDAY, make_member

AWAY = Away(provider=uuid4(), purpose="sign-in", state="s", nonce="n", verifier="v", until=MONDAY)


def test_it_opens_for_its_own_provider_with_our_keys_alone() -> None:
    kept = provider_visits.sealed(AWAY, SECRETS)
    assert provider_visits.opened(kept, AWAY.provider, SECRETS) == AWAY
    for cookie, provider, secrets in (
        (kept, uuid4(), SECRETS),
        (kept, AWAY.provider, Secrets([new_key()])),
        ("", AWAY.provider, SECRETS),
        (SECRETS.seal("{}", of=AWAY.provider), AWAY.provider, SECRETS),
    ):
        with pytest.raises(VisitIsOver):
            provider_visits.opened(cookie, provider, secrets)


async def test_too_late_or_with_another_state_the_provider_is_not_even_asked(database: str) -> None:
    boss = await make_member("boss", role="admin")
    added = await providers.add(Act(boss, MONDAY), FIELDS, SECRETS, private=())
    until = MONDAY + timedelta(minutes=10)
    away = Away(provider=added, purpose="sign-in", state="s", nonce="n", verifier="v", until=until)
    for state, now in (("s", until), ("x", MONDAY), ("", MONDAY)):
        with pytest.raises(VisitIsOver):
            await provider_visits.identity(
                away,
                Back(state=state, code="c"),
                SandboxedProviders(),
                SECRETS,
                base_url="https://a.example",
                now=now,
            )
