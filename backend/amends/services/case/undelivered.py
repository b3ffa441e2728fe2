"""Messages by mail that did not arrive, and with which nobody has dealt yet: failed, or come back."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from uuid import UUID

from amends.database import run
from amends.rules.workflow.moves import WRITE_PRIVATELY

OPEN = "{mail}.state IN ('failed', 'returned') AND {mail}.noted_at IS NULL"
"""Whether a row of outgoing_mail is one, in SQL; `mail` is what that table is called."""
ON_CASE = f"""EXISTS (
    SELECT 1 FROM outgoing_mail AS lost WHERE lost."case" = {{case}} AND {OPEN.format(mail="lost")})"""
"""Whether a case has one, in SQL; `case` is where its id comes from."""
DEALT_WITH = f"""
UPDATE outgoing_mail SET noted_at = :now WHERE "case" = :case_id AND {OPEN.format(mail="outgoing_mail")}
"""


async def dealt_with(case_id: UUID, *, now: datetime) -> None:
    """Step: someone has seen it, or wrote to the customer in private since."""
    await run(DEALT_WITH, case_id=case_id, now=now)


async def after(case_id: UUID, move: str, *, now: datetime) -> None:
    """Step: what a move means for them, by its name: who writes in private again has dealt with them."""
    if move in WRITE_PRIVATELY:
        await dealt_with(case_id, now=now)
