"""Who is signed in, and for how long?"""

from datetime import timedelta
from uuid import uuid4

import pytest
from argon2 import PasswordHasher

from amends import tables
from amends.rules.team.signed_in import is_alive, life_of
from amends.rules.vocabulary import Role
from amends.services.team import members, passwords, sessions, throttle
from amends.services.team.members import Act, Member
from tests.world import MONDAY

PASSWORD = "violet umbrella sings"
HERE = {"address": "192.0.2.1", "program": "test"}


@pytest.fixture
async def ada(database: str) -> Member:
    return await members.add(
        "ada@example.org", name="Ada", role=Role.AGENT, password=PASSWORD, now=MONDAY, by=None
    )


async def sign_in(email: str = "ada@example.org", password: str = PASSWORD, **changes: object) -> str:
    given = {**HERE, "now": MONDAY, **changes}
    return (await sessions.sign_in(email, password, **given)).token  # type: ignore[arg-type]


async def test_the_token_is_kept_as_a_hash_only(ada: Member) -> None:
    token = await sign_in()
    [row] = await tables.Session.select()
    assert token not in str(row)
    assert await sessions.member_of(token, now=MONDAY) == ada
    assert await sessions.member_of(row["token_hash"], now=MONDAY) is None


@pytest.mark.parametrize(
    ("made", "typed"),
    [
        ("max@bücher.example", "max@xn--bcher-kva.example"),  # as a browser sends it
        ("max@xn--bcher-kva.example", "max@bücher.example"),
    ],
)
async def test_a_member_signs_in_with_any_spelling_of_an_international_address(
    database: str, made: str, typed: str
) -> None:
    added = await members.add(made, name="Max", role=Role.AGENT, password=PASSWORD, now=MONDAY, by=None)
    assert await sessions.member_of(await sign_in(typed), now=MONDAY) == added
    with pytest.raises(members.AlreadyMember):
        await members.add(typed, name="Max", role=Role.AGENT, password=None, now=MONDAY, by=None)


@pytest.mark.parametrize("email", ["nobody@example.org", "gone@example.org", "new@example.org", ""])
async def test_whoever_has_no_password_costs_one_hash_too(ada: Member, email: str) -> None:
    gone = await members.add(
        "gone@example.org", name="Gone", role=Role.AGENT, password=PASSWORD, now=MONDAY, by=None
    )
    await members.disable(gone.id, by=None, now=MONDAY)
    await members.add("new@example.org", name="New", role=Role.AGENT, password=None, now=MONDAY, by=None)
    with pytest.raises(sessions.WrongPassword):
        await sign_in(email)


async def test_the_delay_grows_to_a_quarter_of_an_hour_and_ends(ada: Member) -> None:
    now, waits = MONDAY, []
    for _ in range(15):
        try:
            await sign_in(password="wrong wrong wrong", now=now)
        except throttle.TooManyTries as refused:
            waits.append(int(str(refused.extra["retry_after"])))
            now += timedelta(seconds=waits[-1])
        except sessions.WrongPassword:
            continue
    assert waits == [16, 31, 61, 121, 241]
    assert await sign_in(now=now + timedelta(minutes=15))


async def test_a_success_starts_the_account_again_but_not_the_address(ada: Member) -> None:
    for number in range(19):
        with pytest.raises(sessions.WrongPassword):
            await sign_in(f"m{number}@example.org")
    await sign_in()
    with pytest.raises(sessions.WrongPassword):
        await sign_in("m20@example.org")
    with pytest.raises(throttle.TooManyTries):
        await sign_in()
    assert await sign_in(address="192.0.2.2")


async def fail(times: int, **changes: object) -> None:
    for _ in range(times):
        with pytest.raises((sessions.WrongPassword, throttle.TooManyTries)):
            await sign_in(password="wrong wrong wrong", **changes)


async def test_a_stranger_who_fails_on_purpose_keeps_nobody_out_of_a_known_browser(ada: Member) -> None:
    known = sessions.KnownBrowser("b1", ada.id)
    await fail(30, address="198.51.100.7")
    with pytest.raises(throttle.TooManyTries):
        await sign_in(address="203.0.113.1")
    assert await sign_in(address="198.51.100.7", browser=known)
    await fail(30, address="198.51.100.7")
    assert await sign_in(address="198.51.100.7", browser=known)


async def test_nor_out_of_a_network_in_which_they_have_signed_in(ada: Member) -> None:
    await sign_in(address="2001:db8:1:1::1")
    await fail(30, address="198.51.100.7")
    assert await sign_in(address="2001:db8:1:1:ffff::2")
    with pytest.raises(throttle.TooManyTries):
        await sign_in(address="2001:db8:1:2::1")
    later = MONDAY + throttle.KNOWN_FOR + timedelta(minutes=1)
    await fail(5, address="198.51.100.7", now=later)
    with pytest.raises(throttle.TooManyTries):
        await sign_in(address="2001:db8:1:1::1", now=later)


async def test_a_known_browser_and_a_known_network_have_a_small_budget_too(ada: Member) -> None:
    known = sessions.KnownBrowser("b1", ada.id)
    await fail(5, browser=known)
    with pytest.raises(throttle.TooManyTries):
        await sign_in(browser=known)
    await sign_in(address="192.0.2.9")
    await fail(5, address="192.0.2.9")
    with pytest.raises(throttle.TooManyTries):
        await sign_in(address="192.0.2.9")


async def test_a_browser_is_known_for_its_own_member_only(ada: Member, bob: Member) -> None:
    await fail(5, address="198.51.100.7")
    with pytest.raises(throttle.TooManyTries):
        await sign_in(browser=sessions.KnownBrowser("b1", bob.id))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:1:a:b:c:d", "2001:db8:1:1::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("somewhere", "somewhere"),
    ],
)
def test_ipv6_counts_by_what_one_customer_has(address: str, network: str) -> None:
    assert throttle.network_of(address) == network


async def test_old_failures_are_forgotten(ada: Member) -> None:
    for _ in range(5):
        with pytest.raises(sessions.WrongPassword):
            await sign_in(password="wrong wrong wrong")
    tomorrow = MONDAY + timedelta(days=1, seconds=1)
    for _ in range(5):
        with pytest.raises(sessions.WrongPassword):
            await sign_in(password="wrong wrong wrong", now=tomorrow)
    await sign_in(now=tomorrow + timedelta(minutes=1), address="192.0.2.9")
    assert await tables.FailedSignIn.count() == 1


async def test_a_hash_of_other_costs_is_made_again(ada: Member) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await tables.Member.update({tables.Member.password_hash: old}).where(tables.Member.id == ada.id)
    await sign_in()
    [row] = await tables.Member.select(tables.Member.password_hash)
    assert row["password_hash"] != old
    assert not passwords.is_outdated(row["password_hash"])
    assert await sign_in()


async def test_being_seen_is_written_every_five_minutes_at_most(ada: Member) -> None:
    token = await sign_in()
    for seconds, written in ((299, 0), (300, 300), (599, 300), (600, 600)):
        await sessions.member_of(token, now=MONDAY + timedelta(seconds=seconds))
        [row] = await tables.Session.select(tables.Session.seen_at)
        assert row["seen_at"] == MONDAY + timedelta(seconds=written)


async def test_a_member_lists_and_ends_their_own_sessions_only(ada: Member, bob: Member) -> None:
    token = await sign_in()
    [shown] = await sessions.of_member(ada.id, now=MONDAY)
    await sessions.end(Act(bob, MONDAY), shown.id)
    assert await sessions.member_of(token, now=MONDAY) == ada
    await sessions.end(Act(ada, MONDAY), shown.id)
    assert await sessions.member_of(token, now=MONDAY) is None


async def test_signing_in_forgets_sessions_that_are_over(ada: Member) -> None:
    await sign_in()
    await sign_in(now=MONDAY + timedelta(hours=13))
    assert await tables.Session.count() == 1


async def test_a_member_ends_their_other_sessions_and_nobody_elses(ada: Member) -> None:
    bob = await members.add(
        "bob@example.org", name="Bob", role=Role.ADMIN, password=PASSWORD, now=MONDAY, by=None
    )
    here, elsewhere, bobs = await sign_in(), await sign_in(), await sign_in("bob@example.org")
    await sessions.end_others(Act(ada, MONDAY), here)
    assert await sessions.member_of(elsewhere, now=MONDAY) is None
    assert await sessions.member_of(here, now=MONDAY) == ada
    assert await sessions.member_of(bobs, now=MONDAY) == bob


async def test_the_session_that_asks_comes_first_and_is_marked(ada: Member) -> None:
    here = await sign_in(program="Here")
    await sign_in(program="Later", now=MONDAY + timedelta(minutes=1))
    shown = await sessions.of_member(ada.id, token=here, now=MONDAY + timedelta(minutes=2))
    assert [(one.program, one.here) for one in shown] == [("Here", True), ("Later", False)]


@pytest.mark.parametrize("kept", [False, True])
async def test_what_the_table_forgets_is_what_the_rule_no_longer_counts(ada: Member, kept: bool) -> None:
    life = life_of(kept=kept)
    moment = timedelta(seconds=1)
    ages = [at + by for at in (timedelta(), life.idle, life.longest) for by in (-moment, timedelta(), moment)]
    pairs = [(age, pause) for age in ages for pause in ages if timedelta() <= pause <= age]
    rows = [
        tables.Session(
            id=uuid4(),
            token_hash=f"{place}",
            member=ada.id,
            created_at=MONDAY - age,
            seen_at=MONDAY - pause,
            kept=kept,
        )
        for place, (age, pause) in enumerate(pairs)
    ]
    await tables.Session.insert(*rows)
    await tables.Session.delete().where(sessions.has_ended(MONDAY))
    left = {int(row["token_hash"]) for row in await tables.Session.select()}
    alive = {
        place
        for place, (age, pause) in enumerate(pairs)
        if is_alive(created_at=MONDAY - age, seen_at=MONDAY - pause, kept=kept, now=MONDAY)
    }
    assert left == alive
    assert 0 < len(alive) < len(pairs)
