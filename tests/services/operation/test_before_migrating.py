"""Is what was there kept before a migration, and is a migration without room for it refused?"""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from amends.database import DiskIsFull, migrate
from amends.services.operation.backups import before_migrating, checking
from tests.database.test_schema import on_database
from tests.database.test_upgrades import kept_at_0026
from tests.world import MONDAY


def keep(url: str, folder: Path, *, hours: int = 0) -> Path | None:
    """In a thread, as from the command line: a test may be inside an event loop."""
    with ThreadPoolExecutor(1) as thread:
        now = MONDAY + timedelta(hours=hours)
        return thread.submit(before_migrating.keep, url, folder, now=now).result()


@pytest.fixture
def older(empty_database_url: str) -> str:
    migrate.upgrade_to(empty_database_url, "0026")
    on_database(empty_database_url, kept_at_0026)
    return empty_database_url


def test_the_copy_is_of_the_old_revision_and_whole(older: str, tmp_path: Path):
    path = keep(older, tmp_path / "backups")
    assert path
    assert "at-0026" in path.name
    assert path.stat().st_mode & 0o777 == 0o600
    if older.startswith("sqlite"):
        copy = sqlite3.connect(path)
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0026",)
        assert copy.execute("SELECT COUNT(*) FROM case_file").fetchone() == (2,)
        copy.close()
    else:
        assert checking.check(path).revision == "0026"


def test_an_empty_database_is_not_copied(empty_database_url: str, tmp_path: Path):
    assert keep(empty_database_url, tmp_path / "backups") is None
    migrate.upgrade_to(empty_database_url, "0026")
    assert keep(empty_database_url, tmp_path / "backups") is None


def test_three_copies_stay(older: str, tmp_path: Path):
    paths = [keep(older, tmp_path / "backups", hours=hours) for hours in range(5)]
    there = [path for path in paths if path and path.exists()]
    assert len(set(there)) == (1 if older.startswith("sqlite") else before_migrating.KEPT)
    assert paths[-1] in there


def test_without_room_nothing_is_migrated_and_it_says_what_to_do(
    older: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if not older.startswith("sqlite"):
        pytest.skip("on PostgreSQL the folder is filled while it is written")
    none = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: none)
    with pytest.raises(DiskIsFull, match="AMENDS_BACKUP_BEFORE_MIGRATING=off"):
        keep(older, tmp_path / "backups")
