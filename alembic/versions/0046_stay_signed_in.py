"""Let members stay signed in for thirty days on a device of their own, where their team allows it."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    no = sa.text("false")
    op.add_column("team", sa.Column("stay_signed_in", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("session", sa.Column("kept", sa.Boolean(), nullable=False, server_default=no))


def downgrade() -> None:
    op.drop_column("session", "kept")
    op.drop_column("team", "stay_signed_in")
