"""What counts as acting on a nudge, and what the figures make of it, literally."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.nudge.figures import ACTS, Aftermath, Figure, Told, aftermath, by_kind, figure
from amends.rules.vocabulary import EntryKind, FollowUpKind

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
CONTACT, TRIAGE = FollowUpKind.CONTACT, FollowUpKind.TRIAGE


def told(sent: timedelta, acted: timedelta | None = None, kind: FollowUpKind = CONTACT) -> Told:
    """A nudge sent so long ago, and acted on so long after."""
    sent_at = NOW - sent
    return Told(kind=kind, sent_at=sent_at, acted_at=None if acted is None else sent_at + acted)


@pytest.mark.parametrize(
    ("sent", "acted", "expected"),
    [
        (2 * DAY, SECOND, Aftermath.ACTED),
        (2 * DAY, DAY, Aftermath.ACTED),
        (2 * DAY, DAY + SECOND, Aftermath.IGNORED),
        (2 * DAY, None, Aftermath.IGNORED),
        (DAY, None, Aftermath.IGNORED),
        (DAY - SECOND, None, Aftermath.TOO_EARLY),
        (DAY - SECOND, HOUR, Aftermath.TOO_EARLY),  # else those of today would look better than they are
        (timedelta(0), None, Aftermath.TOO_EARLY),
    ],
)
def test_a_nudge_is_acted_on_within_a_day_of_the_clock(sent, acted, expected: Aftermath):
    assert aftermath(told(sent, acted), now=NOW) is expected


@pytest.mark.parametrize(
    "kind",
    [
        EntryKind.CAPTURED,
        EntryKind.SEEN_AGAIN,
        EntryKind.EVIDENCE_KEPT,
        EntryKind.WOKEN,
        EntryKind.UNDONE,
        EntryKind.NUDGED,
    ],
)
def test_what_happens_by_itself_or_takes_something_back_is_no_act(kind: EntryKind):
    assert kind not in ACTS


@pytest.mark.parametrize(
    "kind",
    ["moved", "assigned", "snoozed", "noted", "touchpoint", "follow_up_completed", "follow_up_rescheduled"],
)
def test_what_a_member_does_to_a_case_is_an_act(kind: str):
    assert EntryKind(kind) in ACTS


def test_a_figure_says_nothing_of_nudges_that_are_too_young():
    found = figure([told(2 * DAY, HOUR), told(2 * DAY), told(2 * DAY), told(HOUR)], now=NOW)
    assert found == Figure(acted=1, ignored=2, too_early=1)
    assert (found.sent, found.judged, found.ignored_percent) == (4, 3, 67)
    assert figure([told(HOUR)], now=NOW).ignored_percent == 0


def test_kinds_come_in_their_order_and_only_those_that_were_nudged_since_then():
    several = [told(2 * DAY), told(3 * DAY, kind=TRIAGE), told(40 * DAY, kind=FollowUpKind.PROMISE)]
    found = by_kind(several, since=NOW - 30 * DAY, now=NOW)
    assert list(found.items()) == [(TRIAGE, Figure(ignored=1)), (CONTACT, Figure(ignored=1))]


moments = st.timedeltas(min_value=timedelta(0), max_value=95 * DAY)
nudges = st.lists(
    st.builds(told, moments, st.none() | moments, st.sampled_from((CONTACT, TRIAGE))), max_size=40
)


@given(nudges, moments)
def test_every_nudge_is_counted_once_and_a_longer_period_never_has_fewer(
    several: list[Told], back: timedelta
):
    short = by_kind(several, since=NOW - back, now=NOW)
    long = by_kind(several, since=NOW - 95 * DAY, now=NOW)
    assert sum(one.sent for one in long.values()) == len(several)
    for kind, found in short.items():
        assert found.acted <= long[kind].acted
        assert found.ignored <= long[kind].ignored
        assert found.too_early <= long[kind].too_early


@given(moments, moments)
def test_what_was_acted_on_stays_so_however_late_one_looks(sent: timedelta, later: timedelta):
    one = told(sent, HOUR)
    if aftermath(one, now=NOW) is Aftermath.ACTED:
        assert aftermath(one, now=NOW + later) is Aftermath.ACTED
