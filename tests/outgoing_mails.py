"""A desk that sends private messages: an account, a server that answers as it is told, the worker's turn."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from amends import tables
from amends.gateways.evidence_files import EvidenceFiles, FolderEvidenceFiles
from amends.gateways.mail_sender import Handed, SmtpServer
from amends.gateways.secrets import Secrets, new_key
from amends.services.team.members import Act, Member
from amends.services.workflow import outgoing_mails
from amends.services.workflow.outgoing_mails import MailAccountFields, MailFields
from tests.world import MONDAY, make_member

ACCEPTED = Handed(outcome="accepted", code=250)
HALF_A_MINUTE = timedelta(seconds=30)


class Server:
    """A mail server that gives one answer after another, then accepts; it keeps what it was handed."""

    def __init__(self, *answers: Handed) -> None:
        self.answers, self.mails = list(answers), list[bytes]()
        self.receivers, self.servers = list[str](), list[SmtpServer]()

    async def send(self, server: SmtpServer, *, sender: str, to: str, content: bytes) -> Handed:
        self.mails.append(content)
        self.receivers.append(to)
        self.servers.append(server)
        return self.answers.pop(0) if self.answers else ACCEPTED

    async def look(self, server: SmtpServer) -> Handed:
        return ACCEPTED


FIELDS = MailAccountFields(
    host="smtp.bakers.example",
    port=465,
    security="tls",
    user="help",
    password="secret-word",
    sender="help@bakers.example",
    name="The bakers",
    reply_to="",
    signature="The bakers",
)


class Desk:
    """An installation with an account for outgoing mail."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.secrets = folder, Secrets([new_key()])
        self.files: EvidenceFiles = FolderEvidenceFiles(folder)
        self.server = Server()

    async def set_up(self) -> None:
        root = await make_member("root", role="admin")
        await outgoing_mails.save(Act(root, MONDAY), FIELDS, self.secrets)

    async def turn(self, *, after: timedelta = HALF_A_MINUTE) -> int:
        """The worker's turn at this time after Monday: how many were tried."""
        now, tried = MONDAY + after, 0
        while await outgoing_mails.send_next(self.server, self.secrets, self.files, now=now):
            tried += 1
        return tried


async def write(by: Member, number: int, *, now: datetime = MONDAY, **others: object) -> UUID:
    """A message to Dana."""
    given = {"to": "dana@example.com", "subject": "Your cake", "text": "We bake a new one."} | others
    return await outgoing_mails.send(Act(by, now), number, MailFields(**given))  # type: ignore[arg-type]


async def state(mail: UUID) -> dict[str, object]:
    """Its row."""
    return (await tables.OutgoingMail.select().where(tables.OutgoingMail.id == mail))[0]
