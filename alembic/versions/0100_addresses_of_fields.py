"""Where the value of a field opens in another tool."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_field", sa.Column("opens", sa.String(500), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("case_field", "opens")
