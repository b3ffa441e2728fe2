"""Of which location a report by mail is; of all cases where it names none."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report_reader") as table:
        table.add_column(sa.Column("location", sa.String(36), nullable=False, server_default=""))
        table.drop_constraint("once_a_rhythm", type_="unique")
        table.create_unique_constraint("once_a_rhythm", ["address", "rhythm", "location"])
    with op.batch_alter_table("report_reader") as table:
        table.alter_column("location", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM report_reader WHERE location <> ''")
    with op.batch_alter_table("report_reader") as table:
        table.drop_constraint("once_a_rhythm", type_="unique")
        table.drop_column("location")
        table.create_unique_constraint("once_a_rhythm", ["address", "rhythm"])
