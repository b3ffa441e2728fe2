"""Does a verified passkey begin a session, alone and after the password, and spend what was waiting?"""

import pytest

from amends.services.team import passwordless, sessions
from amends.services.team.codes import CodeIsSpent
from tests.world import MONDAY, make_member


async def test_a_verified_passkey_begins_a_session_and_what_waited_for_it_is_spent(database: str) -> None:
    ada = await make_member("ada")
    alone = await passwordless.by_passkey(ada, address="192.0.2.1", program="test", now=MONDAY)
    assert await sessions.member_of(alone.token, now=MONDAY) == ada
    awaits = await sessions.awaits_code(ada, keep=True, now=MONDAY)
    begun = await passwordless.by_passkey(ada, awaits, address="192.0.2.1", program="test", now=MONDAY)
    assert not begun.kept, "the team lets nobody stay"
    with pytest.raises(CodeIsSpent):
        await passwordless.by_passkey(ada, awaits, address="192.0.2.1", program="test", now=MONDAY)
