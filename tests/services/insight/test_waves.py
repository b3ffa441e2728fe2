"""Does the worker notice when more people than usual write, tell who is on duty once, and let it end?"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from amends import tables
from amends.database import bound
from amends.services.desk import case_themes, themes, waves
from amends.services.desk.waves import Wave, WaveUnknown
from amends.services.insight import counting
from amends.services.insight.waves import look
from amends.services.nudge import notice_messages
from amends.services.team.members import Act, Member
from tests.services.insight.test_concerns import author
from tests.world import DAY, HOUR, MONDAY, make_case

TEXT = "Boycott this bakery, they put nails into their cakes and laugh about it"


async def written(
    by: Member, people: Sequence[int], *, now: datetime = MONDAY, text: str = TEXT
) -> list[int]:
    """A case of each of these people, posted as it was captured."""
    posted = {"postedAt": now.isoformat(), "text": text}
    return [await make_case(by, now=now, author=author(f"who{one}"), **posted) for one in people]


async def looked(now: datetime = MONDAY) -> dict[str, Wave]:
    """The waves that are not over, by the kind of their scope."""
    while await counting.count_changed():
        pass
    await look(now=now)
    return {one.scope.partition(":")[0]: one for one in await waves.current()}


async def told() -> list[object]:
    rows = await tables.Notice.select(tables.Notice.member)
    return [row["member"] for row in rows]


async def test_five_people_with_one_text_are_a_wave_in_every_scope_and_four_are_none(bob: Member):
    await written(bob, range(4))
    assert await looked() == {}
    await written(bob, [4])
    found = await looked()
    assert set(found) == {"all", "platform", "text"}
    one = found["text"]
    assert (one.people, one.usual, one.line, one.hours, one.verdict) == (5, 0, 5, 3, "shared")
    assert one.known["alike"] == 5


async def test_one_person_with_many_posts_is_no_wave(bob: Member):
    await written(bob, [1] * 9)
    assert await looked() == {}


async def test_old_posts_that_are_captured_in_one_sitting_are_no_wave(bob: Member):
    for one in range(8):
        posted = (MONDAY - 60 * DAY).isoformat()
        await make_case(bob, author=author(f"who{one}"), text=TEXT, postedAt=posted)
    assert await looked() == {}


async def test_what_is_usual_at_these_hours_is_no_wave(bob: Member):
    for week in (1, 2, 3, 4):
        await written(
            bob, range(4), now=MONDAY - week * 7 * DAY, text=f"Week {week}: nothing but trouble with them"
        )
    await written(bob, range(10, 16), text="")
    assert await looked() == {}


async def test_a_theme_is_watched_by_itself(alice: Member, bob: Member):
    theme = await themes.make(Act(alice, MONDAY), "Late parcels")
    for number in await written(bob, range(5), text=""):
        await case_themes.choose(Act(bob, MONDAY), number, add_to=[theme])
    assert (await looked())["theme"].scope == f"theme:{theme}"


async def test_a_raid_looks_coordinated_and_the_members_verdict_stands_beside(bob: Member):
    await written(bob, range(12))
    one = (await looked())["text"]
    assert one.verdict == "coordinated"
    await waves.judge(Act(bob, MONDAY), one.id, "shared")
    again = (await looked())["text"]
    assert (again.verdict, again.judged, again.judged_by and again.judged_by.name) == (
        "coordinated",
        "shared",
        "Bob",
    )
    await waves.judge(Act(bob, MONDAY), one.id, "")
    assert (await looked())["text"].judged_by is None


async def test_the_leads_are_told_once_and_again_at_each_doubling_while_nobody_is_on_duty(
    alice: Member, bob: Member
):
    await written(bob, range(5))
    scopes = len(await looked())
    assert await told() == [alice.id] * scopes
    await looked(MONDAY + HOUR / 4)
    assert len(await told()) == scopes
    await written(bob, range(5, 10))
    await looked(MONDAY + HOUR / 2)
    assert len(await told()) == 2 * scopes


async def test_the_message_says_the_sum_in_one_sentence_for_each_scope(alice: Member, bob: Member):
    await written(bob, range(5))
    await looked()
    target, nudge = tables.Target, tables.Nudge
    place = target(name="phone", sealed="x", masked="x", created_at=MONDAY)
    await target.insert(place)
    times = {"run_at": MONDAY, "created_at": MONDAY}
    sent = nudge(kind="notice", key="notice", audience="owner", member=alice.id, target=place.id, **times)
    await nudge.insert(sent)
    await tables.Notice.update({tables.Notice.nudge: sent.id}).where(tables.Notice.member == alice.id)
    said = await notice_messages.message(alice.id, sent.id, base_url="https://amends.example.org", now=MONDAY)
    assert said
    assert said.title == "More complaints than usual"
    assert "Nearly the same text: 5 people in 3 hours; usual: 0; we warn from 5." in said.body
    assert "https://amends.example.org/problems" in said.body


async def test_accounts_addresses_and_reach_are_counted_as_captured(bob: Member):
    for one in range(6):
        seen = author(f"who{one}") | {"followers": 100}
        since = {"authorSince": (MONDAY - DAY).isoformat() if one else "last <spring>"}
        text = f"Number {one} says: read https://blog.example/lies?by={one}, all of it, now"
        await make_case(bob, author=seen, text=text, context=since, postedAt=MONDAY.isoformat())
    known = (await looked())["all"].known
    assert {name: known[name] for name in ("link", "young", "young_known", "reach", "reach_known")} == {
        "link": 6,
        "young": 5,
        "young_known": 5,
        "reach": 600,
        "reach_known": 6,
    }


async def test_it_ends_after_a_day_without_crossing_its_line(bob: Member):
    await written(bob, range(5))
    assert await looked()
    later = MONDAY + 8 * DAY
    await looked(later)
    assert await waves.current() == []


async def test_a_storm_does_not_warn_a_second_time_while_it_is_still_in_the_week(bob: Member):
    await written(bob, range(9))
    assert await looked()
    assert await looked(MONDAY + 5 * HOUR)
    later = MONDAY + 3 * DAY
    await tables.Wave.update({tables.Wave.ended_at: later}, force=True)
    assert await looked(later) == {}, "nine people in seven days, all told of already"


async def test_a_wave_that_is_gone_cannot_be_judged(bob: Member):
    with pytest.raises(WaveUnknown):
        await waves.judge(Act(bob, MONDAY), bob.id, "shared")


async def asked(now: datetime, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements of one look."""
    heard: list[str] = []
    run_statement = bound().run_statement

    async def hearing(text: str, *given: object, **named: object) -> object:
        heard.append(text)
        return await run_statement(text, *given, **named)

    monkeypatch.setattr(bound(), "run_statement", hearing)
    await look(now=now)
    monkeypatch.undo()
    return heard


def reads_cases(heard: list[str]) -> bool:
    return any("case_file" in one for one in heard)


async def test_the_weeks_are_read_only_when_something_is_new(bob: Member, monkeypatch: pytest.MonkeyPatch):
    await written(bob, range(4))
    await looked()
    later = MONDAY + timedelta(minutes=1)
    idle = await asked(later, monkeypatch)
    assert len(idle) == 2
    assert not reads_cases(idle)

    await written(bob, [4], now=later)
    while await counting.count_changed():
        pass
    assert reads_cases(await asked(later, monkeypatch))
    assert [one.people for one in await waves.current()] == [5, 5, 5]
    assert len(await asked(later, monkeypatch)) == 2


async def test_the_weeks_are_read_once_an_hour_and_when_a_wave_may_end(
    bob: Member, monkeypatch: pytest.MonkeyPatch
):
    await written(bob, range(5))
    await looked()
    assert reads_cases(await asked(MONDAY + HOUR, monkeypatch))
    await tables.Wave.update({tables.Wave.seen_at: MONDAY - DAY}, force=True)
    assert reads_cases(await asked(MONDAY + HOUR, monkeypatch))


async def test_two_workers_that_look_at_once_begin_one_wave(bob: Member):
    await written(bob, range(5))
    while await counting.count_changed():
        pass
    await asyncio.gather(look(now=MONDAY), look(now=MONDAY))
    assert len(await waves.current()) == 3
