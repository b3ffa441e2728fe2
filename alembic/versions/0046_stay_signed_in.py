"""Let members stay signed in for thirty days on a device of their own, where their team allows it."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

ADDED = {"team": "stay_signed_in", "session": "kept"}


def upgrade() -> None:
    for table, column in ADDED.items():
        with op.batch_alter_table(table) as changed:
            changed.add_column(sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
        with op.batch_alter_table(table) as changed:
            changed.alter_column(column, server_default=None)


def downgrade() -> None:
    for table, column in ADDED.items():
        op.drop_column(table, column)
