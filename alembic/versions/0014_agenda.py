"""Find what is due by its date; let members read it in their own calendars."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

DUE = sa.text("state = 'due'")


def upgrade() -> None:
    where = {"sqlite_where": DUE, "postgresql_where": DUE}
    op.drop_index("ix_follow_up_due", "follow_up")
    op.create_index("ix_follow_up_due", "follow_up", ["due_at", "id"], **where)
    op.create_index("ix_follow_up_owner_due", "follow_up", ["owner", "due_at", "id"], **where)
    op.create_table(
        "calendar_feed",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column(
            "member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False, unique=True
        ),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("with_titles", sa.Boolean(), nullable=False),
        sa.Column("with_unowned", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("read_at", TIMESTAMPTZ()),
    )


def downgrade() -> None:
    op.drop_table("calendar_feed")
    op.drop_index("ix_follow_up_owner_due", "follow_up")
    op.drop_index("ix_follow_up_due", "follow_up")
    op.create_index("ix_follow_up_due", "follow_up", ["due_at"], sqlite_where=DUE, postgresql_where=DUE)
