"""Rules by condition: location and place to watch as conditions, and a severity that is proposed."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import UUID

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None


CONDITIONS = {"location": "location", "place": "watched_place"}
"""What a new condition names, by its column; a rule of what is removed goes with it."""


def upgrade() -> None:
    with op.batch_alter_table("case_rule") as table:
        for column, named in CONDITIONS.items():
            table.add_column(sa.Column(column, UUID()))
            table.create_foreign_key(f"fk_case_rule_{column}", named, [column], ["id"], ondelete="CASCADE")
        table.add_column(sa.Column("severity", sa.String(2)))


def downgrade() -> None:
    with op.batch_alter_table("case_rule") as table:
        table.drop_column("severity")
        for column in CONDITIONS:
            table.drop_constraint(f"fk_case_rule_{column}", type_="foreignkey")
            table.drop_column(column)
