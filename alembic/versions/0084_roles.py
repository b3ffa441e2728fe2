"""Let a member be a reader, who changes nothing, or an approver, who may approve drafts."""

from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

BEFORE = "role IN ('agent', 'lead', 'admin')"
AFTER = "role IN ('reader', 'agent', 'approver', 'lead', 'admin')"


def upgrade() -> None:
    _allow(AFTER)


def _allow(condition: str) -> None:
    with op.batch_alter_table("member") as member:
        member.drop_constraint("role", type_="check")
        member.create_check_constraint("role", condition)


def downgrade() -> None:
    op.execute("UPDATE member SET role = 'agent' WHERE role IN ('reader', 'approver')")
    _allow(BEFORE)
