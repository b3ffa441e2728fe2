"""What has to be said of a block or report, and what may come of it?"""

from datetime import date

import pytest

from amends.rules.person import measures
from amends.rules.person.measures import Given, MeasureIncomplete, check, may_come_of
from amends.rules.vocabulary import MeasureKind, MeasureResult

TODAY = date(2026, 5, 4)
WHOLE = {
    "accounts": 1,
    "uncopied": 0,
    "no_copy": "",
    "kind": MeasureKind.REPORTED,
    "place": "Form",
    "proof": True,
    "review_on": date(2026, 5, 18),
}


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({}, set()),
        ({"kind": MeasureKind.BLOCKED, "place": ""}, set()),
        ({"uncopied": 1}, {"no_copy"}),
        ({"uncopied": 1, "no_copy": "Gone already"}, set()),
        ({"kind": MeasureKind.AUTHORITIES, "place": ""}, {"place"}),
        ({"accounts": 0, "proof": False, "review_on": TODAY}, {"account", "reference", "review_on"}),
    ],
)
def test_nothing_is_recorded_unseen_unproven_or_without_a_review(other, wrong):
    given = Given(**(WHOLE | other))
    if not wrong:
        check(given, today=TODAY)
        return
    with pytest.raises(MeasureIncomplete) as refused:
        check(given, today=TODAY)
    assert set(refused.value.fields) == wrong


def test_each_kind_has_its_results_and_a_mistake_is_always_possible():
    assert set(measures.RESULTS) == set(MeasureKind)
    assert all(may_come_of(kind, MeasureResult.MISTAKE) for kind in MeasureKind)
    assert may_come_of(MeasureKind.REPORTED, MeasureResult.NO_ANSWER)
    assert not may_come_of(MeasureKind.REPORTED, MeasureResult.LIFTED)
    assert not may_come_of(MeasureKind.BLOCKED, MeasureResult.REMOVED)
