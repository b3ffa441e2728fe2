"""Keep what happens to accounts and to the installation, in a log that is only added to.

A database refuses to change or to delete an event, but for two things: the worker gives each its place in the
chain, once; and a pruning, itself an event, lets go what stands before the position that it names.
"""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

FIXED = ("id", "at", "kind", "actor", "about", "network", "body", "until")
REFUSED = {
    "audit_event_changed": (
        "UPDATE",
        "OLD.position IS NOT NULL OR NEW.position IS NULL OR NEW.previous IS NULL OR NEW.hash IS NULL OR "
        + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED),
    ),
    "audit_event_deleted": (
        "DELETE",
        "OLD.position IS NULL OR NOT EXISTS (SELECT 1 FROM audit_event AS pruning "
        "WHERE pruning.kind = 'log_pruned' AND pruning.until >= OLD.position)",
    ),
}
WORDS = "the audit log is only added to"


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(36), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("network", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("position", sa.BigInteger(), unique=True),
        sa.Column("previous", sa.String(64)),
        sa.Column("hash", sa.String(64)),
    )
    op.create_index("ix_audit_event_at", "audit_event", ["at", "id"])
    op.create_index("ix_audit_event_actor", "audit_event", ["actor", "at", "id"])
    op.create_index("ix_audit_event_kind", "audit_event", ["kind", "at", "id"])
    unchained = sa.text("position IS NULL")
    op.create_index(
        "ix_audit_event_unchained",
        "audit_event",
        ["at"],
        sqlite_where=unchained,
        postgresql_where=unchained,
    )
    with op.batch_alter_table("team") as table:
        table.add_column(sa.Column("audit_months", sa.Integer(), nullable=False, server_default="12"))
        table.add_column(
            sa.Column("readers_see_log", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("team") as table:
        table.alter_column("audit_months", server_default=None)
        table.alter_column("readers_see_log", server_default=None)
    _refuse()


def _refuse() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (event, condition) in REFUSED.items():
        if on_sqlite:
            condition = condition.replace("IS DISTINCT FROM", "IS NOT")
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON audit_event WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
        else:
            op.execute(
                f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; "
                f"END IF; RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON audit_event "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_{name}()"
            )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in REFUSED:
        op.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else " ON audit_event"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION refuse_{name}()")
    op.drop_table("audit_event")
    with op.batch_alter_table("team") as table:
        table.drop_column("audit_months")
        table.drop_column("readers_see_log")
