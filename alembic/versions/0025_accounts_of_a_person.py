"""Index the accounts that were joined alone: most are nobody's but their own, and say nothing of the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_author_person", "author")
    joined = sa.text("person IS NOT NULL")
    op.create_index("ix_author_person", "author", ["person"], sqlite_where=joined, postgresql_where=joined)


def downgrade() -> None:
    op.drop_index("ix_author_person", "author")
    op.create_index("ix_author_person", "author", ["person"])
