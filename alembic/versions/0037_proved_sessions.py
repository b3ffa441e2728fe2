"""Keep when the member of a session last typed their password."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("proved_at", TIMESTAMPTZ()))


def downgrade() -> None:
    op.drop_column("session", "proved_at")
