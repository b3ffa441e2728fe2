"""Migrations of data: rows from before an upgrade are there after it, with their new columns."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import command

from amends.database.migrate import configuration, upgrade
from tests.database.test_schema import on_database

THEN = datetime(2026, 5, 4, 8, tzinfo=UTC)
USUAL: dict[str, Callable[[], Any]] = {
    "UUID": lambda: str(uuid4()),
    "TIMESTAMPTZ": lambda: "2026-05-04T08:00:00+00:00",
    "JSONB": lambda: "[]",
    "BOOLEAN": lambda: False,
    "INTEGER": lambda: 1,
}


def add(connection: sa.Connection, table: str, **given: Any) -> str:
    """One row of these values, and of something that fits wherever a value is needed; its id."""
    row: dict[str, Any] = {}
    for column in sa.inspect(connection).get_columns(table):
        kind = str(column["type"]).split("(")[0].upper()
        kind = {"TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ", "TIMESTAMP": "TIMESTAMPTZ"}.get(kind, kind)
        if column["name"] in given:
            row[column["name"]] = given[column["name"]]
        elif not column["nullable"]:
            row[column["name"]] = USUAL.get(kind, lambda: "x")()
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(literal(value) for value in row.values())
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({values})")
    return str(row.get("id"))


def literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return str(value) if isinstance(value, int) else "'{}'".format(str(value).replace("'", "''"))


def kept_at_0004(connection: sa.Connection) -> None:
    member = add(connection, "member", role="agent", language="en")
    add(connection, "browser", member=member, scopes='["capture:write", "cases:read"]')
    case = add(connection, "case_file", stage="new", platform="x", customer_status="unknown")
    found = add(connection, "post", case=case)
    for moment, number in (("09", "second"), ("08", "first")):
        add(
            connection,
            "capture",
            post=found,
            platform="x",
            kind="post",
            external_id=number,
            received_at=f"2026-05-04T{moment}:00:00+00:00",
        )
    entry = add(connection, "entry", case=case, kind="captured")
    add(connection, "particulars", entry=entry, body="{}")


def test_posts_know_their_ids_browsers_their_scopes_and_no_entry_is_lost(empty_database_url: str) -> None:
    command.upgrade(configuration(empty_database_url), "0004")
    on_database(empty_database_url, kept_at_0004)
    upgrade(empty_database_url)

    def read(connection: sa.Connection) -> list[Any]:
        statements = ("external_id FROM post", "scopes FROM browser", "COUNT(*) FROM particulars")
        return [connection.exec_driver_sql(f"SELECT {rest}").scalar_one() for rest in statements]

    external_id, scopes, particulars = on_database(empty_database_url, read)
    scopes = json.loads(scopes) if isinstance(scopes, str) else scopes
    assert (external_id, particulars) == ("first", 1)
    assert scopes == ["capture:write", "cases:read", "cases:reply"]


def kept_at_0017(connection: sa.Connection) -> None:
    """Without a name the author is one whom nobody could read."""
    author = add(connection, "author", platform="x", customer_status="unknown", name="Léa", handle="@lea")
    known = {"stage": "new", "platform": "x", "customer_status": "unknown"}
    case = add(connection, "case_file", number=7, author=author, **known)
    add(connection, "case_file", number=8, **known)
    post = add(connection, "post", case=case)
    texts = {"title": "", "text": "Le cœur du gâteau est cru", "quoted": ""}
    add(connection, "capture", post=post, author=author, platform="x", kind="post", **texts)
    entry = add(connection, "entry", case=case, kind="noted")
    add(connection, "particulars", entry=entry, body=json.dumps({"text": "Rang twice", "move": "answer"}))


def test_cases_that_were_there_before_are_found_by_their_words(empty_database_url: str) -> None:
    command.upgrade(configuration(empty_database_url), "0017")
    on_database(empty_database_url, kept_at_0017)
    upgrade(empty_database_url)

    def read(connection: sa.Connection) -> tuple[dict[int, str], list[int]]:
        words = connection.exec_driver_sql("SELECT number, words FROM case_words").all()
        found = "SELECT number FROM case_words WHERE words LIKE '%gateau%'"
        if connection.dialect.name == "sqlite":
            found = "SELECT rowid FROM case_search WHERE case_search MATCH 'gat*'"
        return {row[0]: row[1] for row in words}, [row[0] for row in connection.exec_driver_sql(found)]

    words, found = on_database(empty_database_url, read)
    assert words == {7: "7 le coeur du gateau est cru lea rang twice", 8: "8"}
    assert found == [7]


def sent_before_0012(connection: sa.Connection) -> None:
    target = add(connection, "target", language="en")
    ends = {"one": "sent", "two": "sent", "three": "dead", "four": "ready"}
    for key, state in ends.items():
        nudge = add(
            connection, "nudge", key=key, kind="rung", target=target, audience="team", state=state, holder=""
        )
        for result in ("timeout", "delivered") if state == "sent" else ("rejected",):
            add(connection, "delivery", nudge=nudge, result=result)


def test_what_was_sent_before_there_were_counters_is_counted(empty_database_url: str) -> None:
    command.upgrade(configuration(empty_database_url), "0010")
    on_database(empty_database_url, sent_before_0012)
    upgrade(empty_database_url)

    def read(connection: sa.Connection) -> dict[str, int]:
        found = connection.exec_driver_sql("SELECT name, value FROM counter").all()
        return {row[0]: row[1] for row in found}

    assert on_database(empty_database_url, read) == {
        "deliveries:delivered": 2,
        "deliveries:timeout": 2,
        "deliveries:rejected": 2,
        "nudges:sent": 2,
        "nudges:dead": 1,
    }
