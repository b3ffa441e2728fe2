"""Second factors of members and their recovery codes, and whether leads and admins need one."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_factor",
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("confirmed_at", TIMESTAMPTZ()),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("begins", sa.String(4), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ()),
        sa.UniqueConstraint("member", "begins", name="one_beginning_each"),
    )
    with op.batch_alter_table("team") as changed:
        changed.add_column(
            sa.Column("second_factor", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("team") as changed:
        changed.alter_column("second_factor", server_default=None)


def downgrade() -> None:
    op.drop_column("team", "second_factor")
    op.drop_table("recovery_code")
    op.drop_table("second_factor")
