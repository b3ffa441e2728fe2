"""When more time is proposed, for what, and how much: literally, and whatever the terms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.nudge.figures import Figure, Told
from amends.rules.nudge.proposals import (
    QUIET_FOR,
    Proposal,
    changed_at,
    is_ignored,
    is_quiet,
    lines_of,
    propose,
    widened,
    with_more_time,
)
from amends.rules.team.policies import (
    LONGEST,
    PRESETS,
    REGULATED_FR,
    REVIEWS,
    SMALL_SHOP,
    SOLO,
    Policy,
)
from amends.rules.team.terms import Term, Unit, bd, bh, days, hours, minutes
from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.vocabulary import Severity

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
S1, S2, S3, S4 = Severity


def told(
    times: int = 1,
    *,
    ignored: bool = True,
    kind: Kind = Kind.CONTACT,
    severity: Severity = S3,
    row: str | None = None,
    ago: timedelta = 5 * DAY,
) -> list[Told]:
    sent_at = NOW - ago
    acted_at = None if ignored else sent_at + HOUR
    row = kind.value if row is None else row
    return [Told(kind=kind, sent_at=sent_at, acted_at=acted_at, severity=severity, row=row)] * times


def proposed(several: list[Told], policy: Policy = SMALL_SHOP, **known) -> list[Proposal]:
    return propose(several, policy, **{"changed": {}, "dismissed": {}, "now": NOW, **known})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (minutes(15), minutes(25)),
        (minutes(30), minutes(45)),
        (minutes(40), hours(1)),
        (minutes(45), minutes(75)),
        (minutes(60), minutes(90)),
        (minutes(660), minutes(990)),
        (minutes(661), None),  # rounded up it would be 1,005 minutes
        (minutes(680), hours(17)),
        (hours(1), hours(2)),
        (hours(4), hours(6)),
        (hours(24), hours(36)),
        (hours(47), hours(71)),
        (hours(48), days(3)),
        (hours(49), days(4)),
        (bh(1), bh(2)),
        (bh(2), bh(3)),
        (bd(1), bd(2)),
        (bd(5), bd(8)),
        (days(7), days(11)),
        (bd(666), bd(999)),
        (bd(667), None),
    ],
)
def test_half_as_much_again_is_rounded_up_to_what_people_say(before: Term, after: Term | None):
    assert widened(before) == after


LENGTHS = {Unit.MINUTES: 1, Unit.HOURS: 60, Unit.DAYS: 1440, Unit.WORKING_HOURS: 60, Unit.WORKING_DAYS: 480}
terms = st.builds(Term, st.integers(1, LONGEST), st.sampled_from(Unit))


def minutes_of(term: Term) -> int:
    return term.amount * LENGTHS[term.unit]


def step(before: Term) -> int:
    """To so many minutes half as much again is rounded up."""
    if before.unit is Unit.MINUTES:
        return 5 if before.amount < 40 else 15
    return LENGTHS[Unit.DAYS] if before.unit is Unit.HOURS and before.amount >= 48 else LENGTHS[before.unit]


@pytest.mark.parametrize("unit", Unit)
def test_a_longer_term_is_half_as_long_again_rounded_up_by_less_than_a_step(unit: Unit):
    for before in (Term(amount, unit) for amount in range(1, LONGEST + 1)):
        after, exact = widened(before), minutes_of(before) * 1.5
        if after:
            assert exact <= minutes_of(after) < exact + step(before), before
            assert after.is_working == before.is_working
            assert 1 <= after.amount <= LONGEST
        else:
            assert ceil(exact / step(before)) * step(before) > minutes_of(Term(LONGEST, unit)), before


@given(terms, st.integers(1, 50))
def test_a_longer_term_is_never_given_less_than_a_shorter_one(before: Term, more: int):
    longer = Term(min(before.amount + more, LONGEST), before.unit)
    one, two = widened(before), widened(longer)
    if one and two:
        assert minutes_of(one) <= minutes_of(two)


@pytest.mark.parametrize(
    ("acted", "ignored", "expected"),
    [
        (4, 6, False),
        (3, 7, True),
        (0, 9, False),
        (0, 10, True),
        (40, 60, False),
        (39, 61, True),
        (10, 0, False),
    ],
)
def test_more_than_sixty_of_a_hundred_of_at_least_ten(acted: int, ignored: int, expected: bool):
    assert is_ignored(Figure(acted, ignored)) is expected
    found = proposed(told(acted, ignored=False) + told(ignored))
    assert bool(found) is expected


def test_a_proposal_says_what_was_counted_and_what_it_would_change():
    [found] = proposed(told(8) + told(2, ignored=False) + told(3, ago=HOUR))
    assert (found.kind, found.days, found.figure) == (Kind.CONTACT, 30, Figure(2, 8, 3))
    assert found.changes == (("contact", S3, bd(1), bd(2)),)


def test_only_the_cells_that_were_ignored_get_more_time():
    several = told(10, severity=S3) + told(2, severity=S4, ignored=False) + told(1, severity=S2)
    [found] = proposed(several)
    assert found.changes == (("contact", S2, bh(4), bh(6)), ("contact", S3, bd(1), bd(2)))


def test_a_threat_gets_no_more_time_because_nobody_reacted():
    assert proposed(told(20, severity=S1)) == []
    [found] = proposed(told(20, severity=S1) + told(1, severity=S2))
    assert [severity for _row, severity, _before, _after in found.changes] == [S2]


def test_reviews_and_second_times_have_lines_of_their_own():
    kind = Kind.ACKNOWLEDGE
    [found] = proposed(told(12, kind=kind, row=REVIEWS) + told(2, kind=kind, ignored=False))
    assert found.changes == ((REVIEWS, S3, bd(2), bd(3)),)
    assert lines_of(kind) == ("acknowledge", REVIEWS)
    assert lines_of(Kind.WAIT_PING) == ("wait_ping", "wait_ping_2")


@pytest.mark.parametrize("kind", [Kind.PROMISE, Kind.REMINDER, Kind.SECOND_CHANCE])
def test_what_members_chose_and_what_suits_the_person_stays(kind: Kind):
    assert proposed(told(20, kind=kind)) == []


def test_dates_that_members_chose_say_nothing_of_the_times():
    assert proposed(told(20, row="")) == []


@pytest.mark.parametrize("kind", [Kind.ACKNOWLEDGE, Kind.RESOLVE_BY])
def test_what_the_law_sets_is_not_loosened(kind: Kind):
    assert proposed(told(20, kind=kind), REGULATED_FR) == []
    assert proposed(told(20, kind=kind), replace(REGULATED_FR, name="own"))


def test_the_shorter_period_decides_where_it_has_enough_nudges():
    months_ago = told(30, ago=60 * DAY)
    assert [one.days for one in proposed(months_ago)] == [90]
    assert [one.days for one in proposed(months_ago + told(10))] == [30]
    assert proposed(months_ago + told(10, ignored=False)) == []
    assert [one.days for one in proposed(months_ago + told(9, ignored=False))] == [90]
    assert proposed(told(30, ago=91 * DAY)) == []


def test_nudges_from_before_the_times_were_changed_do_not_count():
    several = told(20, ago=6 * DAY) + told(9)
    assert proposed(several)
    assert proposed(several, changed={Kind.CONTACT: NOW - 5.5 * DAY}) == []
    assert proposed(several, changed={Kind.TRIAGE: NOW - 5.5 * DAY})


def test_a_dismissed_proposal_stays_away_for_ninety_days():
    several = told(20)
    for ago, stays_away in ((timedelta(0), True), (QUIET_FOR - HOUR, True), (QUIET_FOR, False)):
        assert is_quiet(NOW - ago, now=NOW) is stays_away
        assert bool(proposed(several, dismissed={Kind.CONTACT: NOW - ago})) is not stays_away
    assert not is_quiet(None, now=NOW)


def test_the_policy_with_more_time_differs_in_those_cells_alone():
    found = proposed(told(10))
    wider = with_more_time(SMALL_SHOP, found)
    assert wider.rows["contact"] == (hours(2), bh(4), bd(2), bd(5))
    assert wider == replace(
        SMALL_SHOP, name="own", rows={**SMALL_SHOP.rows, "contact": wider.rows["contact"]}
    )
    assert with_more_time(SOLO, []) == replace(SOLO, name="own")


@given(
    st.sampled_from(list(PRESETS.values())),
    st.lists(
        st.builds(
            lambda kind, severity, ignored: told(kind=kind, severity=severity, ignored=ignored)[0],
            st.sampled_from(Kind),
            st.sampled_from(Severity),
            st.booleans(),
        ),
        max_size=120,
    ),
)
def test_whatever_is_proposed_can_be_adopted_and_makes_no_time_shorter(policy: Policy, several: list[Told]):
    found = proposed(several, policy)
    wider = with_more_time(policy, found)  # a policy that made no sense would not come to be
    assert wider.rows["triage"][0] == policy.rows["triage"][0]
    assert {one.kind for one in found} == {
        Kind(row.removesuffix("_2")) for row in policy.rows if wider.rows[row] != policy.rows[row]
    }


def version(policy: Policy, ago: timedelta) -> tuple[Policy, datetime]:
    return policy, NOW - ago


def test_the_times_of_a_kind_count_since_they_last_changed():
    tight = replace(SMALL_SHOP, rows={**SMALL_SHOP.rows, "contact": (hours(1), bh(1), bh(1), bh(1))})
    other = replace(tight, rows={**tight.rows, "triage": (minutes(5), bh(1), bh(1), bh(1))})
    versions = [version(other, DAY), version(tight, 9 * DAY)]
    assert changed_at(Kind.CONTACT, versions) == NOW - 9 * DAY
    assert changed_at(Kind.TRIAGE, versions) == NOW - DAY
    assert changed_at(Kind.RESOLVE_BY, versions) is None
    assert changed_at(Kind.CONTACT, []) is None
