"""Is a list put in the order that was asked for, page after page, and narrowed by what lists can ask?"""

import random
from collections.abc import Callable
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.vocabulary import OPEN_STAGES, Outcome, Severity, Stage
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters
from amends.services.desk.cases.filters import Sort
from amends.services.team.members import Member
from tests.world import DAY, MONDAY

LAST = 99
STAGES = [*OPEN_STAGES, Stage.CLOSED]


def any_case(number: int, chance: random.Random, owners: list[UUID | None]) -> tables.Case:
    """A case of any stage, mostly with a date, a severity and an owner."""
    stage = chance.choice(STAGES)
    is_closed = stage is Stage.CLOSED
    return tables.Case(
        id=uuid4(),
        number=number,
        title="",
        platform="x",
        stage=stage,
        lang=chance.choice(["fr", "fr-CA", "en", ""]),
        severity=chance.choice([None, *Severity]),
        owner=chance.choice(owners),
        outcome=chance.choice([Outcome.SETTLED, Outcome.LOST]) if is_closed else None,
        closed_at=MONDAY if is_closed else None,
        came_back_at=chance.choice([None, MONDAY]),
        due_at=None if is_closed else chance.choice([None, MONDAY, MONDAY + DAY, MONDAY - DAY]),
        opened_at=MONDAY - chance.randrange(9) * DAY,
        moved_at=MONDAY,
    )


@pytest.fixture
async def made(alice: Member, bob: Member) -> list[tables.Case]:
    chance = random.Random(7)
    found = [any_case(number, chance, [None, alice.id, bob.id]) for number in range(1, 41)]
    await tables.Case.insert(*found)
    return found


async def numbers(filters: CaseFilters, limit: int = 50) -> list[int]:
    """All that fit, page after page."""
    return [row.number async for row in cases.every(filters, now=MONDAY, at_once=limit)]


def place(case: tables.Case, column: str, names: dict[UUID, str]) -> tuple[bool, Any]:
    """Whether a case has no value in a column, and the value: what has none comes last."""
    value: Any = {
        "due": case.due_at,
        "stage": STAGES.index(case.stage),
        "severity": case.severity,
        "owner": case.owner and names[case.owner],
    }.get(column, 0)
    return value is None, value


@pytest.mark.parametrize("stage", ["open", "all"])
async def test_every_order_is_kept_from_page_to_page(
    made: list[tables.Case], alice: Member, bob: Member, stage: Any
):
    names = {one.id: one.name for one in (alice, bob)}
    shown = [case for case in made if stage == "all" or case.stage is not Stage.CLOSED]
    for sort in get_args(Sort):
        down, column = sort.startswith("-") or not sort, sort.removeprefix("-")
        expected = sorted(shown, key=lambda case: case.number, reverse=down)
        valued = [case for case in expected if not place(case, column, names)[0]]
        valued.sort(key=lambda case: place(case, column, names)[1], reverse=down)
        rest = [case for case in expected if place(case, column, names)[0]]
        found = await numbers(CaseFilters(stage=stage, sort=sort), limit=3)
        assert found == [case.number for case in (*valued, *rest)], sort


FITS: dict[str, tuple[CaseFilters, Callable[[tables.Case], bool]]] = {
    "an outcome, whatever the stage": (
        CaseFilters(outcome=Outcome.LOST),
        lambda case: case.outcome == Outcome.LOST,
    ),
    "a language with its variants": (
        CaseFilters(stage="all", language="fr"),
        lambda case: case.lang in ("fr", "fr-CA"),
    ),
    "the days on which it was opened": (
        CaseFilters(
            stage="all",
            zone="Europe/Paris",
            opened_from=(MONDAY - 4 * DAY).date(),
            opened_to=(MONDAY - 2 * DAY).date(),
        ),
        lambda case: MONDAY - 4 * DAY <= case.opened_at <= MONDAY - 2 * DAY,
    ),
    "the day on which it is due": (
        CaseFilters(due_from=MONDAY.date(), due_to=MONDAY.date()),
        lambda case: case.due_at == MONDAY,
    ),
    "a post that came back": (
        CaseFilters(came_back=True),
        lambda case: case.came_back_at is not None and case.stage is not Stage.CLOSED,
    ),
    "danger": (
        CaseFilters(danger=True, sort="due"),
        lambda case: (
            case.stage is not Stage.CLOSED
            and (
                case.stage is Stage.ESCALATED or case.severity is Severity.S1 or case.came_back_at is not None
            )
        ),
    ),
}


@pytest.mark.parametrize("what", FITS)
async def test_a_list_is_narrowed_and_counted_by(made: list[tables.Case], what: str):
    filters, fits = FITS[what]
    expected = {case.number for case in made if fits(case)}
    found = await numbers(filters, limit=4)
    assert len(found) == len(expected)
    assert set(found) == expected
    assert await cases.count(filters, now=MONDAY) == len(expected)
    for limit in (1, 50):
        shown = await cases.page(filters, now=MONDAY, limit=limit)
        assert await cases.total(filters, shown, now=MONDAY, before=None) == len(expected)


async def test_the_last_page_does_not_say_that_there_are_no_others(made: list[tables.Case]):
    everything = CaseFilters(stage="all")
    first = await cases.page(everything, now=MONDAY, limit=len(made) - 1)
    last = await cases.page(everything, now=MONDAY, before=first.next_before, limit=50)
    assert len(last.rows) == 1
    assert await cases.total(everything, last, now=MONDAY, before=first.next_before) == len(made)


async def test_the_languages_of_the_cases_are_told_without_their_variants(made: list[tables.Case]):
    assert await cases.languages() == ("en", "fr")


async def test_late_cases_and_found_ones_are_counted_too(made: list[tables.Case]):
    late = [case for case in made if case.due_at and case.due_at <= MONDAY]
    assert await cases.count(CaseFilters(late=True), now=MONDAY) == len(late)
    assert await cases.count(CaseFilters(words="nothing like it"), now=MONDAY) == 0
