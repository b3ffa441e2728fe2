"""Which cases go by their retention period, and which never do?"""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.database import add, run
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.operation.retention import Plan, Term
from amends.services.case import legal_hold_checks
from amends.services.operation import retention
from amends.services.operation.retention import commands, erasing, listing, plan
from amends.services.operation.verification import verify
from amends.services.person import legal_holds
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, case_row, entries, make_case, make_member

MONTHS = {"ended": 24, "silence": 12, "refused": 1, "threat": 72}
KINDS: dict[str, dict[str, object]] = {
    "ended": {"outcome": "settled"},
    "silence": {"outcome": "let_go", "stance": "watch_in_silence"},
    "refused": {"outcome": "not_ours"},
    "threat": {"outcome": "referred"},
}
ON = Plan(is_on=True)
LATER = MONDAY + 3000 * DAY


@pytest.fixture
def erased_list(tmp_path: Path) -> ErasedList:
    return ErasedList(tmp_path)


@pytest.fixture
async def ada(database: str) -> Member:
    return await make_member("ada", role="admin")


async def closed(by: Member, *, at: datetime = MONDAY, **columns: object) -> int:
    """The number of a case that ended so at that instant, and owes nothing."""
    handle = f"@u{uuid4().hex[:12]}"
    number = await make_case(by, author={"name": "U", "handle": handle, "url": f"https://x.com/{handle[1:]}"})
    values = {"stage": "closed", "outcome": "settled", "closed_at": at} | columns
    await tables.Case.update(values).where(tables.Case.number == number)  # type: ignore[arg-type]
    await settle(number)
    return number


async def settle(number: int) -> None:
    await run("UPDATE follow_up SET state = 'dropped' WHERE \"case\" = :case_id", case_id=await id_of(number))


async def owe(number: int) -> None:
    await run(
        "UPDATE follow_up SET state = 'due' WHERE \"case\" = :case_id AND kind = 'triage'",
        case_id=await id_of(number),
    )


async def id_of(number: int) -> UUID:
    return UUID(str((await case_row(number))["id"]))


async def a_day(erased_list: ErasedList, now: datetime) -> None:
    """What the worker does of it."""
    while await retention.review(now=now):
        pass
    while await retention.erase_next(erased_list, now=now):
        pass


async def erased() -> list[int]:
    rows = await run("SELECT number FROM case_file WHERE outcome = 'erased' ORDER BY number")
    return [row["number"] for row in rows]


async def listed() -> list[int]:
    rows = await run(
        'SELECT c.number FROM retention_case AS l JOIN case_file AS c ON c.id = l."case" '
        "WHERE l.kept_until IS NULL ORDER BY c.number"
    )
    return [row["number"] for row in rows]


async def test_nothing_is_listed_and_nothing_goes_before_an_admin_has_switched_it_on(
    ada: Member, erased_list: ErasedList
):
    number = await closed(ada)
    for day in (0, 40):
        await a_day(erased_list, LATER + day * DAY)
    assert (await erased(), await listed()) == ([], [])
    assert (await plan.standing()).is_on is False
    assert await listing.counts(Plan(), now=LATER) == {Term.ENDED: {"goes": 1, "held": 0, "owing": 0}}
    assert (await case_row(number))["outcome"] == "settled"


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_case_goes_after_its_own_period_and_the_whole_notice(
    ada: Member, erased_list: ErasedList, kind: str
):
    number = await closed(ada, **KINDS[kind])
    await commands.change(Act(ada, MONDAY), ON)
    month, year = (MONDAY.month - 1 + MONTHS[kind]) % 12 + 1, MONDAY.year + (3 + MONTHS[kind]) // 12
    over = MONDAY.replace(year=year, month=month)
    await a_day(erased_list, over - DAY)
    assert await listed() == []
    await a_day(erased_list, over)
    assert await listed() == [number]
    await a_day(erased_list, over + 30 * DAY)
    assert await erased() == []
    await a_day(erased_list, over + 31 * DAY)
    assert await erased() == [number]
    assert await listed() == []


async def test_a_threat_that_was_flagged_is_kept_as_one_however_it_ended(ada: Member):
    number = await closed(ada)
    await add(tables.Threat, id=uuid4(), case=await id_of(number), stage_before="new", flagged_at=MONDAY)
    assert await listing.counts(Plan(), now=MONDAY + 800 * DAY) == {}
    assert [*await listing.counts(Plan(), now=LATER)] == [Term.THREAT]


async def test_a_duplicate_goes_after_the_case_that_it_was_merged_into(ada: Member, erased_list: ErasedList):
    kept = await closed(ada)
    other = await closed(ada, outcome="duplicate", duplicate_of=await id_of(kept))
    await commands.change(Act(ada, MONDAY), ON)
    await a_day(erased_list, LATER)
    assert await listed() == [kept]
    await a_day(erased_list, LATER + 31 * DAY)
    assert (await erased(), await listed()) == ([kept], [])
    await a_day(erased_list, LATER + 32 * DAY)
    assert await listed() == [other]


async def test_a_hold_on_a_person_who_only_commented_or_on_a_merged_case_keeps_it(
    ada: Member, erased_list: ErasedList
):
    kept, other = await closed(ada), await closed(ada)
    merged = await closed(ada, outcome="duplicate", duplicate_of=await id_of(kept))
    writer = (await case_row(other))["author"]
    await run("UPDATE case_file SET author = NULL WHERE number = :number", number=other)
    review = (LATER + 900 * DAY).date()
    await legal_holds.place(Act(ada, MONDAY), number=merged, reason="Trial", review_on=review)
    await legal_holds.place(Act(ada, MONDAY), author=writer, reason="Trial", review_on=review)
    await commands.change(Act(ada, MONDAY), ON)
    await a_day(erased_list, LATER)
    assert await listed() == []
    assert (await listing.counts(ON, now=LATER))[Term.ENDED] == {"goes": 0, "held": 2, "owing": 0}


async def test_a_hold_after_listing_keeps_the_case_and_lifted_the_notice_begins_anew(
    ada: Member, erased_list: ErasedList
):
    number = await closed(ada)
    await commands.change(Act(ada, MONDAY), ON)
    await a_day(erased_list, LATER)
    review = (LATER + 900 * DAY).date()
    await legal_holds.place(Act(ada, LATER), number=number, reason="Trial", review_on=review)
    while await retention.erase_next(erased_list, now=LATER + 40 * DAY):
        pass
    assert (await erased(), await listed()) == ([], [])
    [hold] = await legal_hold_checks.of_case(await id_of(number))
    await legal_holds.lift(Act(ada, LATER), hold.id, reason="Over")
    await a_day(erased_list, LATER + 41 * DAY)
    await a_day(erased_list, LATER + 71 * DAY)
    assert await erased() == []
    await a_day(erased_list, LATER + 72 * DAY)
    assert await erased() == [number]


async def test_a_lead_keeps_a_case_until_a_day_for_a_reason_and_then_it_is_listed_anew(
    ada: Member, erased_list: ErasedList
):
    number, until = await closed(ada), (LATER + 100 * DAY).date()
    await commands.change(Act(ada, MONDAY), ON)
    with pytest.raises(commands.NotListed):
        await commands.keep(Act(ada, LATER), number, reason="Insurer", until=until)
    await a_day(erased_list, LATER)
    await commands.keep(Act(ada, LATER), number, reason="Insurer", until=until)
    assert (await entries(number))[-1] == "kept_longer"
    await a_day(erased_list, LATER + 99 * DAY)
    assert (await erased(), await listed()) == ([], [])
    await a_day(erased_list, LATER + 100 * DAY)
    assert await listed() == [number]
    await commands.keep(Act(ada, LATER + 100 * DAY), number, reason="Again", until=until + 50 * DAY)
    await commands.keep_no_longer(Act(ada, LATER + 101 * DAY), number)
    await a_day(erased_list, LATER + 101 * DAY)
    assert await listed() == [number]


@pytest.mark.parametrize(("reason", "days"), [("", 10), ("Insurer", 0), ("Insurer", 4000), ("Insurer", None)])
async def test_keeping_asks_for_a_reason_and_a_day_within_ten_years(
    ada: Member, reason: str, days: int | None
):
    until = None if days is None else (MONDAY + days * DAY).date()
    with pytest.raises(commands.KeptWithoutReason):
        await commands.keep(Act(ada, MONDAY), 1, reason=reason, until=until)


async def test_only_leads_keep_and_only_admins_change_the_plan(ada: Member, alice: Member, bob: Member):
    with pytest.raises(commands.KeepingNotYours):
        await commands.keep(Act(bob, MONDAY), 1, reason="x", until=(MONDAY + DAY).date())
    with pytest.raises(commands.KeepingNotYours):
        await commands.keep_no_longer(Act(bob, MONDAY), 1)
    with pytest.raises(Exception, match="admin"):
        await commands.change(Act(alice, MONDAY), ON)


@pytest.mark.parametrize("wrong", [{"ended": -1}, {"threat": 361}, {"notice_days": 6}, {"notice_days": 366}])
async def test_a_plan_that_cannot_be_is_refused(ada: Member, wrong: dict[str, int]):
    with pytest.raises(commands.WrongRetention):
        await commands.change(Act(ada, MONDAY), Plan(is_on=True, **wrong))
    assert await plan.standing() == Plan()


async def test_switched_off_the_list_is_empty_at_once(ada: Member, erased_list: ErasedList):
    await closed(ada)
    await commands.change(Act(ada, MONDAY), ON)
    await a_day(erased_list, LATER)
    await commands.change(Act(ada, LATER), Plan())
    assert await listed() == []
    await a_day(erased_list, LATER + 40 * DAY)
    assert await erased() == []
    [first, second] = await run("SELECT about FROM audit_event WHERE kind = 'setting_changed' ORDER BY at")
    assert first["about"] == second["about"] == "retention"


async def test_each_goes_in_its_own_transaction_and_after_a_kill_the_rest_goes_on(
    ada: Member, erased_list: ErasedList, tmp_path: Path
):
    numbers = [await closed(ada) for _case in range(erasing.A_SLICE + 2)]
    await commands.change(Act(ada, MONDAY), ON)
    await a_day(erased_list, LATER)
    assert await retention.erase_next(erased_list, now=LATER + 31 * DAY)
    assert await erased() == numbers[: erasing.A_SLICE]
    assert not await retention.erase_next(ErasedList(tmp_path), now=LATER + 31 * DAY)
    assert await erased() == numbers
    assert len(erased_list.read()) == len(numbers)
    told = await run("SELECT actor, about FROM audit_event WHERE kind = 'case_erased' ")
    assert sorted((int(row["about"]), row["actor"]) for row in told) == [(one, "system") for one in numbers]
    assert (await verify(FolderEvidenceFiles(tmp_path / "evidence"))).found == []


async def test_drafts_that_were_never_sent_go_from_closed_cases_that_nothing_holds(ada: Member):
    old, held, fresh = [await closed(ada, draft="Dear U") for _case in range(3)]
    open_case = await make_case(ada)
    await run("UPDATE case_file SET draft = 'Dear Dana' WHERE number = :number", number=open_case)
    await run(
        "UPDATE case_file SET closed_at = :at WHERE number = :number", at=MONDAY + 90 * DAY, number=fresh
    )
    review = (LATER + DAY).date()
    await legal_holds.place(Act(ada, MONDAY), number=held, reason="Trial", review_on=review)
    await erasing.delete_drafts(now=MONDAY + 100 * DAY)
    assert (await case_row(old))["draft"] == "Dear U", "it is off"
    await commands.change(Act(ada, MONDAY), ON)
    await erasing.delete_drafts(now=MONDAY + 100 * DAY)
    drafts = {number: (await case_row(number))["draft"] for number in (old, held, fresh, open_case)}
    assert drafts == {old: "", held: "Dear U", fresh: "Dear U", open_case: "Dear Dana"}


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_only_what_was_listed_for_the_whole_notice_goes(
    ada: Member, erased_list: ErasedList, tmp_path: Path, seed: int
):
    """Against a second, simpler telling: the same cases go on the same days on either database."""
    chance = random.Random(seed)
    state = {}
    for kind in [*KINDS] * 3:
        at = MONDAY + chance.randrange(60) * DAY
        number = await closed(ada, at=at, **KINDS[kind])
        state[number] = {"at": at, "kind": kind, "held": False, "owing": False, "open": False, "since": None}
    wanted = Plan(is_on=True, ended=2, silence=1, refused=1, threat=3, notice_days=7)
    await commands.change(Act(ada, MONDAY), wanted)
    expected, seen = {}, defaultdict(list)
    for day in range(60, 180, 3):
        now = MONDAY + day * DAY
        number = chance.choice([*state])
        await happen(chance.choice(["held", "owing", "open", "nothing"]), number, state, ada, now)
        while await retention.review(now=now):
            pass
        for one in await listed():
            seen[one].append(now)
        while await retention.erase_next(erased_list, now=now):
            pass
        expected |= told_simply(state, wanted, now)
        assert await erased() == sorted(expected)
        for one in set(await erased()) & seen.keys():
            notice = [at for at in seen.pop(one) if at <= now]
            assert notice[-1] - notice[0] > timedelta(days=7)
    assert expected, "something went"
    assert (await verify(FolderEvidenceFiles(tmp_path / "evidence"))).found == []


async def happen(what: str, number: int, state: dict, by: Member, now: datetime) -> None:
    """Somebody places or lifts a hold, owes or settles something, opens the case or closes it again."""
    one = state[number]
    if what == "nothing" or one["kind"] == "gone":
        return
    one[what] = not one[what]
    if what == "held" and one["held"]:
        review = (now + DAY).date()
        await legal_holds.place(Act(by, now), number=number, reason="Trial", review_on=review)
    elif what == "held":
        [hold] = await legal_hold_checks.of_case(await id_of(number))
        await legal_holds.lift(Act(by, now), hold.id, reason="Over")
    elif what == "owing":
        await (owe if one["owing"] else settle)(number)
    else:
        outcome = str(KINDS[one["kind"]]["outcome"])
        values = (
            {"stage": "working", "outcome": None, "closed_at": None}
            if one["open"]
            else {"stage": "closed", "outcome": outcome, "closed_at": now}
        )
        one["at"] = one["at"] if one["open"] else now
        await tables.Case.update(values).where(tables.Case.number == number)  # type: ignore[arg-type]


def told_simply(state: dict, wanted: Plan, now: datetime) -> dict[int, datetime]:
    """Which cases go at this instant, by a list that is kept here."""
    gone = {}
    for number, one in state.items():
        if one["kind"] == "gone":
            continue
        month = one["at"].month - 1 + getattr(wanted, one["kind"])
        over = one["at"].replace(year=one["at"].year + month // 12, month=month % 12 + 1, day=1)
        last = (over.replace(day=28) + 4 * DAY).replace(day=1) - DAY
        over = over.replace(day=min(one["at"].day, last.day))
        goes = not (one["held"] or one["owing"] or one["open"]) and over.date() <= now.date()
        one["since"] = (one["since"] or now) if goes else None
        if one["since"] and (now - one["since"]).days > wanted.notice_days:
            one["kind"], gone[number] = "gone", now
    return gone
