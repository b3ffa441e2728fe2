"""How fast does one worker deliver, mail composition included, and what does an idle one cost?"""

import asyncio
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from amends import settings, tables
from amends.cli.wiring import secrets_of
from amends.clock import utc_now
from amends.database import bind, close, connect, migrate
from amends.rules.team.calendars import DEFAULT_WEEK
from benchmarks import mailbox, processes
from benchmarks.databases import fill
from benchmarks.seeds import HOUR, Amounts, World

PATIENCE = 180


class Post(World):
    """As many members as messages, each with a target of their own and one case that has just become late."""

    def __init__(self, messages: int, port: int, chosen: settings.Settings) -> None:
        super().__init__(Amounts(messages, messages, messages, 0), utc_now())
        self.port, self.secrets = port, secrets_of(chosen)
        self.members = [self.id() for _ in range(messages)]
        self._owners = iter(self.members)

    def _people(self) -> None:
        team = {"name": "Bakers", "zone": "UTC", "country": "", "week": json.dumps(DEFAULT_WEEK)}
        self.add(tables.Team, id=self.id(), created_at=self.now, **team)
        for place, member in enumerate(self.members):
            about = {"email": f"m{place}@example.org", "name": f"Member {place}", "zone": "UTC"}
            awake = {"quiet_from": 0, "quiet_until": 0, "quiet_week_ends": False, "digest_at": None}
            self.add(tables.Member, id=member, role="agent", created_at=self.now, **about, **awake)
            self._target(f"m{place}", member)

    def _target(self, name: str, member: Any) -> None:
        target = self.id()
        address = f"mailto://127.0.0.1:{self.port}/?from=amends@example.org&to={name}@example.org"
        sealed = self.secrets.seal(address, of=target)
        about = {"name": name, "sealed": sealed, "masked": "mailto://…", "created_at": self.now}
        self.add(tables.Target, id=target, member=member, **about)

    def _owner(self) -> Any:
        return next(self._owners)

    def _dates(self) -> Any:
        for _ in range(self.amounts.open):
            yield self.now - HOUR / 4

    def _owed(self, case: Any, owner: Any, due_at: Any, kind: str, at: Any) -> None:
        late = {
            "starts_at": self.now - HOUR,
            "created_at": self.now - HOUR,
            "allotted": 14_400,
            "steps": "[]",
        }
        live = {"state": "due", "due_at": due_at, "next_at": due_at, "counted": "wall"}
        self.add(tables.FollowUp, id=self.id(), case=case, kind=kind, owner=owner, **late, **live)


def delivered(url: str, folder: Path, messages: int) -> tuple[float, float]:
    """Messages a second of one worker, and those of the bare library through the same mail server."""
    port = processes.free_port()
    own = {"AMENDS_DATABASE_URL": url, "AMENDS_DATA_DIR": str(folder)}
    chosen = settings.from_environ(own | {"AMENDS_ENCRYPTION_KEYS": processes.KEY})
    migrate.upgrade(url)
    asyncio.run(fill(url, Post(messages, port, chosen)))
    with mailbox.opened(port) as received:
        mailbox.send_barely(port, messages)
        floor = received.wait(messages, seconds=PATIENCE)
    with mailbox.opened(port) as received, processes.worker(url, folder, mail_port=port):
        rate = received.wait(messages, seconds=PATIENCE)
    return rate, floor


def idle(url: str, folder: Path, seconds: float) -> tuple[float, float]:
    """The share of a core and the megabytes of a worker that has nothing to do, its senders included."""
    with processes.worker(url, folder, mail_port=1) as served:
        asyncio.run(_one_message(url))
        until = time.monotonic() + PATIENCE
        while served.processes() < 2 and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(min(seconds, 5))  # it has swept, and tried its message
        memory, before, began = served.family_memory(), served.family_cpu_seconds(), time.monotonic()
        time.sleep(seconds)
        return (served.family_cpu_seconds() - before) / (time.monotonic() - began), memory


async def _one_message(url: str) -> None:
    """One nudge to try, so that the process that sends has been started; nobody listens at its target."""
    bind(connect(url), tables.TABLES)
    try:
        nudge, later = tables.Nudge, utc_now() + timedelta(days=1)
        [first] = await nudge.select(nudge.id).limit(1)
        await nudge.update({nudge.state: "sent"}, force=True)
        await tables.FollowUp.update({tables.FollowUp.next_at: later}, force=True)
        await nudge.update({nudge.state: "ready", nudge.kind: "trial", nudge.run_at: utc_now()}).where(
            nudge.id == first["id"]
        )
    finally:
        await close()
