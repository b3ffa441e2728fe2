"""What may be in a backup, and how is it named?"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from amends.rules.operation.backups import (
    Column,
    file_name,
    fingerprint,
    is_allowed,
    kept,
    rows_name,
    table_of,
)

MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


def test_a_file_is_named_by_its_instant_in_utc_so_that_order_is_age():
    there = MONDAY.astimezone(timezone(timedelta(hours=9)))
    assert file_name(there, sealed=False) == "amends-20260504T080000Z.tar"
    assert file_name(MONDAY, sealed=True) == "amends-20260504T080000Z.tar.sealed"


@pytest.mark.parametrize(
    "name",
    [
        "../manifest.json",
        "/manifest.json",
        "./manifest.json",
        "rows/../00001.jsonl.gz",
        "rows/a/b/00001.jsonl.gz",
        "rows/Case/00001.jsonl.gz",
        'rows/a"b/00001.jsonl.gz',
        "rows/entry/1.jsonl.gz",
        "rows/entry/00001.jsonl.gz\n",
        "evidence/../../etc/passwd",
        "evidence/" + "a" * 63,
        "evidence/" + "A" * 64,
        "evidence\\" + "a" * 64,
        "",
    ],
)
def test_a_name_that_no_backup_has_is_refused(name: str):
    assert not is_allowed(name)


def test_names_of_parts_are_allowed_and_tell_their_table():
    assert is_allowed("manifest.json")
    assert is_allowed("anchors.jsonl.gz")
    assert is_allowed("evidence/" + "0a" * 32)
    assert is_allowed(rows_name("case_file", 12))
    assert table_of(rows_name("case_file", 12)) == "case_file"


def test_what_lets_somebody_in_stays_out():
    columns = (Column("id", "id"),)
    target = (Column("id", "id"), Column("session", "id"))
    assert kept({"session": columns, "one_time_code": columns, "member": columns, "target": target}) == {
        "member": columns,
        "target": columns,
    }


def test_a_fingerprint_says_which_key_and_nothing_of_it():
    assert fingerprint("one") != fingerprint("two")
    assert len(fingerprint("one")) == 16
    assert "one" not in fingerprint("one")
