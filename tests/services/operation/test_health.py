"""Do we say that something is wrong when it is?"""

from datetime import timedelta
from pathlib import Path

from amends import tables
from amends.database import bind, close, connect
from amends.services.operation import health
from amends.settings import Settings
from tests import nudging
from tests.nudging import NOON, Desk

desk = nudging.desk

MINUTE = timedelta(minutes=1)


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(
        database_url=url,
        data_dir=folder,
        base_url="http://127.0.0.1:8000",
        secret_key="x" * 40,
        encryption_keys=(),
    )


async def test_everything_is_ready_while_a_worker_is_seen(desk: Desk, database_url: str, tmp_path: Path):
    await health.beat("worker", started_at=NOON, now=NOON)
    found = await health.readiness(settings_for(database_url, tmp_path), now=NOON + 3 * MINUTE)
    assert (found.database, found.migrations, found.worker_late) == (True, True, False)
    assert found.worker_seen_at == NOON
    assert found.disk_free > 0
    assert found.ready is (found.disk_free >= health.LEAST_FREE)


async def test_a_worker_is_late_after_three_minutes_without_a_sign_of_life(desk: Desk):
    assert await health.worker_is_late(now=NOON), "there never was one"
    await health.beat("worker", started_at=NOON, now=NOON)
    assert not await health.worker_is_late(now=NOON + 3 * MINUTE)
    assert await health.worker_is_late(now=NOON + 3 * MINUTE + timedelta(seconds=1))
    await health.beat("another", started_at=NOON, now=NOON + 3 * MINUTE)
    assert not await health.worker_is_late(now=NOON + 5 * MINUTE)


async def test_a_worker_has_one_row_however_often_it_beats(desk: Desk):
    for minutes in range(3):
        await health.beat("worker", started_at=NOON, now=NOON + minutes * MINUTE, note=f"{minutes}")
    [row] = await tables.Heartbeat.select()
    assert (row["seen_at"], row["started_at"], row["note"]) == (NOON + 2 * MINUTE, NOON, "2")


async def test_every_worker_of_the_day_is_listed_with_its_troubles_the_freshest_first(desk: Desk):
    await health.beat("old", started_at=NOON, now=NOON, note="deliver: OSError")
    await health.beat("new", started_at=NOON, now=NOON + 5 * MINUTE)
    found = await health.workers(now=NOON + 6 * MINUTE)
    assert [(worker.name, worker.late, worker.note) for worker in found] == [
        ("new", False, ""),
        ("old", True, "deliver: OSError"),
    ]
    assert len(await health.workers(now=NOON, most=1)) == 1


async def test_workers_of_yesterday_are_forgotten(desk: Desk):
    await health.beat("old", started_at=NOON, now=NOON)
    await health.beat("new", started_at=NOON, now=NOON + timedelta(days=1))
    await health.forget_workers(now=NOON + timedelta(days=1, minutes=1))
    assert [row["name"] for row in await tables.Heartbeat.select()] == ["new"]


async def test_a_schema_of_another_version_is_not_ready(desk: Desk, database_url: str, tmp_path: Path):
    await tables.Heartbeat.raw("UPDATE alembic_version SET version_num = 'another'")
    assert not (await health.readiness(settings_for(database_url, tmp_path), now=NOON)).migrations


async def test_a_database_that_is_away_is_part_of_the_answer(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/nowhere/amends.db"
    bind(connect(url), tables.TABLES)
    found = await health.readiness(settings_for(url, tmp_path), now=NOON)
    assert (found.database, found.ready) == (False, False)
    await close()
