"""Keep which lead agreed to a remedy, apart from who wrote down what became of it."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import UUID

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

AGREED = "UPDATE remedy SET agreed_by = decided_by WHERE state = 'offered' AND decided_by IS NOT NULL"


def upgrade() -> None:
    """What was accepted meanwhile has lost the name of its lead; a lead delivers it, or agrees anew."""
    with op.batch_alter_table("remedy") as changed:
        changed.add_column(sa.Column("agreed_by", UUID()))
        changed.create_foreign_key(
            op.f("fk_remedy_agreed_by"), "member", ["agreed_by"], ["id"], ondelete="SET NULL"
        )
    op.execute(AGREED)


def downgrade() -> None:
    with op.batch_alter_table("remedy") as changed:
        changed.drop_constraint(op.f("fk_remedy_agreed_by"), type_="foreignkey")
        changed.drop_column("agreed_by")
