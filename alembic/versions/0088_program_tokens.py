"""Tokens that members make for their programs, apart from paired browsers."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("browser") as table:
        table.add_column(sa.Column("is_program", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("browser") as table:
        table.alter_column("is_program", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("browser") as table:
        table.drop_column("is_program")
