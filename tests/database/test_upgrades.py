"""Migrations of data: rows from before an upgrade are there after it, with their new columns."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
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
    assert words == {7: "7 lea | lea | le coeur du gateau est cru | rang twice |", 8: "8"}
    assert found == [7]


def answered_before_0030(connection: sa.Connection) -> None:
    """The second customer wrote what an answer looks like, and gave none."""
    for number, said in ((7, {"answer": "badly"}), (8, {"text": '"answer":"well"'})):
        known = {"platform": "x", "customer_status": "unknown", "came_back_at": "2026-05-04T08:00:00+00:00"}
        case = add(connection, "case_file", number=number, stage="checked_in", **known)
        entry = add(connection, "entry", case=case, kind="touchpoint")
        body = json.dumps(said, separators=(",", ":"))
        add(connection, "particulars", entry=entry, body=body)


def test_what_customers_answered_to_the_check_in_stays_with_their_cases(empty_database_url: str) -> None:
    command.upgrade(configuration(empty_database_url), "0026")
    on_database(empty_database_url, answered_before_0030)
    upgrade(empty_database_url)

    def read(connection: sa.Connection) -> dict[int, str | None]:
        found = connection.exec_driver_sql("SELECT number, check_in_answer FROM case_file").all()
        return {row[0]: row[1] for row in found}

    assert on_database(empty_database_url, read) == {7: "badly", 8: None}


def members_before_0035(connection: sa.Connection) -> None:
    for email in ("max@bücher.example", "eva@faß.example", "ada@example.org", "bob@ö.org", "bob@xn--nda.org"):
        add(connection, "member", name=email[:3], email=email, role="agent", language="en")


def test_an_international_address_of_a_member_gets_the_spelling_of_browsers(empty_database_url: str) -> None:
    command.upgrade(configuration(empty_database_url), "0030")
    on_database(empty_database_url, members_before_0035)
    upgrade(empty_database_url)

    def read(connection: sa.Connection) -> set[str]:
        return {row[0] for row in connection.exec_driver_sql("SELECT email FROM member").all()}

    assert on_database(empty_database_url, read) == {
        "max@xn--bcher-kva.example",
        "eva@xn--fa-hia.example",
        "ada@example.org",
        "bob@ö.org",  # whose other spelling is another member
        "bob@xn--nda.org",
    }


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


ALLOWED = {
    "author": {"platform": "x", "customer_status": "unknown"},
    "case_file": {"stage": "new", "platform": "x", "customer_status": "unknown", "due_kind": "triage"},
    "capture": {"platform": "x", "kind": "post"},
    "entry": {"kind": "touchpoint", "channel": "email"},
    "follow_up": {"kind": "triage", "state": "due"},
    "dismissal": {"kind": "triage"},
    "nudge": {"kind": "rung", "state": "ready", "audience": "owner"},
    "remedy": {"kind": "refund", "state": "offered"},
    "case_link": {"relation": "related"},
    "customer_link": {"purpose": "hand_off", "language": "en"},
    "batch": {"deed": "assign"},
}
"""A row of each table whose word lists were opened, with words that were allowed before."""


def kept_at_0026(connection: sa.Connection) -> None:
    member = add(connection, "member", role="agent", language="en")
    author = add(connection, "author", **ALLOWED["author"], handle="@lea")
    case, other = (
        add(connection, "case_file", number=number, author=author, owner=member, **ALLOWED["case_file"])
        for number in (7, 8)
    )
    add(connection, "case_words", number=7, words="7 gateau")
    post = add(connection, "post", case=case)
    add(connection, "capture", post=post, author=author, **ALLOWED["capture"])
    entry = add(connection, "entry", case=case, **ALLOWED["entry"])
    add(connection, "particulars", entry=entry, body="{}")
    follow_up = add(connection, "follow_up", case=case, **ALLOWED["follow_up"])
    target = add(connection, "target", language="en")
    nudge = add(connection, "nudge", follow_up=follow_up, target=target, **ALLOWED["nudge"])
    add(connection, "delivery", nudge=nudge)
    add(connection, "dismissal", **ALLOWED["dismissal"])
    add(connection, "remedy", case=case, **ALLOWED["remedy"])
    add(connection, "case_link", one=case, other=other, **ALLOWED["case_link"])
    add(connection, "customer_link", case=case, **ALLOWED["customer_link"])
    add(connection, "batch", member=member, **ALLOWED["batch"])


def rows_of_every_table(connection: sa.Connection) -> dict[str, list[Any]]:
    tables = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        table: sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {table}").all()))
        for table in tables
        if not table.startswith("case_search")
    }


def triggers_and_order_of_indexes(connection: sa.Connection) -> list[Any]:
    """SQLite alone loses triggers with a table, and prefers the later one of two indexes that serve alike."""
    if connection.dialect.name != "sqlite":
        return []
    made = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = '{}' AND sql IS NOT NULL ORDER BY {}"
    orders = {"trigger": "name", "index": "tbl_name, rowid"}
    return [tuple(row) for one in orders.items() for row in connection.exec_driver_sql(made.format(*one))]


def statement(text: str) -> Callable[[sa.Connection], Any]:
    return lambda connection: connection.exec_driver_sql(text)


def test_opening_the_word_lists_keeps_every_row_index_and_trigger(empty_database_url: str) -> None:
    command.upgrade(configuration(empty_database_url), "0026")
    before = on_database(empty_database_url, kept_at_0026, rows_of_every_table)
    assert all(before[table] for table in ALLOWED), "add a row of every table that is built anew"
    made = on_database(empty_database_url, triggers_and_order_of_indexes)
    command.upgrade(configuration(empty_database_url), "0027")
    assert on_database(empty_database_url, rows_of_every_table) == before
    assert on_database(empty_database_url, triggers_and_order_of_indexes) == made

    def found(connection: sa.Connection) -> list[int]:
        connection.exec_driver_sql("UPDATE case_words SET words = '7 tarte' WHERE number = 7")
        text = "SELECT number FROM case_words WHERE words LIKE '%tarte'"
        if connection.dialect.name == "sqlite":
            text = "SELECT rowid FROM case_search WHERE case_search MATCH 'tarte'"
        return [row[0] for row in connection.exec_driver_sql(text)]

    assert on_database(empty_database_url, found) == [7]


OPEN = {
    "author": ("platform",),
    "case_file": ("platform", "due_kind"),
    "capture": ("platform", "kind"),
    "follow_up": ("kind",),
    "dismissal": ("kind",),
    "nudge": ("kind",),
    "remedy": ("kind",),
    "case_link": ("relation",),
    "customer_link": ("purpose",),
    "batch": ("deed",),
}


def entry_of_new_words(connection: sa.Connection) -> None:
    """A row of its own: no entry is ever changed."""
    case = connection.exec_driver_sql("SELECT id FROM case_file").scalars().first()
    add(connection, "entry", case=case, position=99, kind="new_word", channel="new_word")


def test_a_new_word_needs_no_migration_and_a_new_stage_does(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    on_database(empty_database_url, kept_at_0026)
    updates = [
        statement(f"UPDATE {table} SET {column} = 'new_word'") for table in OPEN for column in OPEN[table]
    ]
    longest = "a-site-of-thirty-two-characters."
    on_database(
        empty_database_url,
        entry_of_new_words,
        *updates,
        statement(f"UPDATE case_file SET platform = '{longest}'"),
    )
    for closed in ("case_file SET stage", "case_file SET outcome", "member SET role", "follow_up SET state"):
        with pytest.raises(sa.exc.IntegrityError):
            on_database(empty_database_url, statement(f"UPDATE {closed} = 'unheard'"))


def platforms_of(table: str) -> Callable[[sa.Connection], list[str]]:
    return lambda connection: list(
        connection.exec_driver_sql(f"SELECT DISTINCT platform FROM {table}").scalars()
    )


def test_taking_it_back_makes_unknown_platforms_web(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    tables = ("author", "case_file", "capture")
    updates = [statement(f"UPDATE {table} SET platform = 'mynewsite'") for table in tables]
    on_database(empty_database_url, kept_at_0026, *updates)
    command.downgrade(configuration(empty_database_url), "0026")
    for table in tables:
        assert on_database(empty_database_url, platforms_of(table)) == ["web"]


def reminders_before_0029(connection: sa.Connection) -> None:
    case = add(connection, "case_file", stage="new", platform="x", customer_status="unknown")
    first_steps = {"their own": "chosen", "a mention": "mentioned", "a remedy": "remedy_asked"}
    for words, step in first_steps.items():
        steps = json.dumps([{"step": step, "by": "Bob"}, {"step": "chosen"}])
        rest = {"kind": "reminder", "state": "due", "words": words, "steps": steps}
        add(connection, "follow_up", case=case, **rest)


def test_reminders_by_which_a_member_was_asked_become_kinds_of_their_own(empty_database_url: str) -> None:
    command.upgrade(configuration(empty_database_url), "0026")
    on_database(empty_database_url, reminders_before_0029)
    upgrade(empty_database_url)

    def read(connection: sa.Connection) -> dict[str, str]:
        return dict(connection.exec_driver_sql("SELECT words, kind FROM follow_up").all())

    kinds = {"their own": "reminder", "a mention": "mention", "a remedy": "remedy_request"}
    assert on_database(empty_database_url, read) == kinds


def test_departments_and_contacts_for_threats_become_one_list_and_part_again(empty_database_url: str) -> None:
    def before(connection: sa.Connection) -> tuple[str, str]:
        legal = {"name": "Legal", "key": "legal", "role": "legal", "phone": "+33 1", "email": "l@example.org"}
        added = add(connection, "department", **legal, reach="+33 1 · l@example.org")
        book = add(connection, "playbook")
        step = add(connection, "playbook_step", playbook=book, department=added)
        add(connection, "department", name="Warehouse", key="warehouse", reach="quay 3")
        return added, step

    def rows(connection: sa.Connection, table: str) -> list[tuple[Any, ...]]:
        found = connection.exec_driver_sql(
            f"SELECT name, role, phone, email, reach FROM {table} ORDER BY name"
        )
        return [tuple(row) for row in found]

    command.upgrade(configuration(empty_database_url), "0101")
    legal, _step = on_database(empty_database_url, before)
    upgrade(empty_database_url)
    assert on_database(empty_database_url, lambda connection: rows(connection, "contact")) == [
        ("Legal", "legal", "+33 1", "l@example.org", ""),
        ("Warehouse", None, None, None, "quay 3"),
    ]

    def of_step(connection: sa.Connection) -> str:
        return str(connection.exec_driver_sql('SELECT "contact" FROM playbook_step').scalar())

    assert on_database(empty_database_url, of_step) == legal
    command.downgrade(configuration(empty_database_url), "0101")
    assert on_database(empty_database_url, lambda connection: rows(connection, "department")) == [
        ("Legal", "legal", "+33 1", "l@example.org", "+33 1 · l@example.org"),
        ("Warehouse", None, None, None, "quay 3"),
    ]
