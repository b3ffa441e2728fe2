"""Messages that came back: told on their case with the reason; never an answer of the customer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from amends.database import run
from amends.rules.capture.mail_returns import ReturnedMail
from amends.rules.vocabulary import EntryKind
from amends.services.case import attachments, timeline
from amends.services.case.access import take
from amends.services.case.offered_files import Attached
from amends.services.workflow.mails.placing import Files

ADDED = """
UPDATE mail SET state = 'added', reason = 'returned', "case" = :case_id, suggested = NULL, settled_at = :now
WHERE id = :mail AND state = 'new' RETURNING id
"""
RETURNED = """
UPDATE outgoing_mail SET state = 'returned', settled_at = :now, noted_at = NULL, holder = ''
WHERE identity = :identity AND state NOT IN ('returned', 'withdrawn') RETURNING id
"""


async def add(mail_id: UUID, returned: ReturnedMail, number: int, found: Files, *, now: datetime) -> None:
    """Step: the message did not arrive; what says so is kept on its case as a file. Raises CaseUnknown.

    A second notification of the same message is kept with the case, and says nothing new.
    """
    case = await take(number, by=None)
    if not await run(ADDED, mail=mail_id, case_id=case.id, now=now):
        return
    message = await run(RETURNED, identity=returned.identity, now=now)
    if not message:
        return
    fitting, _full = await attachments.fitting(case.id, found.files[:1])
    files = await attachments.attach_for(None, case.id, Attached(tuple(fitting)), now=now)
    told: dict[str, Any] = {"mail": str(message[0]["id"]), "state": "returned", "files": files or None}
    told |= {"code": returned.status, "said": returned.said}
    await timeline.record(case.id, EntryKind.MAIL_SETTLED, now=now, **told)
