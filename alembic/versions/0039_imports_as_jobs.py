"""Tables are imported line by line by the worker, and their columns are mapped.

Tables that wait to be looked at are kept for a day only; they are sent again.
"""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def of_a_member() -> sa.Column[object]:
    return sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.drop_table("upload")
    op.create_table(
        "upload",
        sa.Column("id", UUID(), primary_key=True),
        of_a_member(),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("header", JSONB(), nullable=False),
        sa.Column("mapping", JSONB()),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("look_by", TIMESTAMPTZ()),
        sa.Column("kept_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("started_at", TIMESTAMPTZ()),
        sa.Column("ended_at", TIMESTAMPTZ()),
        sa.Column("lease_ends", TIMESTAMPTZ()),
    )
    op.create_index("ix_upload_member", "upload", ["member"])
    running = sa.text("state = 'running'")
    op.create_index(
        "ix_upload_running", "upload", ["started_at"], sqlite_where=running, postgresql_where=running
    )
    op.create_table(
        "import_line",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("upload", UUID(), sa.ForeignKey("upload.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("cells", JSONB(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("posted_at", TIMESTAMPTZ()),
        sa.Column("post_key", sa.String(500), nullable=False),
        sa.Column("wrong", JSONB(), nullable=False),
        sa.Column("case_number", sa.Integer()),
        sa.Column("same_as", sa.Integer()),
        sa.UniqueConstraint("upload", "number", name="one_number_each"),
    )
    op.create_index("ix_import_line_state", "import_line", ["upload", "state", "number"])
    op.create_table(
        "column_mapping",
        sa.Column("signature", sa.String(64), primary_key=True),
        sa.Column("mapping", JSONB(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("column_mapping")
    op.drop_table("import_line")
    op.drop_table("upload")
    op.create_table(
        "upload",
        sa.Column("id", UUID(), primary_key=True),
        of_a_member(),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_upload_member", "upload", ["member"])
