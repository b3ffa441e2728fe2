"""Whose openings are recorded?"""

import pytest

from amends.rules.case.sensitivity import is_sensitive
from amends.rules.vocabulary import Nature, Severity, Stage


@pytest.mark.parametrize(
    ("severity", "nature", "stage", "hold", "expected"),
    [
        (Severity.S1, None, Stage.WORKING, False, True),
        (Severity.S2, Nature.COMPLAINT, Stage.WORKING, False, False),
        (Severity.S3, Nature.THREAT, Stage.CLOSED, False, True),
        (None, None, Stage.ESCALATED, False, True),
        (None, None, Stage.NEW, False, False),
        (Severity.S4, None, Stage.CLOSED, True, True),
        (Severity.S1, None, Stage.CLOSED, False, True),
    ],
)
def test_an_s1_a_threat_an_escalated_case_and_one_on_hold_are_sensitive(
    severity: Severity | None, nature: Nature | None, stage: Stage, hold: bool, expected: bool
):
    found = is_sensitive(severity=severity, nature=nature, stage=stage, on_legal_hold=hold)
    assert found is expected
