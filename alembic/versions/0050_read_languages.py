"""Keep the languages that each member reads."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("member") as changed:
        changed.add_column(sa.Column("reads", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("member") as changed:
        changed.alter_column("reads", server_default=None)


def downgrade() -> None:
    op.drop_column("member", "reads")
