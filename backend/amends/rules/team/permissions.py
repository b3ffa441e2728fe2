"""Permissions: the one table of what each role may do, which routes, commands and templates ask (R-32)."""

from collections.abc import Mapping
from enum import StrEnum

from amends.rules.vocabulary import Role


class Permission(StrEnum):
    """Something that a role may do or not."""

    READ = "read"
    ACCOUNT = "account"
    WORK = "work"
    APPROVE = "approve"
    LEAD = "lead"
    ADMINISTER = "administer"
    READ_RECORDS = "read_records"
    READ_LOG = "read_log"


def _from(lowest: Role) -> frozenset[Role]:
    return frozenset(role for role in Role if role.reaches(lowest))


ALLOWED: Mapping[Permission, frozenset[Role]] = {
    Permission.READ: _from(Role.READER),  # cases, people, insights, and pages of settings without forms
    Permission.ACCOUNT: _from(Role.READER),  # one's own password, sessions, language
    Permission.WORK: _from(Role.AGENT),  # whatever changes a case; to own one and be on duty
    Permission.APPROVE: _from(Role.APPROVER),  # drafts of others
    Permission.LEAD: _from(Role.LEAD),  # the hard decisions, exports, themes
    Permission.ADMINISTER: _from(Role.ADMIN),  # members and settings
    Permission.READ_RECORDS: _from(Role.LEAD) | {Role.READER},  # what verification found
    Permission.READ_LOG: frozenset({Role.READER, Role.ADMIN}),  # readers where an admin lets them
}
WANTS_FACTOR = ALLOWED[Permission.APPROVE]
"""Of whom a team that wants second factors wants one (R-15)."""


def may(role: Role, permission: Permission) -> bool:
    """Whether a role may do something."""
    return role in ALLOWED[permission]
