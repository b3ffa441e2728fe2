"""Columns of the CSV file of cases."""

from datetime import datetime

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
    "opened_at",
    "due_at",
    "snoozed_until",
    "moved_at",
    "came_back_at",
    "public_replies",
)


def cells(row: CaseRow) -> dict[str, str]:
    """A case as a line of the file: words of the API, and times in the zone of the reader."""
    own = {
        "language": row.lang,
        "author": row.author_name,
        "handle": row.author_handle,
        "owner": row.owner.name if row.owner else "",
    }
    return {name: own[name] if name in own else _text(getattr(row, name)) for name in COLUMNS}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(reader_zone()).isoformat(timespec="minutes")
    return "" if value is None else str(value)
