"""Is an erased case read, and written to by nobody?"""

import pytest

from amends.rules.case.erased_cases import is_only_read
from amends.rules.vocabulary import Outcome


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_an_erased_case_alone_is_only_read(outcome: Outcome | None):
    assert is_only_read(outcome) is (outcome is Outcome.ERASED)
