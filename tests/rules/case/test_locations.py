"""Is a location's name the same whatever it looks like?"""

import pytest

from amends.rules.case.locations import LONGEST_NAME, checked_name, key_of


@pytest.mark.parametrize("typed", ["", "  ", "\u200b\u202e"])
def test_a_name_without_anything_to_read_is_none(typed: str):
    assert checked_name(typed) == ""


def test_a_long_name_is_cut():
    assert len(checked_name("x" * 200)) == LONGEST_NAME


def test_names_that_read_alike_have_one_key():
    assert key_of(" Rennes  CENTRE ") == key_of("rennes centre")
