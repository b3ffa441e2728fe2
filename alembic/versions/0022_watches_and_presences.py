"""Who keeps an eye on a case, and who writes on it right now."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def of_both() -> list[sa.Column[object]]:
    """A case and a member, once together."""
    return [
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "watch",
        *of_both(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", TIMESTAMPTZ(), nullable=False),
        sa.UniqueConstraint("case", "member", name="one_watch_each"),
    )
    op.create_index("ix_watch_member", "watch", ["member"])
    op.create_table(
        "presence",
        *of_both(),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.UniqueConstraint("case", "member", name="one_presence_each"),
    )
    op.create_index("ix_presence_member", "presence", ["member"])


def downgrade() -> None:
    op.drop_table("presence")
    op.drop_table("watch")
