"""Reading of playbooks and their steps."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.vocabulary import PlaybookSubject, StepKind
from amends.services.team.names import Name

MOST = 200
"""Playbooks that lists show."""


class PlaybookUnknown(NotFound):
    "Playbook not found."


USED = "SELECT COUNT(*) FROM checklist AS k WHERE k.playbook = p.id"
STEPS = "SELECT COUNT(*) FROM playbook_step AS s WHERE s.playbook = p.id"


class PlaybookRow(msgspec.Struct, frozen=True, kw_only=True):
    """One playbook: what it is for, how many steps it has, and on how many cases it was started."""

    id: UUID
    name: str
    subject: PlaybookSubject
    about: str
    version: int
    changed_by: Annotated[Name | None, Selected("p.changed_by", join="changer")]
    changed_at: datetime
    retired: Annotated[bool, Selected("p.retired_at IS NOT NULL")]
    steps: Annotated[int, Selected(f"({STEPS})")]
    used: Annotated[int, Selected(f"({USED})")]


SELECT = f"""
SELECT {columns_of(PlaybookRow, table="p")}
FROM playbook AS p LEFT JOIN member AS changer ON changer.id = p.changed_by
"""
ALL = f"{SELECT} WHERE p.subject <> 'threat' ORDER BY p.retired_at IS NOT NULL, p.name, p.id LIMIT {MOST}"
OFFERED = f"{SELECT} WHERE p.retired_at IS NULL AND p.subject <> 'threat' ORDER BY p.name, p.id LIMIT {MOST}"
ONE = f"{SELECT} WHERE p.id = :playbook"


async def everything() -> list[PlaybookRow]:
    """All playbooks by name, the retired ones last; without the threat plan, which has a page of its own."""
    return await read(converter(PlaybookRow), ALL)


async def offered() -> list[PlaybookRow]:
    """Those that can be started, by name."""
    return await read(converter(PlaybookRow), OFFERED)


async def find(playbook: UUID) -> PlaybookRow:
    """One playbook. Raises PlaybookUnknown."""
    found: list[PlaybookRow] = await read(converter(PlaybookRow), ONE, playbook=playbook)
    if not found:
        raise unknown()
    return found[0]


def unknown() -> PlaybookUnknown:
    """The error for an id that no playbook has."""
    return PlaybookUnknown(_("There is no such playbook. It may have been removed."))


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a playbook; `hours` of the contact are when it can be reached."""

    kind: StepKind
    words: str
    variable: str
    within_hours: int | None
    contact: UUID | None
    contact_name: Annotated[str, Selected("COALESCE(d.name, '')")]
    reach: Annotated[str, Selected("COALESCE(d.reach, '')")]
    hours: Annotated[str, Selected("COALESCE(d.hours, '')")]


OF_PLAYBOOK = f"""
SELECT {columns_of(StepRow, table="s")}
FROM playbook_step AS s LEFT JOIN contact AS d ON d.id = s.contact
WHERE s.playbook = :playbook ORDER BY s.position
"""


async def steps_of(playbook: UUID) -> list[StepRow]:
    """The steps of a playbook in their order."""
    return await read(converter(StepRow), OF_PLAYBOOK, playbook=playbook)
