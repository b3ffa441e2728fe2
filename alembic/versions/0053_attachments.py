"""Keep the files that members attach to a case, and find the cases that were merged into one."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_case_duplicate_of", "case_file", "duplicate_of", "duplicate_of IS NOT NULL"),
    (
        "ix_attachment_redraw",
        "attachment",
        "kept_at",
        "width IS NOT NULL AND shown_sha256 IS NULL AND damage IS NULL",
    ),
    ("ix_attachment_damage", "attachment", "kept_at", "damage IS NOT NULL"),
    ("ix_attachment_removed", "attachment", "removed_at", "removed_at IS NOT NULL"),
)


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("shown_sha256", sa.String(64)),
        sa.Column("damage", sa.String(16)),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("kept_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("removed_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_attachment_case", "attachment", ["case"])
    for name, table, column, condition in INDEXES:
        where = sa.text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_case_duplicate_of", "case_file")
    op.drop_table("attachment")
