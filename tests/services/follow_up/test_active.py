"""The SQL of "to be shown or told" says of every follow-up what the rule in Python says."""

from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import run
from amends.rules.follow_up.active import silence
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Outcome, Stage
from amends.services.follow_up import active
from tests.world import HOUR, MONDAY

STAGES = (Stage.WORKING, Stage.CLOSED)
SNOOZES = (None, MONDAY - HOUR, MONDAY, MONDAY + HOUR)
PAUSES = (None, MONDAY - HOUR)


def case(number: int, stage: Stage, snoozed_until: datetime | None) -> tables.Case:
    ended = {"outcome": Outcome.SETTLED, "closed_at": MONDAY} if stage is Stage.CLOSED else {}
    about: dict[str, Any] = {"platform": "x", "title": "", "opened_at": MONDAY, "moved_at": MONDAY}
    return tables.Case(id=uuid4(), number=number, stage=stage, snoozed_until=snoozed_until, **about, **ended)


def follow_up(of: tables.Case, kind: FollowUpKind, **values: Any) -> tables.FollowUp:
    dates = {"starts_at": MONDAY - HOUR, "due_at": MONDAY, "created_at": MONDAY - HOUR}
    return tables.FollowUp(id=uuid4(), case=of.id, kind=kind, steps=[], **dates, **values)


async def every_follow_up() -> list[tuple[tables.Case, tables.FollowUp]]:
    """One of each kind in each state, paused or not, of a case in each stage, asleep or not."""
    made: list[tuple[tables.Case, tables.FollowUp]] = []
    combined = product(STAGES, SNOOZES, FollowUpState, PAUSES)
    for number, (stage, snoozed_until, state, paused_at) in enumerate(combined, start=1):
        of = case(number, stage, snoozed_until)
        made += [(of, follow_up(of, kind, state=state, paused_at=paused_at)) for kind in FollowUpKind]
    await tables.Case.insert(*{of.number: of for of, _owed in made}.values())
    for start in range(0, len(made), 100):
        await tables.FollowUp.insert(*(owed for _of, owed in made[start : start + 100]))
    return made


def is_active(of: tables.Case, owed: tables.FollowUp, *, until_woken: bool) -> bool:
    facts = {"paused_at": owed.paused_at, "stage": of.stage, "snoozed_until": of.snoozed_until}
    return silence(owed.kind, state=owed.state, **facts, now=MONDAY, until_woken=until_woken) is None


async def test_both_find_the_same_follow_ups_active(database: str):
    made = await every_follow_up()
    for until_woken in (False, True):
        await compare(made, until_woken=until_woken)


async def compare(made: list[tuple[tables.Case, tables.FollowUp]], *, until_woken: bool) -> None:
    rows = await run(
        'SELECT f.id FROM follow_up AS f JOIN case_file AS c ON c.id = f."case" '
        f"WHERE {active.condition(until_woken=until_woken)} AND f.due_at <= :now",
        now=MONDAY,
    )
    expected = {owed.id: owed for of, owed in made if is_active(of, owed, until_woken=until_woken)}
    found = {UUID(int=row["id"].int) for row in rows}
    assert found == set(expected), "rules/follow_up/active.py and services/follow_up/active.py differ"
    assert len(made) > len(expected) > len(FollowUpKind)
