"""Fault injection: a worker with other keys than those that sealed the addresses."""

import asyncio
from datetime import timedelta
from pathlib import Path

from amends import settings as settings_module
from amends import tables
from amends.database import bind, close, connect
from amends.gateways.secrets import Secrets, new_key
from amends.rules.vocabulary import Role
from tests.cli.running import amends, environment
from tests.faults.mail import MailServer
from tests.faults.siege import somebody
from tests.world import DAY, MONDAY, make_case, move


async def seeded(url: str, secrets: Secrets, others: Secrets, port: int) -> None:
    """An S1 for a lead, something late for an agent, and a second lead whose address other keys sealed."""
    bind(connect(url), tables.TABLES)
    lead = await somebody("lea", Role.LEAD, port, secrets)
    ada = await somebody("ada", Role.AGENT, port, secrets)
    await somebody("max", Role.LEAD, port, others)
    late = await make_case(ada, now=MONDAY - 10 * DAY)
    await move(late, "answer", by=ada, now=MONDAY - 10 * DAY, severity="s2", stance="fix")
    await make_case(lead, now=MONDAY, severity="s1")
    await close()


async def states(url: str) -> list[str]:
    bind(connect(url), tables.TABLES)
    found = sorted(row["state"] for row in await tables.Nudge.select())
    await close()
    return found


async def test_without_its_keys_nothing_is_given_up_and_with_them_all_is_told(
    database_url: str, tmp_path: Path
):
    mail = MailServer()
    mail.troubled = False
    port = await mail.start()
    settings = {
        "AMENDS_DATABASE_URL": database_url,
        "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{port}",
    }
    keys = settings_module.from_environ({**environment(tmp_path), **settings}).encryption_keys
    other = new_key()
    await seeded(database_url, Secrets(keys), Secrets((other,)), port)

    async def work(later: timedelta, *given: str) -> tuple[int, str]:
        at, both = (MONDAY + later).isoformat(), {**settings, "AMENDS_ENCRYPTION_KEYS": ",".join(given)}
        done = await asyncio.to_thread(amends, tmp_path, "work", "--once", "--now", at, **both)
        return done.returncode, done.stderr

    code, said = await work(timedelta(0), new_key())
    assert code != 0
    assert "open none of the 3 stored" in said
    assert await states(database_url) == [], "it was refused before it planned anything"

    code, said = await work(timedelta(0), *keys)
    assert code == 1
    found = await states(database_url)
    assert set(found) == {"ready", "sent"}, "what could not be opened waits"
    told = {receiver for _reference, receiver in mail.accepted}
    assert told == {"lea@example.org", "ada@example.org"}

    for minutes in (2, 30):
        code, _said = await work(timedelta(minutes=minutes), *keys)
        assert "dead" not in await states(database_url)
    code, said = await work(timedelta(minutes=32), *keys, other)
    assert code == 0, said[-2000:]
    assert "max@example.org" in {receiver for _reference, receiver in mail.accepted}
    assert not {"ready", "dead", "sending"} & set(await states(database_url))
    mail.stop()
