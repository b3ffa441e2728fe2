"""Since when a public account exists, as its site says."""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("author", sa.Column("account_since", sa.String(32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("author") as table:
        table.drop_column("account_since")
