"""What a timeline says is only added to: a database refuses to change or to delete it.

There are two ways left, each recorded in its place: particulars may be erased, and what is written of a case
goes with the case.
"""

from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

ENTRY = ("id", '"case"', "position", "kind", "at", "actor", "channel", "commitment", "previous", "hash")
"""All but the member, whose name goes with them: who it was, `actor` says."""
REFUSED = {
    "entry_changed": (
        "UPDATE",
        "entry",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in ENTRY)
        + " OR (NEW.member IS NOT NULL AND NEW.member IS DISTINCT FROM OLD.member)",
    ),
    "entry_deleted": ("DELETE", "entry", 'EXISTS (SELECT 1 FROM case_file WHERE id = OLD."case")'),
    "particulars_changed": (
        "UPDATE",
        "particulars",
        "NEW.entry <> OLD.entry OR OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL "
        "OR NEW.salt IS NOT NULL OR NEW.body IS NOT NULL",
    ),
    "particulars_deleted": ("DELETE", "particulars", "EXISTS (SELECT 1 FROM entry WHERE id = OLD.entry)"),
}
WORDS = "a timeline is only added to"


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (event, table, condition) in REFUSED.items():
        if on_sqlite:
            condition = condition.replace("IS DISTINCT FROM", "IS NOT")
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
        else:
            op.execute(
                f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; "
                f"END IF; RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_{name}()"
            )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (_event, table, _condition) in REFUSED.items():
        op.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION refuse_{name}()")
