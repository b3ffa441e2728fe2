"""Erasures of a case alone, whose time was over."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import UUID

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("erasure", sa.Column("of_case", UUID()))


def downgrade() -> None:
    op.drop_column("erasure", "of_case")
