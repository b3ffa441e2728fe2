"""Index the cases of a platform: the filter finds a rare one's, and offers the platforms that there are."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_platform_number", "case_file", ["platform", "number"])


def downgrade() -> None:
    op.drop_index("ix_case_platform_number", "case_file")
