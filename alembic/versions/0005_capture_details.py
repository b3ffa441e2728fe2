"""Tell what became of a post, what was hidden in a picture, and what marks a post in a browser."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ENTRY_KINDS_BEFORE = (
    "captured seen_again evidence_kept moved undone reopened assigned severity_set noted touchpoint "
    "snoozed woken promised promise_settled follow_up_completed follow_up_rescheduled nudged"
)
ENTRY_KINDS = ENTRY_KINDS_BEFORE.replace("seen_again", "seen_again look_asked looked_again")
SCOPES_BEFORE = '["capture:write", "cases:read"]'
SCOPES = '["capture:write", "cases:read", "cases:reply"]'
FIRST_EXTERNAL_ID = """
UPDATE post SET external_id = (
    SELECT capture.external_id FROM capture WHERE capture.post = post.id ORDER BY capture.received_at LIMIT 1
)
"""


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def allow_entries(kinds: str) -> None:
    """Lets an entry be of these kinds; SQLite builds the table anew for it."""
    with op.batch_alter_table("entry") as entry:
        entry.drop_constraint(op.f("ck_entry_kind"), type_="check")
        entry.create_check_constraint("kind", one_of("kind", kinds))


def let_browsers(scopes: str) -> None:
    """What every paired browser may do; nobody has ever been given anything else."""
    kept = ":scopes" if op.get_bind().dialect.name == "sqlite" else "CAST(:scopes AS jsonb)"
    op.execute(sa.text(f"UPDATE browser SET scopes = {kept}").bindparams(scopes=scopes))  # noqa: S608


def upgrade() -> None:
    op.add_column("post", sa.Column("external_id", sa.String(200)))
    op.add_column("post", sa.Column("shares_address", sa.Boolean()))
    op.execute(FIRST_EXTERNAL_ID)
    op.add_column("capture", sa.Column("changes", JSONB()))
    op.add_column("evidence", sa.Column("redacted", sa.String(16)))
    op.add_column("case_file", sa.Column("look_asked_at", TIMESTAMPTZ()))
    op.add_column("case_file", sa.Column("looked_at", TIMESTAMPTZ()))
    closed = sa.text("stage = 'closed'")
    op.create_index(
        "ix_case_closed", "case_file", ["closed_at"], sqlite_where=closed, postgresql_where=closed
    )
    op.create_index("ix_capture_received", "capture", ["received_at"])
    allow_entries(ENTRY_KINDS)
    let_browsers(SCOPES)


def downgrade() -> None:
    let_browsers(SCOPES_BEFORE)
    looks = "kind IN ('look_asked', 'looked_again')"
    op.execute(f"DELETE FROM particulars WHERE entry IN (SELECT id FROM entry WHERE {looks})")  # noqa: S608
    op.execute(f"DELETE FROM entry WHERE {looks}")  # noqa: S608
    allow_entries(ENTRY_KINDS_BEFORE)
    op.drop_index("ix_capture_received", "capture")
    op.drop_index("ix_case_closed", "case_file")
    for table, column in (
        ("case_file", "looked_at"),
        ("case_file", "look_asked_at"),
        ("evidence", "redacted"),
        ("capture", "changes"),
        ("post", "shares_address"),
        ("post", "external_id"),
    ):
        op.drop_column(table, column)
