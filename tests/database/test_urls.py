"""Database URLs: which are accepted, and the messages for the others."""

from pathlib import Path

import pytest

from amends.database import WrongDatabaseUrl, connect
from amends.database.urls import PostgresServer, SqliteFile, read


def test_three_slashes_name_a_file_relative_to_the_current_folder(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read("sqlite:///here.db") == SqliteFile(tmp_path / "here.db")


def test_four_slashes_name_a_file_from_the_root():
    assert read("sqlite:////var/lib/my%20amends.db") == SqliteFile(Path("/var/lib/my amends.db"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://amends:secret@db.example:5432/amends",
        "postgres://amends@/amends?host=/run/postgresql",
        "postgresql://amends@db.example/amends?sslmode=require",
    ],
)
def test_postgresql_urls_are_left_to_the_driver(url: str):
    assert read(url) == PostgresServer(url)


def test_a_server_is_shown_without_its_password():
    assert read("postgresql://me:secret@db.example/amends?x=y").shown == "postgresql://db.example/amends"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://localhost/amends", "cannot begin with mysql"),
        ("amends.db", "cannot begin with nothing"),
        ("sqlite://", "three slashes"),
        ("sqlite:///", "three slashes"),
        ("sqlite://amends.db", "three slashes"),
        ("sqlite:////folder/", "three slashes"),
        ("sqlite:///a.db?mode=ro", "no options"),
        ("sqlite:///:memory:", "in memory"),
        ("postgresql://localhost", "names no database"),
        ("postgresql://me:secret@localhost:port/amends", "cannot be read"),
    ],
)
def test_any_other_url_is_refused_with_a_sentence(url: str, sentence: str):
    with pytest.raises(WrongDatabaseUrl, match=sentence) as refused:
        connect(url)
    assert "secret" not in refused.value.detail
