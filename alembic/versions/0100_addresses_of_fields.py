"""Where the value of a field opens in another tool."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_field") as table:
        table.add_column(sa.Column("opens", sa.String(500), nullable=False, server_default=""))
    with op.batch_alter_table("case_field") as table:
        table.alter_column("opens", server_default=None)


def downgrade() -> None:
    op.drop_column("case_field", "opens")
