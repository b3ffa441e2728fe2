"""Reach browsers by web push: the key of this installation, and what is known of a subscription."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "push_key",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("public", sa.String(100), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
    )
    with op.batch_alter_table("target") as changed:
        changed.add_column(sa.Column("gone_at", TIMESTAMPTZ()))
        changed.add_column(sa.Column("session", UUID()))
        changed.create_foreign_key(
            op.f("fk_target_session"), "session", ["session"], ["id"], ondelete="SET NULL"
        )
    op.create_index("ix_target_session", "target", ["session"])


def downgrade() -> None:
    """A version before this one cannot reach browsers."""
    op.execute("DELETE FROM target WHERE masked LIKE 'webpush:%'")
    op.drop_index("ix_target_session", "target")
    with op.batch_alter_table("target") as changed:
        changed.drop_constraint(op.f("fk_target_session"), type_="foreignkey")
        changed.drop_column("session")
        changed.drop_column("gone_at")
    op.drop_table("push_key")
