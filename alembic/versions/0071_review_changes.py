"""Keep what an action of a review changes, as it read before and after."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import UUID

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident_task", sa.Column("about", UUID()))
    op.add_column("incident_task", sa.Column("before_text", sa.Text()))
    op.add_column("incident_task", sa.Column("after_text", sa.Text()))


def downgrade() -> None:
    for name in ("after_text", "before_text", "about"):
        op.drop_column("incident_task", name)
