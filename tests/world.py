"""Which small world do the tests share? A team in Paris, Alice who leads, Bob who works, posts by Dana."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.rules.capture.incoming import NewCapture
from amends.rules.case.fields import FIRST
from amends.rules.team.calendars import DEFAULT_WEEK
from amends.rules.vocabulary import Role
from amends.rules.workflow.move_input import MoveInput
from amends.services.capture import captures
from amends.services.capture.captures import Received
from amends.services.team import members
from amends.services.team.members import Act, Member
from amends.services.workflow import moves

MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)  # 10:00 in Paris
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_posts = count(1)


async def make_team(*, zone: str = "Europe/Paris", country: str = "FR") -> None:
    """A team that works on weekdays from 9 to 18."""
    team = tables.Team(
        id=uuid4(),
        name="Bakers",
        language="en",
        zone=zone,
        country=country,
        week=DEFAULT_WEEK,
        created_at=MONDAY,
    )
    await tables.Team.insert(team)


async def make_target(member: Member | None = None, *, succeeded_at: datetime | None = MONDAY) -> None:
    """A destination for reminders of a member, or of the team, to which something was delivered."""
    row = tables.Target(
        id=uuid4(),
        member=member.id if member else None,
        name="phone",
        sealed="x",
        masked="x",
        succeeded_at=succeeded_at,
        created_at=MONDAY,
    )
    await tables.Target.insert(row)


async def make_member(name: str, *, role: str = "agent", language: str = "en") -> Member:
    """A member who may sign in nowhere: tests that need a password give one themselves."""
    member_id = uuid4()
    row = tables.Member(
        id=member_id,
        email=f"{name}@example.org",
        name=name.capitalize(),
        role=Role(role),
        language=language,
        zone="Europe/Paris",
        created_at=MONDAY,
    )
    await tables.Member.insert(row)
    return await members.find(member_id)


def post(**particulars: Any) -> NewCapture:
    """A complaint of Dana's on X, a new one each time unless an id is given."""
    number = particulars.pop("id", f"17000000000000{next(_posts):05}")
    given = {
        "platform": "x",
        "id": number,
        "url": f"https://x.com/dana/status/{number}",
        "kind": "post",
        "author": {"name": "Dana", "handle": "@dana", "url": "https://x.com/dana"},
        "text": "The cake never arrived and nobody answers.",
        "lang": "en",
        "postedAt": (MONDAY - HOUR).isoformat(),
        "capturedAt": MONDAY.isoformat(),
        "metrics": {"likes": 12},
        "page": {"url": f"https://x.com/dana/status/{number}", "title": "Dana on X"},
    } | particulars
    return msgspec.convert(given, NewCapture, strict=False)


async def make_case(by: Member, *, now: datetime = MONDAY, **particulars: Any) -> int:
    """The number of a case that was just captured."""
    given = post(**{"capturedAt": now.isoformat(), **particulars})
    received: Received = await captures.receive(Act(by, now), uuid4(), given)
    return received.case.number


JOURNEY: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "new": (),
    "acknowledge": (("answer", {"severity": "s3", "stance": "fix"}),),
    "contact": (("post_acknowledgement", {"reply_url": "https://x.com/bakers/status/1"}),),
    "waiting": (("contact_in_private", {"channel": "email"}),),
    "working": (("receive_reply", {"channel": "email"}),),
    "resolved": (("deliver_remedy", {"remedy": "Refunded, and a new cake"}),),
    "second_chance": (("confirm_fix", {}),),
    "checked_in": (("check_in", {"channel": "email"}),),
}
"""The moves that lead a case to each stage, each after those before it."""


async def lead_to(number: int, stage: str, *, by: Member, now: datetime = MONDAY) -> datetime:
    """Moves a new case on to a stage; returns the instant of the last move (weeks later for the check-in)."""
    for step, path in JOURNEY.items():
        for name, given in path:
            if name == "check_in":
                now = await second_chance_day(number)
            await move(number, name, by=by, now=now, **given)
        if step == stage:
            return now
    raise AssertionError(f"no journey leads to {stage}")


async def move(number: int, name: str, *, by: Member, now: datetime = MONDAY, **given: Any) -> UUID:
    """Makes one move with what it asks."""
    particulars = msgspec.convert(given, MoveInput, strict=False)
    return await moves.make(Act(by, now), number, name, particulars)


async def second_chance_day(number: int) -> datetime:
    """When the second chance of a case is due."""
    due: datetime = (await owed(number))["second_chance"]["due_at"]
    return due


async def case_row(number: int) -> dict[str, Any]:
    """A case's row."""
    rows = await tables.Case.select().where(tables.Case.number == number)
    return rows[0]


async def owed(number: int, *, state: str = "due") -> dict[str, dict[str, Any]]:
    """A case's follow-ups in one state, by kind."""
    rows = await tables.FollowUp.select().where(
        (tables.FollowUp.case.number == number) & (tables.FollowUp.state == state)
    )
    return {row["kind"]: row for row in rows}


async def entries(number: int) -> list[str]:
    """The kinds of a case's entries, in order."""
    rows = (
        await tables.Entry.select(tables.Entry.kind)
        .where(tables.Entry.case.number == number)
        .order_by(tables.Entry.position)
    )
    return [row["kind"] for row in rows]


async def make_order_number() -> str:
    """The name of the field that every team begins with; private links ask for it."""
    await tables.CaseField.insert(tables.CaseField(**FIRST, made_at=MONDAY))
    return str(FIRST["name"])
