"""Keep anchors of all timelines, in a chain that is only added to."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

TABLES = ("anchor", "anchored_head")
EVENTS = {"changed": "UPDATE", "deleted": "DELETE"}
WORDS = "anchors are only added to"


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "anchored_head",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("case_number", "anchor", name="once_an_anchor"),
    )
    for table in TABLES:
        for name, event in EVENTS.items():
            _refuse(f"{table}_{name}", event, table)


def _refuse(name: str, event: str, table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()"
    )


def downgrade() -> None:
    op.drop_table("anchored_head")
    op.drop_table("anchor")
    if op.get_bind().dialect.name != "sqlite":
        for table in TABLES:
            for name in EVENTS:
                op.execute(f"DROP FUNCTION refuse_{table}_{name}()")
