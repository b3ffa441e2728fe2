"""A worker that is ended at any moment of a visit: no mail of a real mailbox is lost, and none is doubled."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from amends import tables
from amends.database import bind, close, connect
from amends.gateways.mailboxes import SandboxedMailboxReader
from amends.gateways.secrets import Secrets, new_key
from amends.services.operation import mailboxes
from amends.services.operation.mailboxes import MailboxFields
from amends.services.team.members import Act
from tests.dovecot import PASSWORD, USER, dovecot, skip_without_dovecot
from tests.mails import mail
from tests.world import MONDAY, make_member, make_team

MAILS = 30
ROUNDS = 12
WORKER = """
import asyncio, sys
from datetime import datetime, timedelta
from pathlib import Path
from amends import tables
from amends.database import bind, connect, run
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.mailboxes import SandboxedMailboxReader
from amends.gateways.secrets import Secrets
from amends.services.operation import mailboxes
from tests.mails import DirectReader

async def main(url, folder, key, port, now):
    bind(connect(url), tables.TABLES)
    reader = SandboxedMailboxReader([f"127.0.0.1:{port}"])
    at, files, secrets = datetime.fromisoformat(now), FolderEvidenceFiles(Path(folder)), Secrets([key])
    print("ready", flush=True)
    while await mailboxes.fetch_due(reader, DirectReader(), files, secrets, now=at):
        pass

asyncio.run(main(*sys.argv[1:]))
"""


async def test_whoever_ends_the_worker_loses_and_doubles_no_mail(database_url: str, tmp_path: Path):
    skip_without_dovecot()
    bind(connect(database_url), tables.TABLES)
    await make_team()
    root, key = await make_member("root", role="admin"), new_key()
    with dovecot() as box:
        fields = MailboxFields(host="127.0.0.1", port=box.plain, user=USER, password=PASSWORD, folder="INBOX")
        reader, act, secrets = (
            SandboxedMailboxReader([f"127.0.0.1:{box.plain}"]),
            Act(root, MONDAY),
            Secrets([key]),
        )
        looked = await mailboxes.attempt(act, fields, reader, secrets)
        await mailboxes.save(act, fields, looked, secrets)
        box.deliver(*(mail(f"Number {one}") for one in range(MAILS)))
        kills = 0
        for round_ in range(ROUNDS):
            await tables.Mailbox.update({tables.Mailbox.next_at: MONDAY}).where(
                tables.Mailbox.port == box.plain
            )
            last = round_ == ROUNDS - 1
            worker = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                WORKER,
                *(database_url, str(tmp_path), key, str(box.plain), MONDAY.isoformat()),
                stdout=asyncio.subprocess.PIPE,
                env={**os.environ},
            )
            assert worker.stdout
            assert await worker.stdout.readline() == b"ready\n"
            if not last:
                async with asyncio.timeout(60):
                    while worker.returncode is None and await tables.Mail.count() < 2 * (round_ + 1):
                        await asyncio.sleep(0.01)
                if worker.returncode is None:
                    worker.send_signal(signal.SIGKILL)
                    kills += 1
            await worker.wait()
            marked = (await tables.Mailbox.select(tables.Mailbox.last))[0]["last"]
            assert box.seen() <= marked
        words = sorted(row["words"] for row in await tables.Mail.select(tables.Mail.words))
    await close()
    assert words == sorted(f"Number {one}" for one in range(MAILS))
    assert kills > 3
