"""Does one hash stand for all heads, and for every anchor before it?"""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.anchors import Anchor, changed, covered, covers, faults_of_chain, following, leaves
from amends.rules.case.timeline import GENESIS
from amends.rules.case.verification import Head

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ONE, TWO = Head(1, 3, "a" * 64), Head(2, 1, "b" * 64)


def written(length: int = 3) -> list[Anchor]:
    chain: list[Anchor] = []
    for day in range(length):
        last = chain[-1] if chain else None
        chain.append(following(last, [replace(ONE, position=day + 3), TWO], now=NOW + timedelta(days=day)))
    return chain


def test_the_first_follows_nothing_and_each_other_the_one_before_it():
    first, second, _third = written()
    assert (first.number, first.previous, first.cases) == (1, GENESIS, 2)
    assert (second.number, second.previous) == (2, first.hash)
    assert hashlib.sha256(covered(second).encode()).hexdigest() == second.hash
    assert list(faults_of_chain(written())) == []


@pytest.mark.parametrize(
    "values",
    [{"cases": 3}, {"root": "0" * 64}, {"made_at": NOW}, {"hash": "0" * 64}, {"previous": "0" * 64}],
    ids=lambda values: next(iter(values)),
)
def test_whatever_is_altered_in_an_anchor_is_found(values: dict[str, object]):
    chain = written()
    chain[1] = replace(chain[1], **values)  # type: ignore[arg-type]
    assert 2 in list(faults_of_chain(chain))


def test_one_that_is_gone_or_stands_elsewhere_is_found():
    first, second, third = written()
    assert list(faults_of_chain([first, third]))
    assert list(faults_of_chain([second, first, third]))
    assert list(faults_of_chain([second, third]))


@given(st.permutations([ONE, TWO, Head(10, 1, "c" * 64)]))
def test_the_order_in_which_heads_are_given_makes_no_difference(heads: list[Head]):
    assert following(None, heads, now=NOW).root == following(None, sorted(heads, key=str), now=NOW).root


@pytest.mark.parametrize(
    "other", [[ONE], [ONE, replace(TWO, position=2)], [ONE, replace(TWO, hash="c" * 64)], []], ids=len
)
def test_an_anchor_covers_its_own_heads_and_no_others(other: list[Head]):
    anchor = following(None, [ONE, TWO], now=NOW)
    assert covers(anchor, [TWO, ONE])
    assert not covers(anchor, other)


def test_leaves_tell_no_number_of_a_case():
    assert leaves([ONE, TWO]).count(b"\n") == 2
    assert b"a" * 64 not in leaves([ONE, TWO])


def test_only_what_changed_is_kept_and_what_is_gone_has_no_position():
    known = {1: ONE, 2: TWO}
    assert changed([ONE, TWO], known) == []
    grown = replace(ONE, position=4)
    assert changed([grown, Head(3, 1, "c" * 64)], known) == [grown, Head(3, 1, "c" * 64), Head(2, 0, "")]
