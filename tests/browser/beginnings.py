"""What does a story begin with? A team at work with a mailbox each, and what lies on their desk already."""

import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from amends import tables
from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import Language, Role, Severity
from amends.services.nudge import targets
from amends.services.team import members, teams
from amends.services.team.members import Act, Member
from amends.services.team.teams import FirstAdmin, Team
from amends.services.workflow import case_commands, public_endings, severities
from amends.settings import Settings
from tests.fakes import RecordingNotifier
from tests.world import lead_to, make_case

PASSWORD = "seven quiet ovens"
MAIL_PORT = os.environ.pop("MAIL_PORT", "")
EVERY_DAY = (((9 * 60, 18 * 60),),) * 7
PEOPLE = (
    ("anne", "Anne Boulanger", Role.LEAD, Language.FRENCH),
    ("bob", "Bob Cook", Role.AGENT, Language.ENGLISH),
    ("cleo", "Cleo Miller", Role.AGENT, Language.ENGLISH),
)
FORTY = 40
MINUTE = timedelta(minutes=1)

Story = Callable[[Settings, datetime], Awaitable[None]]


async def office(chosen: Settings, now: datetime, **team: Any) -> dict[str, Member]:
    """Ada who set it up, Anne who leads, Bob and Cleo who work; of them only Cleo hears at any hour."""
    first = FirstAdmin(email="ada@example.org", name="Ada Baker", password=PASSWORD)
    where = Team(name="Bakers", language=Language.ENGLISH, zone="Europe/Paris", country="FR", **team)
    crew = {"ada": await teams.set_up(first, where, now=now)}
    for name, shown, role, language in PEOPLE:
        email = f"{name}@example.org"
        crew[name] = await members.add(
            email, name=shown, role=role, password=PASSWORD, language=language, now=now, by=None
        )
    awake: dict[Any, Any] = {
        tables.Member.quiet_from: 0,
        tables.Member.quiet_until: 0,
        tables.Member.quiet_week_ends: False,
    }
    await tables.Member.update(awake).where(tables.Member.id == crew["cleo"].id)
    for name, member in crew.items():
        await mail(chosen, name, member, now=now)
    return crew


async def mail(chosen: Settings, name: str, member: Member | None, *, now: datetime) -> None:
    """A mailbox for a member, or for the team."""
    await targets.add(
        await targets.checked(
            f"mailto://127.0.0.1:{MAIL_PORT}?from=amends@example.org&to={name}@example.org&smtp=127.0.0.1",
            RecordingNotifier(),
        ),
        member=member.id if member else None,
        name=f"Mail to {name}",
        position=1,
        by=None,
        now=now,
        secrets=Secrets(chosen.encryption_keys),
    )


async def owned(owner: Member, stage: str, *, now: datetime, words: str) -> int:
    """A case of this member's that has come so far."""
    number = await make_case(owner, now=now, postedAt=now.isoformat(), text=words)
    await case_commands.assign(Act(owner, now), number, owner=owner.id)
    await lead_to(number, stage, by=owner, now=now)
    return number


async def forty(chosen: Settings, now: datetime) -> None:
    """A shop that is open every day, with a mailbox for all; forty posts were captured, which are Bob's."""
    crew = await office(chosen, now, week=EVERY_DAY)
    await mail(chosen, "team", None, now=now)
    for place in range(FORTY):
        at = now - (FORTY - place) * MINUTE
        stage = "new" if place % 4 else "contact"
        await owned(crew["bob"], stage, now=at, words=f"Order {place}: the cake never arrived.")


async def calm(chosen: Settings, now: datetime) -> None:
    """Three cases of Bob's on which nothing is owed for weeks."""
    crew = await office(chosen, now)
    for place in range(3):
        words = f"Order {place}: the cake never arrived."
        number = await owned(crew["bob"], "second_chance", now=now, words=words)
        await public_endings.skip(Act(crew["bob"], now), number, "They told everybody themselves")


async def answered(chosen: Settings, now: datetime) -> None:
    """Two cases of Bob's, to be contacted within a working day."""
    crew = await office(chosen, now)
    for place in range(2):
        await owned(crew["bob"], "contact", now=now, words=f"Order {place}: the cake never arrived.")


async def severe(chosen: Settings, now: datetime) -> None:
    """A case of Bob's that is severe, and was answered once."""
    crew = await office(chosen, now)
    number = await owned(crew["bob"], "contact", now=now, words="Your cake made my son ill.")
    await severities.weigh(Act(crew["bob"], now), number, severity=Severity.S1)


async def ten(chosen: Settings, now: datetime) -> None:
    """Ten posts that nobody has decided about."""
    crew = await office(chosen, now)
    for place in range(10):
        at = now - (10 - place) * MINUTE
        await make_case(crew["bob"], now=at, postedAt=at.isoformat(), text=f"Order {place} never came.")


STORIES: dict[str, Story] = {"forty": forty, "calm": calm, "answered": answered, "severe": severe, "ten": ten}
