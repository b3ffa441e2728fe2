"""CSV of people: every account with whom it belongs to and what is known of them."""

from datetime import UTC, datetime

from amends.database import run
from amends.rules.capture import sheets

COLUMNS = (
    "person",
    "name",
    "platform",
    "handle",
    "url",
    "customer_status",
    "contact",
    "notes",
    "cases",
    "account_since",
    "first_seen_at",
    "last_seen_at",
)
ACCOUNTS = """
SELECT COALESCE(p.id, a.id) AS person, COALESCE(NULLIF(p.name, ''), a.name) AS name, a.platform, a.handle,
    a.url, a.customer_status, COALESCE(p.contact, '') AS contact, COALESCE(p.notes, '') AS notes,
    (SELECT COUNT(*) FROM case_file AS c WHERE c.author = a.id) AS cases,
    a.account_since, a.first_seen_at, a.last_seen_at
FROM author AS a LEFT JOIN person AS p ON p.id = a.person ORDER BY name, a.platform, a.handle, a.id
"""


async def table() -> bytes:
    """One line for each account; those of one person bear the same `person`. Formulas are disarmed."""
    rows = await run(ACCOUNTS)
    return sheets.write(COLUMNS, ({name: _text(row[name]) for name in COLUMNS} for row in rows))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes")
    return "" if value is None else str(value)
