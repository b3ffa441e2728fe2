"""Retention: expired rows are deleted, and nothing else."""

from datetime import timedelta
from uuid import uuid4

from amends import tables
from amends.services.operation import retention
from amends.services.team import codes
from tests import nudging
from tests.nudging import NOON, Desk

desk = nudging.desk

DAY = timedelta(days=1)


async def session(member: object, *, seen: timedelta) -> None:
    row = tables.Session(
        id=uuid4(), token_hash=uuid4().hex, member=member, created_at=NOON - 2 * DAY, seen_at=NOON - seen
    )
    await tables.Session.insert(row)


async def test_codes_and_sessions_that_are_over_are_forgotten_and_live_ones_kept(desk: Desk):
    ada = await desk.member("ada")
    await codes.make("pair", ada.id, now=NOON - 2 * DAY)
    bob = await desk.member("bob")
    await codes.make("invite", bob.id, now=NOON)
    await session(ada.id, seen=timedelta(hours=13))
    await session(ada.id, seen=timedelta(hours=1))
    await retention.delete_expired(now=NOON)
    assert [row["member"] for row in await tables.OneTimeCode.select()] == [bob.id]
    assert [row["seen_at"] for row in await tables.Session.select()] == [NOON - timedelta(hours=1)]


async def test_old_counts_of_failed_sign_ins_are_forgotten(desk: Desk):
    for key, age in (("old", 2 * DAY), ("new", timedelta(hours=1))):
        await tables.FailedSignIn.insert(tables.FailedSignIn(key_hash=key, failures=3, failed_at=NOON - age))
    await retention.delete_expired(now=NOON)
    assert [row["key_hash"] for row in await tables.FailedSignIn.select()] == ["new"]
