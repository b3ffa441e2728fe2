"""Private messages that are stopped before a mail server has them, alone or with their move."""

from datetime import datetime
from uuid import UUID

from amends.database import run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.services.workflow.undo_snapshots import UndoGone

TAKEN_BACK = """
UPDATE outgoing_mail SET state = 'withdrawn', settled_at = :now
WHERE undo = :undo_id AND state = 'ready' RETURNING id
"""
OF_MOVE = "SELECT id FROM outgoing_mail WHERE undo = :undo_id AND state <> 'withdrawn'"
STOPPED = """
UPDATE outgoing_mail SET state = 'withdrawn', settled_at = :now
WHERE id = :mail AND "case" = :case_id AND state = 'ready' RETURNING id
"""


class MailIsUnderway(Conflict):
    "This message can no longer be stopped."


async def take_back(undo_id: UUID, *, now: datetime) -> None:
    """Step: the mail of a move that is undone is not sent. Raises UndoGone once a server may have it."""
    if await run(TAKEN_BACK, undo_id=undo_id, now=now):
        return
    if await run(OF_MOVE, undo_id=undo_id):
        raise UndoGone(_("This can no longer be undone: the message has been handed to the mail server."))


async def stop(mail: UUID, case_id: UUID, *, now: datetime) -> None:
    """Step: a mail that waits is not sent. Raises MailIsUnderway."""
    if not await run(STOPPED, mail=mail, case_id=case_id, now=now):
        raise MailIsUnderway(_("This message has been handed to the mail server already."))
