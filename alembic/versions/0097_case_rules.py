"""Rules by condition for cases that come in."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_rule",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("stars", sa.Integer()),
        sa.Column("owner", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("theme", UUID(), sa.ForeignKey("theme.id", ondelete="SET NULL")),
        sa.Column("playbook", UUID(), sa.ForeignKey("playbook.id", ondelete="SET NULL")),
        sa.Column("field", sa.String(30), sa.ForeignKey("case_field.name", ondelete="SET NULL")),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("case_rule")
