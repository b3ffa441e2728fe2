"""Entries of timelines have one shape for all rules, and what services read has it."""

import pytest

from amends.rules.case.entries import TimelineEntry
from amends.services.case.timeline import EntryShown
from amends.services.insight.counting import Told

ASKED = {name for name, value in vars(TimelineEntry).items() if isinstance(value, property)}


@pytest.mark.parametrize("read", [EntryShown, Told])
def test_what_is_read_of_a_timeline_is_what_the_rules_ask_for(read: type):
    assert set(read.__struct_fields__) >= ASKED >= {"kind", "at", "actor"}
