"""What is due is the same on Today, in the agenda, in the digest, in nudges, in numbers and in metrics."""

import random
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.database import transaction
from amends.rules.follow_up.active import silence
from amends.rules.follow_up.kinds import KINDS, OUTLIVE_CASE
from amends.rules.nudge.digests import Section
from amends.rules.vocabulary import FollowUpKind, Outcome, Stage
from amends.services.desk import board, cases, today
from amends.services.desk.cases import CaseFilters, CaseRow
from amends.services.follow_up import agenda, follow_ups
from amends.services.follow_up.agenda import AgendaEntry, OverdueCount, Whose
from amends.services.nudge import digests, nudges, previews
from amends.services.nudge.nudges import ladders
from amends.services.operation import metrics
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, triage
from tests.world import DAY, HOUR, MONDAY, make_case, make_member, move, owed

NOW = MONDAY  # a Monday, so that a lead's digest also tells of the team's week
DATES = (-9 * DAY, -HOUR, timedelta(0), timedelta.resolution, HOUR, 3 * DAY)
SNOOZES = (None, None, NOW - HOUR, NOW, NOW + 2 * DAY)
LATE = {Section.STUCK, Section.OVERDUE, Section.WAITING}
LIMIT = 200


class GeneratedWorld:
    """Cases that are open, snoozed or closed, with follow-ups of all kinds: late, due now, due later."""

    def __init__(self, seed: int, members: list[Member]) -> None:
        self.random, self.owners = random.Random(seed), [None, *(member.id for member in members)]

    async def fill(self) -> None:
        cases = [self._case(number) for number in range(1, today.LANE_ROWS + 1)]
        await tables.Case.insert(*cases)
        await tables.FollowUp.insert(*(row for case in cases for row in self._follow_ups(case)))
        async with transaction():
            for case in cases:
                await follow_ups.refresh(case.id)

    def _case(self, number: int) -> tables.Case:
        stage = self.random.choice([Stage.WORKING] * 4 + [Stage.CLOSED])
        closed = {"outcome": Outcome.SETTLED, "closed_at": NOW - DAY} if stage is Stage.CLOSED else {}
        snoozed_until = None if closed else self.random.choice(SNOOZES)
        dates = {"opened_at": NOW - 20 * DAY, "moved_at": NOW - 20 * DAY, "snoozed_until": snoozed_until}
        about: dict[str, Any] = {"number": number, "title": "", "platform": "x", "stage": stage}
        owner = self.random.choice(self.owners)
        return tables.Case(id=uuid4(), owner=owner, **about, **dates, **closed)

    def _follow_ups(self, case: tables.Case) -> Iterator[tables.FollowUp]:
        kinds = sorted(OUTLIVE_CASE) if case.closed_at else list(FollowUpKind)
        for kind in self.random.sample(kinds, self.random.randint(0, min(3, len(kinds)))):
            for _ in range(self.random.randint(1, 2) if KINDS[kind].several else 1):
                yield self._follow_up(case, kind)

    def _follow_up(self, case: tables.Case, kind: FollowUpKind) -> tables.FollowUp:
        due_at = NOW + self.random.choice(DATES)
        owner = self.random.choice(self.owners[1:]) if KINDS[kind].own_owner else case.owner
        paused_at = NOW - 20 * DAY if self.random.random() < 0.1 else None
        dates = {"starts_at": NOW - 20 * DAY, "created_at": NOW - 20 * DAY, "due_at": due_at}
        return tables.FollowUp(
            id=uuid4(),
            case=case.id,
            kind=kind,
            owner=owner,
            next_at=None if paused_at else due_at,
            paused_at=paused_at,
            allotted=3600,
            steps=[],
            **dates,
        )


async def late(by: Member, *whose: Whose) -> list[AgendaEntry]:
    found: list[AgendaEntry] = []
    for one in whose:
        page = await agenda.overdue(Act(by, NOW), whose=one, limit=LIMIT)
        counted = await agenda.count_overdue(Act(by, NOW), whose=one)
        assert counted == OverdueCount(len(page.entries), len({entry.number for entry in page.entries}))
        found += page.entries
    return found


async def overdue_on_today(by: Member, *, mine: bool) -> tuple[set[int], int, int]:
    """The cases of the lane, and how many are overdue above the lanes and in the masthead."""
    shown = await today.lanes(Act(by, NOW), mine=mine)
    cases = [row.number for lane in shown.lanes for row in lane.rows]
    assert len(cases) == len(set(cases)), "a case stands in one lane"
    lane = next(lane for lane in shown.lanes if lane.name == "overdue")
    assert not lane.more
    return (
        {row.number for row in lane.rows},
        shown.overdue,
        (await today.summary(Act(by, NOW), mine=mine)).overdue,
    )


def is_late(row: CaseRow) -> bool:
    is_awake = row.snoozed_until is None or row.snoozed_until <= NOW
    return row.due_at is not None and row.due_at <= NOW and is_awake


async def late_in_the_list(**narrowed: Any) -> list[int]:
    """The late cases of the list, page by page, the latest first."""
    filters, before = CaseFilters(late=True, **narrowed), None
    found: list[CaseRow] = []
    while True:
        page = await cases.page(filters, now=NOW, before=before, limit=3)
        found += page.rows
        if page.next_before is None:
            break
        before = page.next_before
    assert all(is_late(row) for row in found)
    assert found == sorted(found, key=lambda row: (row.due_at or NOW, row.number))
    return [row.number for row in found]


async def active(owners: Collection[UUID | None]) -> list[tuple[datetime, int]]:
    """Date and case of each follow-up that is not silent, of these owners, by the rule alone."""
    of = {case.id: case for case in await tables.Case.objects()}
    return [
        (row.due_at, of[row.case].number)
        for row in await tables.FollowUp.objects()
        if row.owner in owners
        and not silence(
            row.kind,
            **{"state": row.state, "paused_at": row.paused_at, "now": NOW},
            **{"stage": of[row.case].stage, "snoozed_until": of[row.case].snoozed_until},
        )
    ]


async def numbers(where: Any) -> set[int]:
    return {row["number"] for row in await tables.Case.select(tables.Case.number).where(where)}


@pytest.fixture(params=range(8))
async def team(request: pytest.FixtureRequest, database: str) -> list[Member]:
    """A lead and two agents in a generated world."""
    members = [await make_member("lea", role="lead"), await make_member("ada"), await make_member("bob")]
    await GeneratedWorld(request.param, members).fill()
    return members


async def test_everybodys_today_its_numbers_the_agenda_and_the_metrics_agree(team: list[Member]):
    [lea, *_agents] = team
    entries = await late(lea, "everybody")
    expected = {entry.number for entry in entries}
    assert expected, "the generated world has something late"
    assert await overdue_on_today(lea, mine=False) == (expected, len(expected), len(expected))
    assert sum((await metrics.read(now=NOW)).overdue.values()) == len(entries)
    assert sum((await nudges.overdue(now=NOW)).values()) == len(entries)
    digest = await digests.content_of(lea, now=NOW)
    assert digest is not None
    assert digest.week is not None
    assert digest.week.overdue == len(expected)


async def test_a_members_today_agenda_digest_and_preview_agree(team: list[Member]):
    for member in team:
        cases = {entry.number for entry in await late(member, "mine", "team")}
        assert await overdue_on_today(member, mine=True) == (cases, len(cases), len(cases))
        entries = sorted((entry.number, entry.kind) for entry in await late(member, "mine"))
        digest = await digests.content_of(member, now=NOW)
        listed = [one for section in LATE for one in digest.sections.get(section, ())] if digest else []
        assert sorted((one.number, one.kind) for one in listed) == entries
        preview = await previews.at(member, NOW)
        assert sorted((one.number, one.kind) for one in preview.late) == entries


async def test_the_late_cases_of_the_list_and_of_the_board_are_those_of_today(team: list[Member]):
    listed = await late_in_the_list()
    assert sorted(listed) == sorted({entry.number for entry in await late(team[0], "everybody")})
    assert await late_in_the_list(stage="all") == listed
    unowned = await numbers(tables.Case.owner.is_null())
    assert await late_in_the_list(owner="nobody") == [one for one in listed if one in unowned]
    for member in team:
        owned = await numbers(tables.Case.owner == member.id)
        assert await late_in_the_list(owner=member.id) == [one for one in listed if one in owned]
    columns = await board.columns(Act(team[0], NOW), owner=None)
    on_board = [row for column in columns for row in column.rows]
    open_cases = await numbers(tables.Case.stage != Stage.CLOSED)
    expected = [one for one in listed if one in open_cases][: board.COLUMN_ROWS]
    shown = [row.number for row in on_board if is_late(row)]
    assert sorted(shown) == sorted(expected[: len(shown)])
    is_full = len(on_board) == board.COLUMN_ROWS  # a snoozed case stands at its date, and takes a place
    assert len(shown) == len(expected) or is_full


async def test_a_case_has_the_same_date_on_the_board_as_on_today(team: list[Member]):
    lanes = (await today.lanes(Act(team[0], NOW))).lanes
    on_today = {row.number: (row.due_at, row.due_kind) for lane in lanes for row in lane.rows}
    columns = await board.columns(Act(team[0], NOW), owner=None)
    on_board = {row.number: (row.due_at, row.due_kind) for column in columns for row in column.rows}
    shared = on_today.keys() & on_board.keys()
    assert shared
    assert {one: on_board[one] for one in shared} == {one: on_today[one] for one in shared}


async def test_the_next_date_of_today_is_the_first_that_is_not_silent(team: list[Member]):
    everybody = [None, *(member.id for member in team)]
    for member, mine, owners in [(team[0], False, everybody), *((one, True, [None, one.id]) for one in team)]:
        upcoming = [(due_at, number) for due_at, number in await active(owners) if due_at > NOW]
        next_due = (await today.lanes(Act(member, NOW), mine=mine)).next_due
        assert (next_due is None) == (not upcoming)
        if next_due is not None:
            assert next_due.due_at == min(upcoming)[0]
            assert (next_due.due_at, next_due.number) in upcoming


async def test_the_ladder_begins_with_what_is_late(team: list[Member]):
    await case_commands.wake_due(now=NOW)
    expected = {entry.id for entry in await late(team[0], "everybody")}
    async with transaction():
        found = await ladders.late(now=NOW, most=LIMIT)
    assert {UUID(int=row["id"].int) for row in found} == expected


@pytest.mark.parametrize("kind", ["promise", "reminder", "mention"])
async def test_a_snoozed_case_stands_on_today_for_what_goes_on_with_its_own_date_and_kind(
    alice: Member, bob: Member, kind: str
):
    number = await make_case(bob)
    await case_commands.assign(Act(bob, NOW), number, owner=bob.id)
    due_at = NOW + timedelta(minutes=1)
    given = {"words": "A call", "due_at": due_at}
    if kind == "promise":
        await follow_ups.promise(Act(bob, NOW), number, **given)
    elif kind == "reminder":
        await follow_ups.remind(Act(bob, NOW), number, owner=bob.id, **given)
    else:
        await case_commands.note(Act(alice, NOW), number, text="@bob look")
        due_at = (await owed(number))["mention"]["due_at"]
    await case_commands.snooze(Act(bob, NOW), number, until=NOW + 9 * DAY, wake_on_reply=True)
    [row] = (await today.lanes(Act(bob, NOW + DAY), mine=True)).lanes[1].rows
    assert (row.number, row.due_at, row.due_kind, row.snoozed_until) == (number, due_at, kind, None)
    assert (await today.summary(Act(alice, NOW + DAY))).overdue == 1


async def test_a_draft_to_read_is_the_readers_and_not_the_owners(alice: Member, bob: Member):
    number = await make_case(bob)
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to care@bakers.example.")
    await case_commands.snooze(Act(bob, NOW), number, until=NOW + 9 * DAY, wake_on_reply=True)
    read_by = (await owed(number))["approval"]["due_at"]
    assert (await today.summary(Act(alice, read_by), mine=True)).overdue == 1
    assert (await today.summary(Act(bob, read_by), mine=True)).overdue == 0


async def test_cases_that_are_due_at_one_moment_stand_in_the_order_of_their_numbers(bob: Member):
    """As imported ones do; the first ones also where only some fit. Ids are random."""
    numbers = [await make_case(bob, now=NOW - 4 * DAY) for _ in range(today.LANE_ROWS + 5)]
    assert len({row["due_at"] for row in await tables.Case.select(tables.Case.due_at)}) == 1
    assert await late_in_the_list() == numbers
    assert await triage.waiting(now=NOW) == numbers
    for mine in (False, True):
        [lane] = [one for one in (await today.lanes(Act(bob, NOW), mine=mine)).lanes if one.rows]
        assert (lane.name, [row.number for row in lane.rows]) == ("overdue", numbers[: today.LANE_ROWS])
        ahead = await today.lanes(Act(bob, NOW - 6 * DAY), mine=mine)
        assert [row.number for lane in ahead.lanes for row in lane.rows] == numbers[: today.LANE_ROWS]
    for now in (NOW, NOW - 6 * DAY):
        [column] = [one for one in await board.columns(Act(bob, now), owner=None) if one.rows]
        assert [row.number for row in column.rows] == numbers[: board.COLUMN_ROWS]
