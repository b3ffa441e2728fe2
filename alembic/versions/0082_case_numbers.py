"""Give cases their numbers by a sequence on PostgreSQL: captures wait for each other no more."""

from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

BEGIN = """
SELECT SETVAL('case_number', GREATEST(
    COALESCE((SELECT MAX(number) FROM case_file), 0),
    COALESCE((SELECT MAX(number) FROM removed_case), 0),
    COALESCE((SELECT value FROM counter WHERE name = 'case'), 0)) + 1, false)
"""
GO_BACK = """
INSERT INTO counter (name, value) SELECT 'case', last_value FROM case_number WHERE is_called
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE case_number AS integer")
        op.execute(BEGIN)
        op.execute("DELETE FROM counter WHERE name = 'case'")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(GO_BACK)
        op.execute("DROP SEQUENCE case_number")
