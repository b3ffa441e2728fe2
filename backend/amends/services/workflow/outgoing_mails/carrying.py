"""Handing over of private messages by the worker: leased, the same bytes each time, settled once."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends.database import columns_of, convert, run, transaction
from amends.gateways.evidence_files import (
    EvidenceFiles,
    EvidenceIsAltered,
    EvidenceIsMissing,
    EvidenceStoreIsAway,
)
from amends.gateways.mail_sender import MOST_SECONDS, Handed, MailSender
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.rules.case.texts import clean
from amends.rules.nudge import nudges
from amends.rules.vocabulary import EntryKind
from amends.rules.workflow import outgoing_mails as rules
from amends.rules.workflow.outgoing_mails import Letter, SentFile
from amends.services.case import attachments, timeline
from amends.services.case.attachments import FileUnknown
from amends.services.workflow.outgoing_mails import account
from amends.services.workflow.outgoing_mails.account import MailAccount

LEASE = timedelta(seconds=MOST_SECONDS + 150)
"""Longer than any mail can take, and than two of them wait for each other."""
LONGEST_ANSWER = 300
READY = "state IN ('ready', 'sending') AND run_at <= :now"
WORDS = """
SELECT p.body FROM entry AS e JOIN particulars AS p ON p.entry = e.id
WHERE e."case" = :case_id AND e.position = :position AND p.erased_at IS NULL
"""
SETTLED = """
UPDATE outgoing_mail SET state = :state, run_at = :run_at, settled_at = :settled_at, failure = :failure,
holder = '' WHERE id = :mail AND holder = :holder AND state = 'sending' RETURNING id
"""


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is ours to send."""

    id: UUID
    case: UUID
    position: int
    identity: str
    answers: str
    attempts: int
    made_at: datetime


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What its entry says of it."""

    text: str = ""
    to: str = ""
    subject: str = ""
    signature: str = ""
    sent_files: list[dict[str, object]] = []


CLAIM = f"""
UPDATE outgoing_mail SET state = 'sending', holder = :holder, run_at = :leased, attempts = attempts + 1
WHERE id = (SELECT id FROM outgoing_mail WHERE {READY} ORDER BY run_at, id LIMIT 1) AND {READY}
RETURNING {columns_of(Claimed, table="outgoing_mail")}
"""


async def send_next(sender: MailSender, secrets: Secrets, files: EvidenceFiles, *, now: datetime) -> bool:
    """Sends the message that waits longest, if there is one: whether there was one, and more may follow.

    At least once: whoever dies between the server's yes and our mark leaves a message that is sent again,
    with the same bytes and the same Message-ID.
    """
    holder = uuid4().hex
    rows = await run(CLAIM, now=now, leased=now + LEASE, holder=holder)
    if not rows:
        return False
    mail = convert(rows[0], Claimed)
    by = await account.find()
    handed = await _hand_over(mail, by, sender, secrets, files)
    async with transaction():
        await _settle(mail, handed, holder, now=now)
        if by is not None:
            failure = "" if handed.outcome == "accepted" else handed.outcome
            await account.note(by.id, failure, now=now)
    return True


async def _hand_over(
    mail: Claimed, by: MailAccount | None, sender: MailSender, secrets: Secrets, files: EvidenceFiles
) -> Handed:
    found = await run(WORDS, case_id=mail.case, position=mail.position)
    if not found:
        return Handed(outcome="erased")
    if by is None:
        return Handed(outcome="account")
    words = msgspec.json.decode(found[0]["body"], type=Words)
    try:
        sent = [await _file(one, files) for one in words.sent_files]
        server = account.server_of(by, secrets)
    except (FileUnknown, EvidenceIsMissing, EvidenceIsAltered):
        return Handed(outcome="file")
    except EvidenceStoreIsAway:
        return Handed(outcome="storage")
    except SecretUnreadable:
        return Handed(outcome="sealed")
    letter = Letter(
        identity=mail.identity,
        sender=by.sender,
        name=by.name,
        reply_to=by.reply_to,
        to=words.to,
        subject=words.subject,
        text=rules.signed(words.text, words.signature),
        written_at=mail.made_at,
        answers=mail.answers.split(),
        mark=secrets.marks()[0],
        files=sent,
    )
    return await sender.send(server, sender=by.sender, to=words.to, content=rules.as_bytes(letter))


async def _file(told: dict[str, object], files: EvidenceFiles) -> SentFile:
    name, content = await attachments.original(UUID(str(told["id"])), by=None, store=files)
    return SentFile(name, str(told["media_type"]), content)


async def _settle(mail: Claimed, handed: Handed, holder: str, *, now: datetime) -> None:
    """Step: how it stands now; only whoever holds it says so. What ends it is told on the case."""
    state, run_at = _end(mail, handed.outcome, now)
    failure = "" if state == "sent" else handed.outcome
    values: dict[str, Any] = {
        "state": state,
        "run_at": run_at,
        "failure": failure,
        "holder": holder,
        "mail": mail.id,
    }
    if not await timeline.hold(mail.case):
        return
    settled_at = None if state == "ready" else now
    if not await run(SETTLED, **values, settled_at=settled_at) or state in ("ready", "withdrawn"):
        return
    said = clean(handed.said, LONGEST_ANSWER).text.strip() if failure else ""
    told: dict[str, Any] = {
        "mail": str(mail.id),
        "state": state,
        "failure": failure,
        "code": handed.code or None,
        "said": said,
    }
    await timeline.record(mail.case, EntryKind.MAIL_SETTLED, now=now, held=True, **told)


def _end(mail: Claimed, outcome: str, now: datetime) -> tuple[str, datetime]:
    """As a nudge's: nine tries in about a day, unless the server refuses it for good."""
    if outcome == "accepted":
        return "sent", now
    if outcome == "erased":
        return "withdrawn", now
    if outcome in rules.FOR_GOOD:
        return "failed", now
    jitter = mail.id.int % 1000 / 1000
    wait = nudges.retry_after(mail.attempts, ambiguous=outcome == "unsure", jitter=jitter)
    return ("failed", now) if wait is None else ("ready", now + wait)
