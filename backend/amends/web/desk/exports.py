"""Columns of the CSV file of cases."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from amends.rules.case.fields import COLUMN
from amends.services.case.fields import FieldShown
from amends.services.desk.cases import CaseRow
from amends.web.dates import reader_zone

COLUMNS = (
    "number",
    "title",
    "stage",
    "outcome",
    "severity",
    "platform",
    "language",
    "author",
    "handle",
    "owner",
    "location",
    "opened_at",
    "due_at",
    "snoozed_until",
    "moved_at",
    "came_back_at",
    "public_replies",
)


def columns(fields: Iterable[FieldShown]) -> tuple[str, ...]:
    """Every column, those of the team's own fields last."""
    return (*COLUMNS, *(f"{COLUMN}{one.name}" for one in fields))


def field_cells(values: Mapping[str, str]) -> dict[str, str]:
    """The team's own fields of one case, by their columns."""
    return {f"{COLUMN}{name}": value for name, value in values.items()}


def cells(row: CaseRow) -> dict[str, str]:
    """A case as a line of the file: words of the API, and times in the zone of the reader."""
    own = {
        "language": row.lang,
        "author": row.author_name,
        "handle": row.author_handle,
        "owner": row.owner.name if row.owner else "",
        "location": row.location.name if row.location else "",
    }
    return {name: own[name] if name in own else _text(getattr(row, name)) for name in COLUMNS}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(reader_zone()).isoformat(timespec="minutes")
    return "" if value is None else str(value)
