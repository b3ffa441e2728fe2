"""What a page says around a post is kept as far as a case can need it, and harmless."""

import pytest

from amends.rules.capture.limits import LIMITS, Shortening
from amends.rules.capture.particulars import harmless


def test_numbers_that_no_post_has_are_unknown_and_the_rest_stays():
    assert harmless({"a": [1e300, 7, True], "b": {"c": "x\x00"}}, nothing := Shortening(())) == {
        "a": [None, 7, True],
        "b": {"c": "x\ufffd"},
    }
    assert not nothing.fields


@pytest.mark.parametrize(
    "value",
    [
        {"parent": {"text": "x" * 9_000}},
        {"list": ["x"] * 900},
        {"x" * 41: 1},
        {str(at): at for at in range(900)},
        {"a": {"b": {"c": {"d": {"e": "deep"}}}}},
    ],
)
def test_what_is_too_long_too_many_or_too_deep_is_cut_and_that_is_said(value: dict):
    kept = harmless(value, told := Shortening(()))
    assert len(str(kept)) < len(str(value))
    assert told.fields == {"context"}
    assert harmless(kept, again := Shortening(())) == kept
    assert not again.fields


def test_what_is_as_long_as_it_may_be_stays_whole():
    value = {"text": "x" * LIMITS.particular, "a": {"b": {"c": {"d": 1}}}, "x" * LIMITS.key: 1}
    assert harmless(value, told := Shortening(())) == value
    assert not told.fields
