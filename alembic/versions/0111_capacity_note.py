"""What the worker noted last of the hours that are owed in the coming week, for Today.

Every case is counted again: who was reached in private before the date counts as answered on time now.
"""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None

COUNT_AGAIN = "UPDATE case_file SET counted_version = NULL WHERE counted_version IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "capacity_note",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("there", sa.Integer(), nullable=False),
        sa.Column("is_short", sa.Boolean(), nullable=False),
        sa.Column("noted_at", TIMESTAMPTZ(), nullable=False),
    )
    op.execute(COUNT_AGAIN)


def downgrade() -> None:
    op.drop_table("capacity_note")
