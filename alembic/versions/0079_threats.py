"""Threats, whom they are brought to, and links to dossiers."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

CONTACT = (("role", 12), ("phone", 40), ("email", 254))


def upgrade() -> None:
    for name, length in CONTACT:
        op.add_column("department", sa.Column(name, sa.String(length)))
    op.create_table(
        "threat",
        sa.Column("id", UUID(), primary_key=True),
        _case(),
        sa.Column("stage_before", sa.String(20), nullable=False),
        sa.Column("severity_before", sa.String(2)),
        sa.Column("nature_before", sa.String(20)),
        sa.Column("checklist", UUID(), sa.ForeignKey("checklist.id", ondelete="SET NULL")),
        _member("flagged_by"),
        sa.Column("flagged_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        _member("lifted_by"),
        sa.Column("lifted_at", TIMESTAMPTZ()),
        sa.Column("lifted_reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", TIMESTAMPTZ()),
    )
    live = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "uq_threat_live", "threat", ["case"], unique=True, sqlite_where=live, postgresql_where=live
    )
    op.create_table(
        "dossier_link",
        sa.Column("id", UUID(), primary_key=True),
        _case(),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("manifest", sa.String(64), nullable=False),
        _member("made_by"),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("ended_at", TIMESTAMPTZ()),
        sa.Column("erased_at", TIMESTAMPTZ()),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("opened_at", TIMESTAMPTZ()),
    )
    kept = sa.text("erased_at IS NULL")
    op.create_index(
        "ix_dossier_link_kept", "dossier_link", ["expires_at"], sqlite_where=kept, postgresql_where=kept
    )


def _case() -> sa.Column:
    return sa.Column(
        "case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False, index=True
    )


def _member(name: str) -> sa.Column:
    return sa.Column(name, UUID(), sa.ForeignKey("member.id", ondelete="SET NULL"))


def downgrade() -> None:
    op.drop_table("dossier_link")
    op.drop_table("threat")
    for name, _length in reversed(CONTACT):
        op.drop_column("department", name)
