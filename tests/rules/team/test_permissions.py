"""What may each role do?"""

import pytest

from amends.rules.team.permissions import ALLOWED, WANTS_FACTOR, Permission, may
from amends.rules.vocabulary import Role

TABLE = {
    Role.READER: "read account read_records read_log",
    Role.AGENT: "read account work",
    Role.APPROVER: "read account work approve",
    Role.LEAD: "read account work approve lead read_records",
    Role.ADMIN: "read account work approve lead administer read_records read_log",
}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_this_and_nothing_else(role: Role):
    assert {one for one in Permission if may(role, one)} == set(map(Permission, TABLE[role].split()))


def test_every_permission_is_somebodys():
    assert set(ALLOWED) == set(Permission)


def test_who_approves_needs_a_second_factor_where_the_team_wants_one():
    assert {Role.APPROVER, Role.LEAD, Role.ADMIN} == WANTS_FACTOR
