"""Index each sign of danger, the figures of the week, and what lists are narrowed and put in order by."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

OPEN = "stage <> 'closed'"
BY_DATE = ("due_at", "number", "id")
DANGER = (
    "ix_case_danger",
    "case_file",
    BY_DATE,
    f"{OPEN} AND "
    "(stage = 'escalated' OR severity = 's1' OR check_in_answer = 'badly' OR came_back_at IS NOT NULL)",
)
INDEXES = (
    ("ix_case_urgent", "case_file", BY_DATE, f"{OPEN} AND severity = 's1'"),
    ("ix_case_not_fixed", "case_file", BY_DATE, f"{OPEN} AND check_in_answer = 'badly'"),
    ("ix_case_came_back", "case_file", BY_DATE, f"{OPEN} AND came_back_at IS NOT NULL"),
    ("ix_case_opened", "case_file", ("opened_at", "number"), None),
    ("ix_case_severity_number", "case_file", ("severity", "number"), None),
    ("ix_case_severity_number_open", "case_file", ("severity", "number"), OPEN),
    ("ix_case_outcome", "case_file", ("outcome", "number"), "stage = 'closed'"),
    ("ix_case_lang_number", "case_file", ("lang", "number"), None),
    (
        "ix_follow_up_answered",
        "follow_up",
        ("settled_at", "due_at"),
        "kind = 'acknowledge' AND state = 'done'",
    ),
)


def upgrade() -> None:
    op.drop_index("ix_case_danger", "case_file")
    for one in INDEXES:
        _create(*one)


def downgrade() -> None:
    for name, table, _columns, _condition in INDEXES:
        op.drop_index(name, table)
    _create(*DANGER)


def _create(name: str, table: str, columns: tuple[str, ...], condition: str | None) -> None:
    where = sa.text(condition) if condition else None
    op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)
