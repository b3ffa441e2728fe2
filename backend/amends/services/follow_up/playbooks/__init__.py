"""Playbooks of the team, and the departments that their steps need (P45, P51)."""

from amends.services.follow_up.playbooks.commands import (
    Given,
    PlaybookChanged,
    Step,
    change,
    make,
    restore,
    retire,
)
from amends.services.follow_up.playbooks.departments import (
    DepartmentIncomplete,
    DepartmentShown,
    DepartmentThere,
    DepartmentUnknown,
    GivenDepartment,
    add_department,
    change_department,
    departments,
    remove_department,
)
from amends.services.follow_up.playbooks.rows import (
    PlaybookRow,
    PlaybookUnknown,
    StepRow,
    everything,
    find,
    offered,
    steps_of,
)

__all__ = [
    "DepartmentIncomplete",
    "DepartmentShown",
    "DepartmentThere",
    "DepartmentUnknown",
    "Given",
    "GivenDepartment",
    "PlaybookChanged",
    "PlaybookRow",
    "PlaybookUnknown",
    "Step",
    "StepRow",
    "add_department",
    "change",
    "change_department",
    "departments",
    "everything",
    "find",
    "make",
    "offered",
    "remove_department",
    "restore",
    "retire",
    "steps_of",
]
