"""A person's data, ready to look at before a copy is given, and as the page that goes into the copy."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.case.author_names import author_name
from amends.rules.operation.privacy import BY_TABLE, CUSTOMER_TABLES, PURPOSES, Purpose
from amends.services.operation.privacy import copies
from amends.services.operation.privacy.copies import Choice, Gathered, Group, Part
from amends.services.operation.privacy.findings import Findings
from amends.web import dates, templating
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.operation.privacy_labels import COLUMNS, GROUPS
from amends.web.page_kit import Typed


class PartShown(msgspec.Struct, frozen=True, kw_only=True):
    """A part to tick or not."""

    id: str
    by: str
    at: Moment | None
    excerpt: str
    href: str
    chosen: bool


class GroupShown(msgspec.Struct, frozen=True, kw_only=True):
    """Parts of one kind, with what to look for."""

    title: str
    hint: str
    parts: tuple[PartShown, ...]


class CopyPage(msgspec.Struct, frozen=True, kw_only=True):
    """The form."""

    href: str
    name: str
    counts: tuple[tuple[str, int], ...]
    groups: tuple[GroupShown, ...]
    languages: Options
    language: str
    name_members: bool


def copy_page(gathered: Gathered, typed: Typed, *, now: datetime) -> CopyPage:
    """What is held of a person, and what of it is for a human to look at."""
    kept = typed.several.get("keep", ()) if typed.values else None
    return CopyPage(
        href=f"/people/{gathered.found.author}",
        name=author_name(gathered.found.name),
        counts=counts(gathered.found),
        groups=tuple(
            GroupShown(
                title=_(title),
                hint=_(hint),
                parts=tuple(_part(one, kept, now) for one in gathered.parts if one.group is group),
            )
            for group, (title, hint) in GROUPS.items()
            if any(one.group is group for one in gathered.parts)
        ),
        languages=(("en", "English"), ("fr", "Français")),
        language=typed.values.get("language", language()),
        name_members=bool(typed.values.get("members")),
    )


def _part(one: Part, kept: tuple[str, ...] | None, now: datetime) -> PartShown:
    table, _colon, key = one.id.partition(":")
    return PartShown(
        id=one.id,
        by=one.by or _where(one, table),
        at=dates.moment(one.at, now=now) if one.at else None,
        excerpt=one.excerpt,
        href={"evidence": f"/evidence/{key}", "attachment": f"/files/{key}"}.get(table, ""),
        chosen=one.inside if kept is None else one.id in kept,
    )


def _where(one: Part, table: str) -> str:
    """What stands where no writer is known."""
    if one.group is Group.ELSEWHERE:
        return _(BY_TABLE[table].title)
    return _("Unknown author") if one.group is Group.OTHERS else ""


def counts(found: Findings) -> tuple[tuple[str, int], ...]:
    """How much is held of a person, by table."""
    return tuple(
        (_(held.title), len(found.of(held.table)))
        for held in CUSTOMER_TABLES
        if held.purpose is not Purpose.RUNNING and found.of(held.table)
    )


class TableOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One table: its title, why it is kept, and its rows as names and values."""

    title: str
    purpose: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


def page_of_copy(gathered: Gathered, choice: Choice, *, team: str) -> bytes:
    """The page of the copy, in the language at hand: no script, nothing fetched."""
    made = copies.sections(gathered, choice)
    tables = tuple(
        TableOnPaper(
            title=_(one.held.title),
            purpose=_(PURPOSES[one.held.purpose]),
            rows=tuple(_row(row) for row in one.rows),
        )
        for one in made
    )
    template = templating.environment().get_template("privacy/copy.html")
    return template.render(
        name=author_name(gathered.found.name),
        team=team,
        made_at=gathered.made_at.strftime("%Y-%m-%d %H:%M"),
        left_out=sum(not choice.takes(part) for part in gathered.parts),
        tables=tables,
        files=tuple(copies.files_of(made).values()),
    ).encode()


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*\+00:00")
HIDDEN = frozenset(
    {"id", "key", "version", "position", "commitment", "previous", "hash", "steps", "reader", "person"}
)
"""Columns that tell a reader nothing; data.json has them."""


def _row(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_(COLUMNS[name]) if name in COLUMNS else name.replace("_", " "), _text(value))
        for name, value in row.items()
        if name not in HIDDEN and not _is_id(value)
    )


def _is_id(value: object) -> bool:
    text = str(value)
    return len(text) == 36 and text.count("-") == 4


def _text(value: object) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case str() if INSTANT.fullmatch(value):
            return f"{value[:10]} {value[11:16]} UTC"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M UTC")
        case dict():
            return "\n".join(f"{name}: {_text(one)}" for name, one in value.items() if not _is_id(one))
        case list():
            return ", ".join(_text(one) for one in value)
    return str(value)
