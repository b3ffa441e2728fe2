"""The human behind several accounts, and what members decided about accounts that may be one human."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )
    with op.batch_alter_table("author") as author:
        author.add_column(sa.Column("person", UUID()))
        author.create_foreign_key(op.f("fk_author_person"), "person", ["person"], ["id"], ondelete="SET NULL")
    op.create_index("ix_author_person", "author", ["person"])
    op.create_index("ix_author_first_seen", "author", ["first_seen_at"])
    op.create_index("ix_author_last_seen", "author", ["last_seen_at", "id"])
    op.create_table(
        "author_pair",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("one", UUID(), sa.ForeignKey("author.id", ondelete="CASCADE"), nullable=False),
        sa.Column("other", UUID(), sa.ForeignKey("author.id", ondelete="CASCADE"), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("reasons", JSONB(), nullable=False),
        sa.Column("before", JSONB()),
        sa.Column("decided_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("decided_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint("verdict IN ('same', 'different')", name="verdict"),
        sa.UniqueConstraint("one", "other", name="once"),
    )
    op.create_index("ix_author_pair_other", "author_pair", ["other"])


def downgrade() -> None:
    op.drop_table("author_pair")
    op.drop_index("ix_author_last_seen", "author")
    op.drop_index("ix_author_first_seen", "author")
    op.drop_index("ix_author_person", "author")
    with op.batch_alter_table("author") as author:
        author.drop_constraint(op.f("fk_author_person"), type_="foreignkey")
        author.drop_column("person")
    op.drop_table("person")
