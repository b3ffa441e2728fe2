"""Load for fault injection: capturing clients, a fleet of processes, and the invariants."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx

from amends import tables
from amends.database import bind, close, connect
from amends.gateways.secrets import Secrets
from amends.rules.nudge import news
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Role
from amends.services.nudge import targets
from amends.services.team import browsers, members
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.cli.running import started
from tests.fakes import RecordingNotifier
from tests.faults.mail import MailServer
from tests.world import make_case, move

LATE = 40
CLIENTS = 4
KILLS = 4
PATIENCE = 120
"""Seconds in which a process that was started again must serve, also on a machine that is busy."""
ANSWERS = 12
"""So many captures are answered between two kills, at least."""
NOW = datetime.now(UTC)


class Crowd:
    """Clients that capture and replay, as the extension does: the same request until it is answered."""

    def __init__(self, url: str, tokens: list[str]) -> None:
        self.url, self.tokens = url, tokens
        self.acknowledged: dict[UUID, int] = {}
        self.held_up = self.since_a_kill = 0
        self.wrong: list[str] = []
        self.stopping, self.answered = asyncio.Event(), asyncio.Event()

    async def capture(self, seed: int) -> None:
        chance = random.Random(seed)
        headers = {"Authorization": f"Bearer {self.tokens[seed]}"}
        async with httpx.AsyncClient(timeout=10, trust_env=False, headers=headers) as client:
            while not self.stopping.is_set():
                replayed = self.acknowledged and chance.random() < 0.25
                which = chance.choice(list(self.acknowledged)) if replayed else uuid4()
                await self._until_answered(client, which)

    async def _until_answered(self, client: httpx.AsyncClient, which: UUID) -> None:
        while not self.stopping.is_set():
            try:
                answer = await client.put(f"{self.url}/api/v1/captures/{which}", json=body(which))
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
                continue
            if answer.status_code in (429, 503):  # too many, or the database is away: come again
                self.held_up += 1
                await asyncio.sleep(0.5)
                continue
            self._note(which, answer)
            return

    async def serve_again(self) -> None:
        """Returns once enough captures were answered from now on."""
        self.since_a_kill = 0
        self.answered.clear()
        async with asyncio.timeout(PATIENCE):
            await self.answered.wait()

    def _note(self, which: UUID, answer: httpx.Response) -> None:
        if answer.status_code not in (200, 201):
            self.wrong.append(f"{answer.status_code} {answer.text[:200]}")
            return
        number = answer.json()["case"]["number"]
        self.since_a_kill += 1
        if self.since_a_kill >= ANSWERS:
            self.answered.set()
        if self.acknowledged.setdefault(which, number) != number:
            self.wrong.append(f"{which} was case {self.acknowledged[which]} and is {number}")


def body(which: UUID) -> dict[str, object]:
    url = f"https://x.com/zoe/status/{which.int % 10**18}"
    return {
        "platform": "x",
        "id": str(which.int % 10**18),
        "url": url,
        "kind": "post",
        "author": {"name": "Zoe", "handle": "@zoe"},
        "text": "Nobody answers.",
        "capturedAt": NOW.isoformat(),
        **({"severity": "s1"} if is_urgent(which) else {}),
        "page": {"url": url, "title": "Zoe"},
    }


def is_urgent(which: UUID) -> bool:
    """Whether whoever captures this says that it is an S1: one in four."""
    return which.int % 4 == 0


@asynccontextmanager
async def serving(crowd: Crowd) -> AsyncIterator[None]:
    """Clients capture meanwhile; at the end somebody is served once more."""
    async with asyncio.TaskGroup() as group:
        for seed in range(CLIENTS):
            group.create_task(crowd.capture(seed))
        try:
            yield
            await crowd.serve_again()
        finally:
            crowd.stopping.set()


class Fleet:
    """Processes that are killed and started again."""

    def __init__(self, folder: Path, commands: list[tuple[str, ...]], settings: dict[str, str]) -> None:
        self.folder, self.commands, self.settings = folder, commands, settings
        self.processes: list[asyncio.subprocess.Process] = []
        self.kills = 0

    async def start(self) -> None:
        self.processes = [await started(self.folder, *one, **self.settings) for one in self.commands]

    async def kill_among(self, crowd: Crowd, mail: MailServer) -> None:
        """Kills a process each time that somebody was served and a message was tried."""
        chance = random.Random(3)
        for _ in range(KILLS):
            async with asyncio.timeout(PATIENCE):
                await crowd.answered.wait()
                await mail.tried.wait()
            await asyncio.sleep(chance.uniform(0.0, 0.8))
            place = chance.randrange(len(self.processes))
            crowd.answered.clear()
            crowd.since_a_kill = 0
            if len(mail.accepted) < LATE // 2:  # later there may be nothing left to send but what waits
                mail.tried.clear()
            await self.kill(place)
            self.processes[place] = await started(self.folder, *self.commands[place], **self.settings)

    async def kill(self, place: int) -> None:
        if self.processes[place].returncode is None:
            self.processes[place].send_signal(signal.SIGKILL)
            self.kills += 1
        await self.processes[place].wait()

    async def end(self) -> None:
        for place in range(len(self.processes)):
            await self.kill(place)


async def seeded(url: str, secrets: Secrets, port: int) -> list[str]:
    """An overdue follow-up on each of some cases, a target for each owner and the lead, a token per client.

    What is for one person goes together: the cases have as many owners. One of them has a closed case whose
    post is back. Nobody is on duty: the lead hears of each S1.
    """
    bind(connect(url), tables.TABLES)
    lead = await somebody("lea", Role.LEAD, port, secrets)
    for place in range(LATE):
        began = NOW - timedelta(days=10, minutes=place)
        owner = await somebody(f"owner{place}", Role.AGENT, port, secrets)
        number = await make_case(lead, now=began, url=f"https://x.com/zoe/status/{10**17 + place}")
        await case_commands.assign(Act(lead, began), number, owner=owner.id)
    ended = {"url": "https://x.com/zoe/status/7", "id": "7"}
    closed = await make_case(lead, now=NOW - timedelta(days=2), **ended)
    await move(closed, "not_ours", by=owner, now=NOW - timedelta(days=2), reason="Spam")
    await make_case(lead, now=NOW, **ended)
    tokens = [await browsers.create("lea@example.org", name=f"{one}", now=NOW) for one in range(CLIENTS)]
    await close()
    return tokens


async def somebody(name: str, role: Role, port: int, secrets: Secrets) -> Member:
    """A member with a mailbox and without quiet hours; no digest, so that only nudges are counted."""
    made = await members.add(
        f"{name}@example.org", name=name, role=role, password=None, zone="UTC", now=NOW, by=None
    )
    member = tables.Member
    await member.update(
        {
            member.quiet_from: 0,
            member.quiet_until: 0,
            member.quiet_week_ends: False,
            member.digest_at: None,
        }
    ).where(member.id == made.id)
    address = f"mailto://127.0.0.1:{port}/?from=amends@example.org&to={name}@example.org"
    await targets.add(
        await targets.checked(address, RecordingNotifier()),
        member=made.id,
        name=name,
        position=1,
        by=None,
        now=NOW,
        secrets=secrets,
    )
    return made


async def nothing_is_lost(database_url: str, crowd: Crowd) -> None:
    bind(connect(database_url), tables.TABLES)
    assert crowd.wrong == [], crowd.wrong
    assert len(crowd.acknowledged) > 10, "the clients got through between the kills"
    capture = tables.Capture
    rows = await capture.select(capture.id, capture.post.case.number.as_alias("number"))
    kept = {row["id"]: row["number"] for row in rows}
    assert crowd.acknowledged.items() <= kept.items()

    nudge = tables.Nudge
    decided = await nudge.select(nudge.follow_up, nudge.generation, nudge.rung, nudge.target, nudge.state)
    about = [(row["follow_up"], row["generation"], row["rung"], row["target"]) for row in decided]
    assert len(about) == len(set(about))
    sent = {(row["follow_up"], row["target"]): row["rung"] for row in decided if row["state"] == "sent"}
    assert all(
        row["rung"] < sent[row["follow_up"], row["target"]] for row in decided if row["state"] != "sent"
    )
    owed = tables.FollowUp
    late = await owed.select(owed.id).where(owed.state == FollowUpState.DUE, owed.due_at < NOW)
    assert len(late) >= LATE
    assert {row["id"] for row in late} <= {row["follow_up"] for row in decided}
    await all_news_was_told(crowd)
    await close()


async def all_news_was_told(crowd: Crowd) -> None:
    """The lead heard of every S1 that was captured, and the former owner of the post that is back."""
    nudge, case = tables.Nudge, tables.Nudge.follow_up.case
    rows = await nudge.select(case.number.as_alias("number"), nudge.target.name.as_alias("name")).where(
        (nudge.state == "sent") & (nudge.rung.is_in([news.URGENT, 2, 3]))
    )
    told = {row["number"] for row in rows if row["name"] == "lea"}
    urgent = {number for which, number in crowd.acknowledged.items() if is_urgent(which)}
    assert urgent
    assert urgent <= told, f"the lead never heard of {urgent - told}"
    about = nudge.follow_up
    back = await nudge.select(nudge.target.name.as_alias("name")).where(
        (nudge.state == "sent") & (about.kind == FollowUpKind.CAME_BACK)
    )  # in working time a step of the ladder takes the place of news that has not left yet
    told_back = {row["name"] for row in back}
    assert f"owner{LATE - 1}" in told_back, f"its former owner never heard that the post is back: {told_back}"
