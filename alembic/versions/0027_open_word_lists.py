"""Word lists that grow lose their CHECK, and the name of a platform may have 32 characters.

SQLite builds each table anew for this; a later word needs no migration.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FOLLOW_UP_KINDS = (
    "triage acknowledge approval contact next_step resolve_by promise wait_ping wait_close confirm_fix "
    "second_chance check_in_answer escalation_review watch_review watch_close reminder"
)
PLATFORMS = (
    "x reddit bluesky mastodon threads facebook instagram linkedin tiktok youtube trustpilot google "
    "tripadvisor amazon yelp play appstore hackernews stackexchange discourse lemmy web"
)
ENTRY_KINDS = (
    "captured seen_again look_asked looked_again evidence_kept moved undone reopened assigned severity_set "
    "linked themed noted touchpoint contact_asked snoozed woken remedy promised promise_settled "
    "follow_up_completed follow_up_rescheduled nudged"
)
BEFORE = {
    "author": {"platform": PLATFORMS},
    "batch": {"deed": "assign severity theme snooze not_ours let_go"},
    "capture": {"platform": PLATFORMS, "kind": "post comment review page"},
    "case_file": {"platform": PLATFORMS, "due_kind": FOLLOW_UP_KINDS},
    "case_link": {"relation": "same_problem same_incident related"},
    "customer_link": {"purpose": "hand_off check_in"},
    "dismissal": {"kind": FOLLOW_UP_KINDS},
    "entry": {"kind": ENTRY_KINDS, "channel": "public_reply direct_message email phone in_person"},
    "follow_up": {"kind": FOLLOW_UP_KINDS},
    "nudge": {"kind": "rung digest trial"},
    "remedy": {"kind": "refund replacement repair voucher apology other"},
}
"""Each table, its columns of open words, and the words that were allowed."""
SHORT, LONG = sa.String(16), sa.String(32)


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


@contextmanager
def rebuilt(table: str) -> Iterator[BatchOperations]:
    """A table whose constraints change, with its indexes in the order in which they were made.

    SQLite builds it anew, and takes the later one of two indexes that serve alike (see 0010).
    """
    indexes = []
    if op.get_bind().dialect.name == "sqlite":
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
        indexes = op.get_bind().exec_driver_sql(f"{made} ORDER BY rowid", (table,)).all()
    with op.batch_alter_table(table) as changed:
        yield changed
    for name, statement in indexes:
        op.drop_index(name, table)
        op.execute(statement)


def upgrade() -> None:
    for table, columns in BEFORE.items():
        with rebuilt(table) as changed:
            for column in columns:
                changed.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
            if "platform" in columns:
                changed.alter_column("platform", existing_type=SHORT, type_=LONG, existing_nullable=False)


def downgrade() -> None:
    """Platforms come from outside and become `web`; any other new word is refused, and nothing is changed."""
    for table, columns in BEFORE.items():
        if "platform" in columns:
            op.execute(f"UPDATE {table} SET platform = 'web' WHERE NOT {one_of('platform', PLATFORMS)}")  # noqa: S608
        with rebuilt(table) as changed:
            for column, words in columns.items():
                changed.create_check_constraint(column, one_of(column, words))
            if "platform" in columns:
                changed.alter_column("platform", existing_type=LONG, type_=SHORT, existing_nullable=False)
