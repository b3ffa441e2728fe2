"""Which words does nobody have to read unless they want to?"""

import pytest

from amends.rules.case.hostile_words import are_folded
from amends.rules.vocabulary import Nature


@pytest.mark.parametrize("nature", [None, *Nature])
def test_words_of_harassment_and_of_threats_are_folded_and_no_others(nature: Nature | None):
    is_hostile = nature in (Nature.HARASSMENT, Nature.THREAT)
    assert are_folded(nature) is is_hostile
    assert are_folded(nature.value if nature else None) is is_hostile
