"""Keep on a case what its customer answered to the check-in."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

FILL = """
UPDATE case_file SET check_in_answer = '{answer}'
WHERE stage IN ('second_chance', 'checked_in') AND came_back_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM entry JOIN particulars ON particulars.entry = entry.id
    WHERE entry."case" = case_file.id AND entry.at = case_file.came_back_at AND entry.kind = 'touchpoint'
    AND particulars.body LIKE '%"answer":"{answer}"%')
"""
"""A quotation mark that a customer typed is kept with a backslash: their words never look like this."""


def upgrade() -> None:
    op.add_column("case_file", sa.Column("check_in_answer", sa.String(8)))
    for answer in ("well", "partly", "badly"):
        op.execute(FILL.format(answer=answer))


def downgrade() -> None:
    op.drop_column("case_file", "check_in_answer")
