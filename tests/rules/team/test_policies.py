"""What the ready-made policies say, literally, and which times no policy may have."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import msgspec
import pytest

from amends.rules.follow_up.follow_ups import due
from amends.rules.team.calendars import Calendars, calendar
from amends.rules.team.policies import (
    LIMIT,
    PRESETS,
    REGULATED_FR,
    REVIEW_LED,
    SMALL_SHOP,
    SOLO,
    Policy,
    Reference,
    WrongPolicy,
    differences,
    kinds_moved,
    named,
    nearest,
    reference,
    term,
)
from amends.rules.team.terms import Term, bd, bh, days, hours, minutes
from amends.rules.vocabulary import FollowUpKind, Severity

PARIS = calendar("Europe/Paris", country="FR")
MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)  # 10:00 in Paris
S1, S2, S3, S4 = Severity
Kind = FollowUpKind


def with_cell(row: str, severity: Severity, given: Term | None) -> Policy:
    cells = list(SMALL_SHOP.rows[row])
    cells[list(Severity).index(severity)] = given
    return replace(SMALL_SHOP, rows={**SMALL_SHOP.rows, row: tuple(cells)})


def at(policy: Policy, kind: Kind, severity: Severity | None = S3, platform: str = "x"):
    found = due(
        kind, severity=severity, platform=platform, calendars=Calendars(PARIS), start=MONDAY, policy=policy
    )
    assert found
    return found.at


@pytest.mark.parametrize(
    ("policy", "kind", "severity", "on_reviews", "expected"),
    [
        (REVIEW_LED, Kind.ACKNOWLEDGE, S3, True, bd(1)),
        (REVIEW_LED, Kind.ACKNOWLEDGE, S3, False, bd(1)),
        (REVIEW_LED, Kind.SECOND_CHANCE, S3, True, days(42)),
        (REGULATED_FR, Kind.ACKNOWLEDGE, S1, False, hours(1)),
        (REGULATED_FR, Kind.ACKNOWLEDGE, S3, False, bd(10)),
        (REGULATED_FR, Kind.ACKNOWLEDGE, S3, True, bd(10)),
        (REGULATED_FR, Kind.RESOLVE_BY, S4, False, days(59)),
        (SOLO, Kind.TRIAGE, S1, False, minutes(60)),
        (SOLO, Kind.NEXT_STEP, S3, False, bd(4)),
        (SOLO, Kind.SECOND_CHANCE, S1, False, days(28)),
    ],
)
def test_a_preset_says_this(
    policy: Policy, kind: Kind, severity: Severity, on_reviews: bool, expected: Term
) -> None:
    assert term(policy, kind, severity, review_site=on_reviews) == expected


def test_ten_working_days_to_acknowledge_are_not_cut_to_a_day():
    assert at(REGULATED_FR, Kind.ACKNOWLEDGE) == datetime(2026, 5, 20, 8, 0, tzinfo=UTC)


def test_two_months_are_never_overrun():
    assert at(REGULATED_FR, Kind.RESOLVE_BY) <= datetime(2026, 7, 4, 8, 0, tzinfo=UTC)


def test_a_solo_member_has_twice_the_time_for_everything():
    for row, cells in SMALL_SHOP.rows.items():
        for one, two in zip(cells, SOLO.rows[row], strict=True):
            assert two == (replace(one, amount=2 * one.amount) if one else None)


def test_a_short_day_may_be_given_another_limit():
    mornings = calendar("Europe/Paris", ((((540, 660),),) * 5 + ((),) * 2))
    start = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
    facts = {"severity": S3, "platform": "x", "calendars": Calendars(mornings), "start": start}
    for cell, latest in ((hours(48), 48), (None, None)):
        found = due(Kind.ACKNOWLEDGE, policy=replace(with_cell(LIMIT, S3, cell)), **facts)
        in_time = due(Kind.ACKNOWLEDGE, policy=with_cell(LIMIT, S3, None), **facts)
        assert found
        assert in_time
        assert found.at == (min(in_time.at, start + timedelta(hours=latest)) if latest else in_time.at)


def test_second_chances_come_on_the_days_of_the_policy_and_say_so():
    mondays = replace(SMALL_SHOP, second_chance_days=frozenset({0}))
    found = due(
        Kind.SECOND_CHANCE,
        severity=S3,
        platform="x",
        calendars=Calendars(PARIS),
        start=MONDAY,
        policy=mondays,
    )
    assert found
    assert found.at == datetime(2026, 6, 1, 8, 0, tzinfo=UTC)  # 25 May is the holiday of Whit Monday
    assert found.steps[2]["why"] == "second_chance_days"


@pytest.mark.parametrize(
    ("row", "severity", "given"),
    [
        ("triage", S3, None),  # nothing else is owed on a new case
        ("contact", S4, None),
        ("wait_ping_2", S3, None),
        ("triage", S1, minutes(0)),
        ("watch_close", S1, days(1000)),
        (LIMIT, S3, bh(4)),
        ("second_chance", S3, bd(21)),
        ("second_chance", S3, hours(48)),
        ("second_chance", S3, days(6)),
    ],
)
def test_a_time_that_makes_no_sense_is_refused_in_its_own_cell(row: str, severity: Severity, given):
    with pytest.raises(WrongPolicy) as refused:
        with_cell(row, severity, given)
    assert list(refused.value.fields) == [f"{row}-{severity}"]


def test_a_policy_without_a_day_for_second_chances_is_refused():
    with pytest.raises(WrongPolicy):
        replace(SMALL_SHOP, second_chance_days=frozenset())


def test_what_nothing_else_hangs_on_may_be_left_out():
    assert term(with_cell("resolve_by", S3, None), Kind.RESOLVE_BY, S3) is None


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_policy_is_plain_words_and_comes_back_from_them(preset: Policy):
    written = msgspec.json.encode(preset)
    assert msgspec.json.decode(written, type=Policy) == preset


def test_a_policy_that_equals_a_preset_bears_its_name():
    assert named(replace(SOLO, name="own")) == SOLO
    assert named(with_cell("resolve_by", S3, None)).name == "own"


def test_a_table_of_ones_own_is_nearest_to_the_preset_from_which_it_differs_least():
    assert nearest(with_cell("triage", S3, bh(3))) is SMALL_SHOP
    assert differences(with_cell("triage", S3, bh(3)), SMALL_SHOP) == {("triage", S3)}
    rows = {**SOLO.rows, "triage": SMALL_SHOP.rows["triage"]}
    assert nearest(replace(SMALL_SHOP, rows=rows)) is SOLO
    assert [nearest(preset) for preset in PRESETS.values()] == list(PRESETS.values())


@pytest.mark.parametrize(
    ("changed", "moved"),
    [
        (SMALL_SHOP, set()),
        (with_cell("triage", S3, bh(3)), {Kind.TRIAGE, Kind.CAME_BACK}),
        (with_cell(LIMIT, S3, hours(20)), {Kind.ACKNOWLEDGE}),
        (with_cell("acknowledge_review", S3, bd(3)), {Kind.ACKNOWLEDGE}),
        (with_cell("wait_ping_2", S3, bd(9)), {Kind.WAIT_PING}),
        (replace(SMALL_SHOP, second_chance_days=frozenset({4})), {Kind.SECOND_CHANCE}),
        (replace(SMALL_SHOP, back_to_pool=S1), set()),
    ],
)
def test_only_the_kinds_whose_times_differ_may_have_another_date(changed: Policy, moved: set[Kind]):
    assert kinds_moved(SMALL_SHOP, changed) == moved


def test_what_is_not_among_the_moved_kinds_has_the_same_date_by_both():
    compared = 0
    for other in (*PRESETS.values(), with_cell("contact", S3, bh(3))):
        for kind in set(Kind) - kinds_moved(SMALL_SHOP, other):
            for severity, platform in product(Severity, ("x", "google")):
                known = {"severity": severity, "platform": platform, "calendars": Calendars(PARIS)}
                one, two = (due(kind, **known, start=MONDAY, policy=each) for each in (SMALL_SHOP, other))
                assert one == two
                compared += one is not None
    assert compared > 100


def test_customers_are_asked_for_the_number_of_the_trade_also_after_a_time_was_changed():
    asked = {name: reference(preset) for name, preset in PRESETS.items()}
    assert asked == {
        "small_shop": Reference.ORDER,
        "review_led": Reference.BOOKING,
        "regulated_fr": Reference.CONTRACT,
        "solo": Reference.ORDER,
    }
    hotel = PRESETS["review_led"]
    changed = named(replace(hotel, rows={**hotel.rows, "triage": SMALL_SHOP.rows["contact"]}))
    assert (changed.name, reference(changed)) == ("own", Reference.BOOKING)
