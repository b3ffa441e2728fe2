"""Make mentions and remedy requests kinds of follow-ups; index the kinds that a snooze does not silence."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

REQUESTS = {"mentioned": "mention", "remedy_asked": "remedy_request"}
"""The new kinds by the step that such a reminder began with."""
FIRST_STEP = {"sqlite": "json_extract(steps, '$[0].step')", "postgresql": "steps -> 0 ->> 'step'"}
ONE_EACH_BEFORE = "state = 'due' AND kind <> 'promise' AND kind <> 'reminder'"
ONE_EACH = "state = 'due' AND kind NOT IN ('promise', 'reminder', 'mention', 'remedy_request')"
AWAKE = "state = 'due' AND kind IN ('approval', 'promise', 'reminder', 'mention', 'remedy_request')"


def where(condition: str) -> dict[str, sa.TextClause]:
    """The part of the rows that an index covers, for both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def live_once(condition: str) -> None:
    """One live follow-up of a kind per case, but for the kinds of which there may be several."""
    op.drop_index("uq_follow_up_live", "follow_up")
    op.create_index("uq_follow_up_live", "follow_up", ["case", "kind"], unique=True, **where(condition))


def upgrade() -> None:
    live_once(ONE_EACH)
    first_step = FIRST_STEP[op.get_bind().dialect.name]
    for step, kind in REQUESTS.items():
        asked = f"kind = 'reminder' AND {first_step} = '{step}'"
        op.execute(f"UPDATE follow_up SET kind = '{kind}' WHERE {asked}")  # noqa: S608 - words of ours
    op.create_index("ix_follow_up_awake", "follow_up", ["kind", "due_at", "case"], **where(AWAKE))


def downgrade() -> None:
    op.drop_index("ix_follow_up_awake", "follow_up")
    op.execute("UPDATE follow_up SET kind = 'reminder' WHERE kind IN ('mention', 'remedy_request')")
    op.execute("DELETE FROM dismissal WHERE kind IN ('mention', 'remedy_request')")
    live_once(ONE_EACH_BEFORE)
