"""The drill: does everything come back, in either database, from a backup made while others write?"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amends import tables
from amends.database import DiskIsFull, bind, close, connect, migrate, run
from amends.database.portable import PlaceIsNotEmpty, snapshot
from amends.database.portable.snapshot import Snapshot
from amends.gateways import backups as gateway
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.secrets import Secrets, new_key
from amends.rules.operation import backups as rules
from amends.services.case import case_numbers
from amends.services.operation import backups
from amends.services.operation.backups import BackupIsNewer, Made, Source, after_restoring
from amends.services.operation.backups.after_restoring import Beside
from amends.services.operation.backups.restoring import Place, Restored, restore
from amends.services.operation.privacy import erasures
from amends.services.team import passwords
from amends.services.team.members import Act, Member
from amends.tables import operation as tables_of_operation
from tests.conftest import fresh_postgres_url
from tests.database.test_schema import on_database
from tests.database.test_upgrades import kept_at_0026
from tests.services.operation import test_backups
from tests.services.operation.everywhere import NAME, dana_everywhere
from tests.services.operation.test_backups import PASSPHRASE, made
from tests.services.operation.test_privacy import rows_with_traces, traces_in
from tests.world import DAY, MONDAY, lead_to, make_case, make_member

source = test_backups.source


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty place of each kind."""
    folder = tmp_path / "elsewhere"
    if request.param == "sqlite":
        yield place_in(folder, f"sqlite:///{folder}/amends.db")
    else:
        for url in fresh_postgres_url(request.getfixturevalue("postgres"), "template1"):
            yield place_in(folder, url)


def place_in(folder: Path, url: str) -> Place:
    """With its evidence in the folder."""
    return Place(url=url, folder=folder, evidence=FolderEvidenceFiles(folder / "evidence"))


async def restored(path: Path, place: Place, **more: Any) -> Restored:
    """In a thread, as the command does it, and bound to the place afterwards."""
    done = await asyncio.to_thread(restore, path, place, now=MONDAY, **more)
    bind(connect(place.url), tables.TABLES)
    return done


async def everything(url: str) -> dict[str, list[str]]:
    """Every row that a backup keeps, as comparable text; cases are numbered by a row on SQLite alone."""
    async with snapshot(url) as seen:
        return {
            table: sorted([plain(row, columns) async for row in _rows(seen, table, columns)])
            for table, columns in rules.kept(seen.tables).items()
        }


async def _rows(seen: Snapshot, table: str, columns: tuple[rules.Column, ...]) -> AsyncIterator[list[Any]]:
    async for rows in seen.rows(table, columns):
        for row in rows:
            if (table, row[0]) != ("counter", case_numbers.NAME):
                yield row


def plain(row: list[Any], columns: tuple[rules.Column, ...]) -> str:
    """JSON in one order: PostgreSQL forgets that of its keys."""
    values = [
        json.loads(value) if column.kind == "json" and value is not None else value
        for value, column in zip(row, columns, strict=True)
    ]
    return json.dumps(values, sort_keys=True)


async def test_every_row_and_file_comes_back_in_either_database(
    source: Source, elsewhere: Place, tmp_path: Path
):
    before = await everything(source.url)
    backup = await made(source, tmp_path, passphrase=PASSPHRASE)
    await close()
    done = await restored(backup.path, elsewhere, passphrase=PASSPHRASE)
    after = await everything(elsewhere.url)
    [told] = after.pop("audit_event")
    assert '"restored"' in told
    assert after == {table: rows for table, rows in before.items() if table != "audit_event"}
    assert {len(rows) for rows in (before["case_file"], before["evidence"])} == {1, 2}
    assert (done.verified.cases, done.verified.found) == (2, [])
    assert done.verified.files > 0
    kept, there = (
        sorted(p.name for p in folder.rglob("*") if p.is_file())
        for folder in (tmp_path / "evidence", elsewhere.folder / "evidence")
    )
    assert kept == there != []
    assert (await run("SELECT COUNT(*) AS n FROM case_words"))[0]["n"] == 2
    assert await case_numbers.next_number() == 3


async def test_what_is_written_meanwhile_is_whole_or_not_in_it(
    source: Source, bob: Member, elsewhere: Place, tmp_path: Path
):
    async def write() -> None:
        for _ in range(10):
            await lead_to(await make_case(bob), "contact", by=bob)

    def backup_in_thread() -> Made:
        return asyncio.run(backups.make(source, tmp_path / "backups", now=MONDAY))

    writing = [asyncio.create_task(write()) for _ in range(4)]
    backup = await asyncio.to_thread(backup_in_thread)
    await asyncio.gather(*writing)
    await close()
    done = await restored(backup.path, elsewhere)
    assert done.verified.found == []
    assert 2 <= done.verified.cases <= 42


async def test_a_restore_goes_into_an_empty_place_only(source: Source, tmp_path: Path):
    backup = await made(source, tmp_path)
    before = await everything(source.url)
    taken = place_in(tmp_path, source.url)
    with pytest.raises(PlaceIsNotEmpty):
        await asyncio.to_thread(restore, backup.path, taken, now=MONDAY)
    assert await everything(source.url) == before


async def test_a_damaged_backup_leaves_the_place_as_empty_as_it_was(
    source: Source, elsewhere: Place, tmp_path: Path
):
    backup = await made(source, tmp_path)
    content = bytearray(backup.path.read_bytes())
    content[600] ^= 1
    backup.path.write_bytes(content)
    with pytest.raises((gateway.BackupIsDamaged, gateway.FileIsNoBackup)):
        await restored(backup.path, elsewhere)
    assert not (elsewhere.folder / "evidence").exists()
    assert not (elsewhere.folder / "amends.db").exists()


async def test_a_backup_of_a_newer_version_is_refused_with_what_to_do(
    source: Source, elsewhere: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    backup = await made(source, tmp_path)
    monkeypatch.setattr("amends.database.migrate.revisions", lambda: ["0001"])
    with pytest.raises(BackupIsNewer, match="Install that version or a newer one"):
        await asyncio.to_thread(restore, backup.path, elsewhere, now=MONDAY)


async def test_nobody_is_signed_in_after_a_restore(
    source: Source, bob: Member, elsewhere: Place, tmp_path: Path
):
    await run(
        "UPDATE member SET password_hash = :hash WHERE id = :id",
        hash=await passwords.hashed(PASSPHRASE),
        id=bob.id,
    )
    backup = await made(source, tmp_path)
    await close()
    await restored(backup.path, elsewhere)
    assert await tables.Session.count() == 0
    row = (await run("SELECT password_hash FROM member WHERE id = :id", id=bob.id))[0]
    assert await passwords.matches(PASSPHRASE, row["password_hash"])


async def test_a_disk_without_room_is_said_before_anything_is_restored(
    source: Source, elsewhere: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    backup = await made(source, tmp_path)
    none = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: none)
    with pytest.raises(DiskIsFull, match="0 MB are free"):
        await asyncio.to_thread(restore, backup.path, elsewhere, now=MONDAY)


def test_an_older_backup_is_brought_up_to_date(empty_database_url: str, elsewhere: Place, tmp_path: Path):
    migrate.upgrade_to(empty_database_url, "0026")
    on_database(empty_database_url, kept_at_0026)

    def drill() -> Restored:
        older = Source(url=empty_database_url, evidence=None)
        backup = asyncio.run(backups.make(older, tmp_path / "backups", now=MONDAY))
        assert backup.manifest.revision == "0026"
        return restore(backup.path, elsewhere, now=MONDAY)

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(drill).result()
    assert migrate.current(elsewhere.url) == migrate.head()
    assert done.verified.cases == 2


async def test_what_must_be_done_after_a_restore_may_be_done_twice(database: str, tmp_path: Path):
    nowhere = Beside(folder=tmp_path / "nowhere", evidence=FolderEvidenceFiles(tmp_path / "nowhere"))
    await after_restoring.run(nowhere)
    await after_restoring.run(nowhere)


async def test_who_was_erased_since_the_backup_does_not_come_back(
    source: Source, bob: Member, elsewhere: Place, tmp_path: Path
):
    admin, key = await make_member("ada", role="admin"), new_key()
    dana = await dana_everywhere(admin, bob, FolderEvidenceFiles(tmp_path / "evidence"), first=3)
    backup = await made(source, tmp_path)
    place = replace(elsewhere, keys=(key,))
    place.folder.mkdir(parents=True, exist_ok=True)
    erased_list = ErasedList(place.folder)
    given = {"name": NAME, "secrets": Secrets([key]), "erased_list": erased_list}
    made_erasure = await erasures.erase(Act(admin, MONDAY + DAY), dana, **given)
    await close()
    done = await restored(backup.path, place)
    assert done.verified.found == []
    assert await rows_with_traces() == []
    assert [row["id"] for row in await tables_of_operation.Erasure.select()] == [made_erasure]
    assert traces_in([place.folder]) == []
    assert done.verified.cases == 5
