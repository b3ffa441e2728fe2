"""What do tests of nudges start from? A bound database, people, targets, and follow-ups that are late."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.database import bind, close, connect
from amends.gateways.notifier import Message, Outcome, Push, Result
from amends.gateways.notifier.addresses import Refused, refusal
from amends.gateways.secrets import Secrets, new_key
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Role, Severity, Stage
from amends.services.nudge import targets
from amends.services.team.members import Member
from amends.services.team.members import find as find_member

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
"""A Tuesday, in the middle of everybody's working day."""

KEY = new_key()
"""With which this process seals addresses."""

BASE_URL = "https://amends.example.org"


class Receiver:
    """Takes the place of the notifier: keeps what it is sent, and answers what it is told to answer."""

    def __init__(self) -> None:
        self.received: list[tuple[str, Message]] = []
        self.pushed: list[Push] = []
        self.answers: dict[str, list[Result]] = {}
        self.refuses: dict[str, Refused] = {}

    async def send(self, address: str, message: Message) -> Result:
        self.received.append((address, message))
        waiting = self.answers.get(address)
        return waiting.pop(0) if waiting else Result(Outcome.delivered, "accepted")

    async def push(self, request: Push) -> Result:
        self.pushed.append(request)
        waiting = self.answers.get(request.endpoint)
        return waiting.pop(0) if waiting else Result(Outcome.delivered, "accepted")

    async def check(self, address: str) -> Refused | None:
        return self.refuses.get(address) or refusal(address)

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _message in self.received)


@dataclass
class Desk:
    """A team at work, on one database."""

    secrets: Secrets
    receiver: Receiver
    numbers: int = 0

    async def member(self, name: str, role: Role = Role.AGENT, **columns: object) -> Member:
        member_id = uuid4()
        row = {"zone": "UTC", "quiet_from": 0, "quiet_until": 0, "quiet_week_ends": False, "created_at": NOON}
        row["digest_at"] = None  # most tests count messages
        await tables.Member.insert(
            tables.Member(id=member_id, email=f"{name}@example.org", name=name, role=role, **row | columns)
        )
        return await find_member(member_id)

    async def target(self, name: str, member: Member | None = None, position: int = 1) -> UUID:
        return await targets.add(
            await targets.checked(f"json://{name}.example.org/", self.receiver),
            member=member.id if member else None,
            name=name,
            position=position,
            by=None,
            now=NOON,
            secrets=self.secrets,
        )

    async def follow_up(
        self,
        owner: Member | None = None,
        *,
        kind: FollowUpKind = FollowUpKind.ACKNOWLEDGE,
        due_at: datetime = NOON,
        hours: int = 4,
        severity: Severity = Severity.S3,
        **case: object,
    ) -> UUID:
        """A case whose only follow-up is due then, and was given so many working hours."""
        self.numbers += 1
        started = due_at - timedelta(hours=hours)
        row = tables.Case(
            id=uuid4(),
            number=self.numbers,
            title="They broke it and nobody answers",
            platform="reddit",
            stage=Stage.ACKNOWLEDGE,
            severity=severity,
            owner=owner.id if owner else None,
            opened_at=started,
            moved_at=started,
            due_at=due_at,
            due_kind=kind,
            **case,
        )
        await tables.Case.insert(row)
        owed = tables.FollowUp(
            id=uuid4(),
            case=row.id,
            kind=kind,
            owner=row.owner,
            starts_at=started,
            due_at=due_at,
            next_at=due_at,
            allotted=hours * 3600,
            steps=[],
            created_at=started,
        )
        await tables.FollowUp.insert(owed)
        return owed.id

    async def settle(self, follow_up: UUID, state: FollowUpState = FollowUpState.DONE) -> None:
        owed = tables.FollowUp
        await owed.update({owed.state: state, owed.next_at: None}).where(owed.id == follow_up)

    async def case_of(self, follow_up: UUID) -> dict[str, object]:
        rows = await tables.FollowUp.select(tables.FollowUp.case).where(tables.FollowUp.id == follow_up)
        return (await tables.Case.select().where(tables.Case.id == rows[0]["case"]))[0]

    async def nudges(self) -> list[dict[str, object]]:
        nudge = tables.Nudge
        return (
            await nudge.select(nudge.all_columns(), nudge.target.name.as_alias("target_name"))
            .order_by(nudge.created_at)
            .order_by(nudge.rung)
        )


def new_desk() -> Desk:
    """A desk with nobody at it, on whatever database is bound."""
    return Desk(Secrets((KEY,)), Receiver())


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    """A desk with nobody at it, on SQLite and on PostgreSQL."""
    bind(connect(database_url), tables.TABLES)
    yield new_desk()
    await close()
