"""Keep what is to be told of a case at once, and who wants to hear of new cases."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NEWS = sa.text("news IS NOT NULL")
COLUMNS = (("follow_up", "news"), ("member", "new_cases"), ("team", "new_cases"))
AUDIENCES = "audience IN ('owner', 'team', 'lead', 'on_duty')"


def upgrade() -> None:
    """More may be told than rungs, and to others: whom a nudge speaks to is an open list (see 0027)."""
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.String(8)))
    op.create_index("ix_follow_up_news", "follow_up", ["news"], sqlite_where=NEWS, postgresql_where=NEWS)
    rebuild_nudge(lambda changed: changed.drop_constraint(op.f("ck_nudge_audience"), type_="check"))


def downgrade() -> None:
    """News that is on its way is forgotten."""
    op.execute("DELETE FROM nudge WHERE audience NOT IN ('owner', 'team', 'lead', 'on_duty')")
    rebuild_nudge(lambda changed: changed.create_check_constraint(op.f("ck_nudge_audience"), AUDIENCES))
    op.drop_index("ix_follow_up_news", "follow_up")
    for table, column in COLUMNS:
        op.drop_column(table, column)


def rebuild_nudge(change: Callable[[BatchOperations], object]) -> None:
    """SQLite builds the table anew; its indexes are made again in their order (see 0010)."""
    indexes = []
    if op.get_bind().dialect.name == "sqlite":
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
        indexes = op.get_bind().exec_driver_sql(f"{made} ORDER BY rowid", ("nudge",)).all()
    with op.batch_alter_table("nudge") as changed:
        change(changed)
    for name, statement in indexes:
        op.drop_index(name, "nudge")
        op.execute(statement)
