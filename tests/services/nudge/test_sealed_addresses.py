"""Sealed addresses: keys that fit, and keys that are lost."""

import pytest

from amends import tables
from amends.gateways.secrets import Secrets, new_key
from amends.services.nudge import sealed_addresses
from amends.services.nudge.sealed_addresses import KeysDoNotFit, Sealed
from tests import nudging
from tests.nudging import Desk

desk = nudging.desk


async def sealed() -> dict[str, str]:
    return {row["name"]: row["sealed"] for row in await tables.Target.select()}


async def test_keys_that_open_nothing_of_what_is_sealed_are_refused(desk: Desk):
    others = Secrets([new_key()])
    await sealed_addresses.check(others)  # nothing is sealed yet
    await desk.target("room")
    await sealed_addresses.check(desk.secrets)
    with pytest.raises(KeysDoNotFit) as refused:
        await sealed_addresses.check(others)
    assert "AMENDS_ENCRYPTION_KEYS" in refused.value.detail


async def test_one_address_that_cannot_be_read_stops_nothing_and_is_named(desk: Desk):
    for name in ("room", "lost"):
        await desk.target(name)
    await tables.Target.update({tables.Target.sealed: "x"}).where(tables.Target.name == "lost")
    await sealed_addresses.check(desk.secrets)
    assert await sealed_addresses.look(desk.secrets) == Sealed(opened=1, unreadable=("lost",))


async def test_targets_that_no_key_opens_are_forgotten_and_no_others(desk: Desk):
    for name in ("room", "lost"):
        await desk.target(name)
    await tables.Target.update({tables.Target.sealed: "x"}).where(tables.Target.name == "lost")
    assert await sealed_addresses.forget(desk.secrets) == ["lost"]
    assert list(await sealed()) == ["room"]
