"""The page that goes into the copy of a person's data: every name and value in words, nothing said twice."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from amends.i18n import gettext as _
from amends.rules.case import platforms
from amends.rules.case.author_names import author_name
from amends.rules.operation.privacy import PURPOSES, Purpose
from amends.rules.vocabulary import (
    Channel,
    CustomerStatus,
    EntryKind,
    FollowUpKind,
    Nature,
    Outcome,
    PostKind,
    Severity,
    Stage,
    Stance,
)
from amends.services.case.timeline import EntryShown
from amends.services.operation.privacy import copies
from amends.services.operation.privacy.copies import Choice, Gathered, Section
from amends.web import templating
from amends.web.case.labels import entries
from amends.web.labels import label
from amends.web.operation.privacy_labels import COLUMNS, HIDDEN, WORDS
from amends.web.workflow.labels import moves

INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d[.\d]*(?:\+00:00|Z)")
KINDS: dict[str, tuple[type[StrEnum], ...]] = {
    "after": (Stage,),
    "before": (Stage,),
    "channel": (Channel,),
    "customer_status": (CustomerStatus,),
    "kind": (FollowUpKind, PostKind),
    "nature": (Nature,),
    "outcome": (Outcome,),
    "severity": (Severity,),
    "stage": (Stage,),
    "stance": (Stance,),
}
"""Whose words the values of a column are."""
SHORT = 12
"""Characters; a longer value that stood in the row already is not said again."""

Row = tuple[tuple[str, str], ...]


class TableOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One table: its title, why it is kept, and its rows as names and values."""

    title: str
    purpose: str
    rows: tuple[Row, ...]


def page_of_copy(gathered: Gathered, choice: Choice, *, team: str) -> bytes:
    """The page of the copy, in the language at hand: no script, nothing fetched."""
    made = copies.sections(gathered, choice)
    template = templating.environment().get_template("privacy/copy.html")
    return template.render(
        name=author_name(gathered.found.name),
        team=team,
        made_at=gathered.made_at.strftime("%Y-%m-%d %H:%M"),
        left_out=sum(not choice.takes(part) for part in gathered.parts),
        tables=tuple(_tables(made, now=gathered.made_at)),
        figures=sum(len(one.rows) for one in made if one.held.purpose is Purpose.FIGURES),
        files=tuple(copies.files_of(made).values()),
    ).encode()


def _tables(made: Iterable[Section], *, now: datetime) -> Iterable[TableOnPaper]:
    """Figures name nobody and are only counted; what an entry tells stands on its line."""
    bodies = {row["entry"]: row for one in made if one.held.table == "particulars" for row in one.rows}
    for one in made:
        if one.held.purpose is Purpose.FIGURES or one.held.table == "particulars":
            continue
        is_timeline = one.held.table == "entry"
        rows = [
            _entry(row, bodies.get(row["id"], {}), now) if is_timeline else in_words(row) for row in one.rows
        ]
        if kept := tuple(row for row in rows if row):
            purpose = _(PURPOSES[one.held.purpose])
            yield TableOnPaper(title=_(one.held.title), purpose=purpose, rows=kept)


def _entry(row: Mapping[str, Any], told: Mapping[str, Any], now: datetime) -> Row:
    """A line of a timeline: when, what happened, and what was said."""
    body = told.get("body") or {}
    shown = EntryShown(
        position=0,
        kind=EntryKind(row["kind"]),
        at=row["at"],
        actor=str(row.get("actor", "")),
        by=None,
        channel=Channel(row["channel"]) if row.get("channel") else None,
        particulars=body,
        erased=not body and bool(told.get("erased_at")),
    )
    first = ((_("When"), _value("at", row["at"])), (_("What happened"), entries.told(shown, now=now)))
    return first + in_words({name: value for name, value in body.items() if name != "move"})


def in_words(row: Mapping[str, Any]) -> Row:
    """What of a row is for people to read, each with its name; the rest stands in data.json."""
    shown: list[tuple[str, str]] = []
    for name, value in row.items():
        if name in HIDDEN or _is_id(value) or value in (None, "", [], {}):
            continue
        words = _value(name, value)
        if len(words) <= SHORT or words not in {said for _name, said in shown}:
            shown.append((_(COLUMNS[name]) if name in COLUMNS else name.replace("_", " "), words))
    return tuple(shown)


def _is_id(value: object) -> bool:
    text = str(value)
    return len(text) == 36 and text.count("-") == 4


def _value(name: str, value: object) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M UTC")
        case float() if value.is_integer():
            return str(int(value))
        case dict():
            return "\n".join(f"{one}{_(': ')}{words}" for one, words in in_words(value))
        case list():
            return "\n".join(_value(name, one) for one in value)
        case str():
            return _text(name, value)
    return str(value)


def _text(name: str, value: str) -> str:
    if at := INSTANT.fullmatch(value):
        return f"{at[1]} {at[2]} UTC"
    if name == "platform":
        return platforms.label(value)
    if name == "move":
        return moves.told(value)
    for kind in KINDS.get(name, ()):
        if value in set(kind):
            return label(kind(value))
    if name == "field":  # called after its label, of which the copy knows no more
        return value.replace("_", " ")
    return _(WORDS[value]) if name in ("state", "actor", "direction") and value in WORDS else value
