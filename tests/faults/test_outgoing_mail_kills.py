"""A worker that is ended between the server's yes and its own mark: the same mail goes out a second time."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec.structs import replace

from amends import tables
from amends.database import bind, close, connect
from amends.gateways.secrets import Secrets, new_key
from amends.services.team.members import Act
from amends.services.workflow import outgoing_mails
from amends.services.workflow.outgoing_mails.carrying import LEASE
from tests.gateways.receivers import MailReceiver, mail_receiver
from tests.outgoing_mails import FIELDS, HALF_A_MINUTE, write
from tests.world import MONDAY, lead_to, make_case, make_member, make_team

WORKER = """
import asyncio, sys
from datetime import datetime
from pathlib import Path
from amends import tables
from amends.database import bind, connect
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.mail_sender import SandboxedMailSender
from amends.gateways.secrets import Secrets
from amends.services.workflow import outgoing_mails

async def main(url, folder, key, port, now):
    bind(connect(url), tables.TABLES)
    sender, files = SandboxedMailSender([f"127.0.0.1:{port}"]), FolderEvidenceFiles(Path(folder))
    await outgoing_mails.send_next(sender, Secrets([key]), files, now=datetime.fromisoformat(now))

asyncio.run(main(*sys.argv[1:]))
"""


class DeadlyReceiver(MailReceiver):
    """Takes the first mail, and ends the worker before it hears of that."""

    victim = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.victim:
            os.kill(self.victim, signal.SIGKILL)
            self.victim = 0
        return answer


async def test_whoever_ends_the_worker_between_yes_and_mark_has_the_same_mail_sent_twice(
    database_url: str, tmp_path: Path
):
    bind(connect(database_url), tables.TABLES)
    await make_team()
    root, key = await make_member("root", role="admin"), new_key()
    with mail_receiver(of=DeadlyReceiver) as receiver:
        here = {"host": "127.0.0.1", "port": receiver.port, "security": "none", "user": "", "password": ""}
        await outgoing_mails.save(Act(root, MONDAY), replace(FIELDS, **here), Secrets([key]))
        number = await make_case(root)
        await lead_to(number, "contact", by=root)
        await write(root, number)
        states = []
        for after in (HALF_A_MINUTE, LEASE, LEASE + 2 * HALF_A_MINUTE, timedelta(days=2)):
            arguments = (database_url, str(tmp_path), key, str(receiver.port), (MONDAY + after).isoformat())
            worker = await asyncio.create_subprocess_exec(sys.executable, "-c", WORKER, *arguments)
            if after == HALF_A_MINUTE:
                receiver.victim = worker.pid
            await worker.wait()
            states.append((await tables.OutgoingMail.select(tables.OutgoingMail.state))[0]["state"])
    await close()
    assert states == ["sending", "sending", "sent", "sent"]
    assert len(receiver.mails) == 2
    assert len({one.as_bytes() for one in receiver.mails}) == 1
