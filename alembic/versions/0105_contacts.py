"""One list of contacts: departments that steps need, and those to whom a threat is brought."""
# ruff: noqa: S608  (the statements are ours alone)

import sqlalchemy as sa
from alembic import op

from amends.database.schema import UUID

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None

STEPS = ("playbook_step", "checklist_step")
ROLE_AND_WAYS = (("role", 12), ("phone", 40), ("email", 254))


def upgrade() -> None:
    """The way to reach one with a role repeated its number and address: it is for anything else now."""
    _move("department", "contact", "CASE WHEN role IS NULL THEN reach ELSE '' END")


def downgrade() -> None:
    """Number, address and what else is known stand in one text again."""
    parts = (f"CASE WHEN COALESCE({name}, '') = '' THEN '' ELSE ' · ' || {name} END" for name in WAYS)
    _move("contact", "department", f"SUBSTR({' || '.join(parts)}, 4, 300)")


WAYS = ("phone", "email", "reach")


def _move(old: str, new: str, reach: str) -> None:
    """The rows into a table of the new name, and the steps that name them."""
    op.create_table(
        new,
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key", sa.String(240), nullable=False, unique=True),
        sa.Column("reach", sa.String(300), nullable=False),
        sa.Column("hours", sa.String(120), nullable=False),
        *(sa.Column(name, sa.String(length)) for name, length in ROLE_AND_WAYS),
    )
    op.execute(
        f'INSERT INTO {new} (id, name, "key", reach, hours, role, phone, email) '
        f'SELECT id, name, "key", {reach}, hours, role, phone, email FROM {old}'
    )
    for table in STEPS:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_{old}", type_="foreignkey")
            batch.alter_column(old, new_column_name=new, existing_type=UUID(), existing_nullable=True)
        with op.batch_alter_table(table) as batch:
            batch.create_foreign_key(f"fk_{table}_{new}", new, [new], ["id"], ondelete="SET NULL")
    op.drop_table(old)
