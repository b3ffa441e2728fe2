"""Index what is due by date and number, the order of cases that are due at one moment."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

OPEN = "stage <> 'closed'"
DANGER = (
    f"{OPEN} AND "
    "(stage = 'escalated' OR severity = 's1' OR check_in_answer = 'badly' OR came_back_at IS NOT NULL)"
)
ASLEEP_AND_WHOSE = ("snoozed_until", "owner")
INDEXES = (
    ("ix_case_stage_due", ("stage", "due_at"), ASLEEP_AND_WHOSE, None),
    ("ix_case_danger", ("due_at",), (), DANGER),
    ("ix_case_due_open", ("due_at",), ASLEEP_AND_WHOSE, OPEN),
)


def upgrade() -> None:
    _index_anew("number", "id")


def downgrade() -> None:
    _index_anew("id")


def _index_anew(*ties: str) -> None:
    for name, begin, rest, condition in INDEXES:
        where = sa.text(condition) if condition else None
        op.drop_index(name, "case_file")
        op.create_index(name, "case_file", [*begin, *ties, *rest], sqlite_where=where, postgresql_where=where)
