"""What a page says around a post is kept as far as a case can need it, and harmless."""

from amends.rules.capture.particulars import DEPTH_LIMIT, LIST_LIMIT, STRING_LIMIT, harmless


def test_numbers_that_no_post_has_are_unknown_and_the_rest_stays():
    assert harmless({"a": [1e300, 7, True], "b": {"c": "x\x00"}}) == {
        "a": [None, 7, True],
        "b": {"c": "x\ufffd"},
    }


def test_what_is_too_long_too_many_or_too_deep_is_cut():
    assert harmless("x" * 9_000) == "x" * STRING_LIMIT
    assert len(harmless(["x"] * 900)) == LIST_LIMIT
    deep: object = "x"
    for _ in range(DEPTH_LIMIT + 1):
        deep = [deep]
    assert "x" not in str(harmless(deep))
