"""Logo of the team, drawn anew, in base64."""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("team", sa.Column("logo", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("team") as table:
        table.drop_column("logo")
