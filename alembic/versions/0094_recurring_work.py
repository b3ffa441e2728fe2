"""Recurring work of the installation, and the part of the files that a verification read."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

KNOWN = (
    ("backup", "00000000-0000-4000-8000-000000000001", "backup_run", "problem", "problem <> ''"),
    (
        "verification",
        "00000000-0000-4000-8000-000000000002",
        "verification_run",
        "CASE WHEN faults > 0 THEN 'altered' ELSE '' END",
        "faults < 0",
    ),
)
"""Of each work: its name, an id, where its runs stand, their problem, and whether they are tried again."""


def upgrade() -> None:
    """What was done last counts, so that nothing is done again at once."""
    op.create_table(
        "recurring_work",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(20), nullable=False, unique=True),
        *(
            sa.Column(name, TIMESTAMPTZ(), nullable=name != "begun_at")
            for name in ("begun_at", "ended_at", "good_at", "asked_at")
        ),
        sa.Column("problem", sa.String(300), nullable=False),
        sa.Column("is_retried", sa.Boolean(), nullable=False),
    )
    for name, row_id, runs, problem, is_retried in KNOWN:
        op.execute(
            f"""INSERT INTO recurring_work (id, name, begun_at, ended_at, good_at, problem, is_retried)
            SELECT '{row_id}', '{name}', started_at, finished_at,
                (SELECT MAX(started_at) FROM {runs} WHERE finished_at IS NOT NULL AND ({problem}) = ''),
                {problem}, {is_retried}
            FROM {runs} WHERE finished_at IS NOT NULL ORDER BY started_at DESC LIMIT 1"""  # noqa: S608 - words of ours
        )
    with op.batch_alter_table("verification_run") as table:
        table.add_column(sa.Column("part", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_table("recurring_work")
    with op.batch_alter_table("verification_run") as table:
        table.drop_column("part")
