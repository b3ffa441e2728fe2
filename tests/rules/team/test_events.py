"""Is every line of every history an event, and does an endpoint hear of what it chose?"""

from amends.rules.team.events import OF_ENTRIES, OF_INCIDENTS, OF_PROBLEMS, wants
from amends.rules.vocabulary import EntryKind, IncidentEntry, ProblemEntry
from amends.rules.vocabulary.events import EventType


def test_every_line_of_a_history_is_told_as_an_event_of_its_family():
    assert set(OF_ENTRIES) == set(EntryKind)
    assert set(OF_PROBLEMS) == set(ProblemEntry)
    assert set(OF_INCIDENTS) == set(IncidentEntry)
    assert {one.value.partition(".")[0] for one in OF_ENTRIES.values()} == {"case", "nudge"}
    assert {one.value.partition(".")[0] for one in OF_PROBLEMS.values()} == {"problem"}
    assert {one.value.partition(".")[0] for one in OF_INCIDENTS.values()} == {"incident"}


def test_an_endpoint_hears_of_what_it_chose_of_all_when_it_chose_none_and_always_of_a_test():
    assert wants("case.moved problem.fixed", EventType.PROBLEM_FIXED)
    assert not wants("case.moved", EventType.CASE_REMOVED)
    assert wants("", EventType.CASE_REMOVED)
    assert wants("case.moved", EventType.WEBHOOK_TEST)
