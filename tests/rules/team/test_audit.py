"""What may the audit log keep, and what of it?"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.audit import (
    KINDS,
    MONTH,
    PRUNED_EVERY,
    differences,
    kinds_of,
    pruned_before,
    shortened,
)
from amends.rules.vocabulary.audit import AuditGroup, AuditKind
from tests.world import MONDAY


def test_every_kind_of_event_says_what_it_is_about_and_what_it_keeps():
    assert set(KINDS) == set(AuditKind)
    assert sorted(kind for group in AuditGroup for kind in kinds_of(group)) == sorted(AuditKind)
    assert all(kinds_of(group) for group in AuditGroup)


def test_no_kind_of_event_keeps_what_was_typed_at_sign_in():
    kept = {name for of in KINDS.values() for name in of.keeps}
    assert kept.isdisjoint({"email", "password", "typed", "code", "token", "address", "program"})


def test_only_sign_ins_keep_a_network():
    assert {of.group for of in KINDS.values() if of.network} == {AuditGroup.SIGN_IN}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("testclient", ""),
        ("203.0.113.77:443", ""),
    ],
)
def test_of_an_address_only_the_network_is_kept(address: str, network: str):
    assert shortened(address) == network


def test_a_changed_setting_tells_what_changed_and_nothing_else():
    before = {"name": "Bakers", "zone": "UTC", "week": {"mon": [(540, 1080)], "tue": []}}
    after = {"name": "Bakers", "zone": "Europe/Paris", "week": {"mon": [(540, 720)], "tue": []}}
    assert differences(before, after) == {
        "zone": ["UTC", "Europe/Paris"],
        "week.mon": ["540, 1080", "540, 720"],
    }
    assert differences(before, before) == {}


def test_a_set_has_one_order():
    assert differences({"roles": frozenset("ba")}, {"roles": frozenset("ab")}) == {}


@given(st.integers(6, 24))
def test_no_event_grows_older_than_the_months_before_the_next_pruning(months: int):
    oldest_left = pruned_before(MONDAY, months)
    assert MONDAY + PRUNED_EVERY - oldest_left <= MONTH * months
    assert MONDAY - oldest_left >= MONTH * months - timedelta(days=7)
