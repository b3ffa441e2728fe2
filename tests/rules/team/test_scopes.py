"""What may a token do, and whose may it be?"""

from amends.rules.team.permissions import Permission
from amends.rules.team.scopes import OF_BROWSERS, SCOPES, Scope, known


def test_every_scope_stands_in_the_table_once() -> None:
    assert set(SCOPES) == set(Scope)
    assert len({allows.words for allows in SCOPES.values()}) == len(Scope)


def test_what_changes_something_needs_a_member_who_works() -> None:
    changing = {scope for scope in Scope if not scope.endswith(":read")}
    assert {scope for scope, allows in SCOPES.items() if allows.needs is not Permission.READ} == changing


def test_prepared_replies_are_written_by_leads_alone() -> None:
    assert SCOPES[Scope.REPLIES_WRITE].needs is Permission.LEAD


def test_a_paired_browser_reads_no_timeline_and_no_person() -> None:
    assert {scope.value for scope in OF_BROWSERS} == {"capture:write", "cases:read", "cases:reply"}


def test_a_scope_that_a_newer_version_gave_is_left_out() -> None:
    assert known(["cases:read", "moon:write", "capture:write"]) == (Scope.CAPTURE_WRITE, Scope.CASES_READ)
