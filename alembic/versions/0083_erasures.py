"""Legal holds, and what is left of a person who was erased."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("at", TIMESTAMPTZ(), nullable=False, index=True),
        member("member"),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("rows", JSONB(), nullable=False),
        sa.Column("accounts", JSONB(), nullable=False),
        sa.Column("kept", JSONB(), nullable=False),
        sa.Column("files", JSONB()),
        sa.Column("cleaned_at", TIMESTAMPTZ()),
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), index=True),
        sa.Column("person", UUID(), sa.ForeignKey("person.id", ondelete="CASCADE"), index=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        member("placed_by"),
        sa.Column("placed_at", TIMESTAMPTZ(), nullable=False),
        member("lifted_by"),
        sa.Column("lifted_at", TIMESTAMPTZ()),
        sa.Column("lifted_reason", sa.Text(), nullable=False),
    )
    lifted = sa.text("lifted_at IS NULL")
    op.create_index(
        "ix_legal_hold_review",
        "legal_hold",
        ["review_on"],
        sqlite_where=lifted,
        postgresql_where=lifted,
    )


def member(name: str) -> sa.Column[object]:
    return sa.Column(name, UUID(), sa.ForeignKey("member.id", ondelete="SET NULL"))


def downgrade() -> None:
    op.drop_table("legal_hold")
    op.drop_table("erasure")
