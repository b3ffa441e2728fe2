"""Keep of a captured post whether its words are a translation, and into which language."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("capture", sa.Column("translated_to", sa.String(35)))


def downgrade() -> None:
    op.drop_column("capture", "translated_to")
