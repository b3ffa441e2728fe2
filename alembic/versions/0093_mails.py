"""Mails that came in."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("identity", sa.String(250), nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("automatic", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE")),
        sa.Column("suggested", UUID(), sa.ForeignKey("case_file.id", ondelete="SET NULL")),
        sa.Column("came_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("settled_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("settled_at", TIMESTAMPTZ()),
    )
    for name in ("identity", "sha256", "case", "suggested"):
        op.create_index(f"ix_mail_{name}", "mail", [name])
    _index("open", ["state", "came_at"], "state IN ('new', 'waiting')")
    _index("settled", ["settled_at"], "settled_at IS NOT NULL")
    _index("gone", ["came_at"], "state = 'gone' AND sha256 IS NOT NULL")
    op.create_index("ix_mail_sender", "mail", ["sender", "settled_at"])


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        f"ix_mail_{name}", "mail", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def downgrade() -> None:
    op.drop_table("mail")
