"""Details of one case, for its page."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends.database import GIVEN, Selected, columns_of, convert, run, values_of
from amends.rules.case.hostile_words import are_folded
from amends.rules.follow_up.playbooks import About, Fit, fitting
from amends.rules.person.customer_links import ContactRequest
from amends.rules.vocabulary import (
    CustomerStatus,
    FollowUpState,
    Nature,
    Severity,
    Stance,
)
from amends.rules.workflow.guards import CaseFacts, Mover
from amends.rules.workflow.moves import Move, legal
from amends.rules.workflow.next_step import Step, next_step
from amends.rules.workflow.reply_guards import is_held
from amends.services.case import field_values, threats, timeline
from amends.services.case.access import OFFERED, facts_from, mover_of, unknown
from amends.services.case.field_values import ValueShown
from amends.services.case.next_steps import OF_PERSON, FactColumns
from amends.services.case.threats import ThreatShown
from amends.services.desk import case_themes, themes
from amends.services.desk.cases.captures import CaptureShown, captures_of
from amends.services.desk.cases.files import HAS_FILES, FileShown, files_of
from amends.services.desk.cases.hostility import hostile_week
from amends.services.desk.cases.linked import LinkedCase, linked_with
from amends.services.desk.cases.owed import FollowUpShown, follow_up, rows_owed
from amends.services.desk.cases.rows import JOINS, CaseRow, row_from
from amends.services.desk.cases.shared_incidents import CaseIncident
from amends.services.desk.cases.shared_incidents import of_case as incidents_of
from amends.services.desk.cases.shared_problems import CaseProblem
from amends.services.desk.cases.shared_problems import of_case as problems_of
from amends.services.desk.themes import ThemeShown
from amends.services.follow_up import checklists, playbooks, remedies
from amends.services.follow_up.checklists import ChecklistShown
from amends.services.follow_up.playbooks import PlaybookRow
from amends.services.follow_up.remedies import RemedyShown
from amends.services.team import locations, reply_rules
from amends.services.team.locations import LocationShown
from amends.services.team.members import Act
from amends.services.team.names import Name

ALL_CASES = OF_PERSON.format(which="")


class UndoShown(msgspec.Struct, frozen=True, kw_only=True):
    """A move of this member's that can still be undone."""

    id: UUID
    move: str
    expires_at: datetime


class AuthorShown(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote the post, and how many cases they have."""

    id: UUID
    name: str
    handle: str
    url: str
    avatar: str
    customer_status: CustomerStatus
    cases: Annotated[int, Selected(ALL_CASES)]


CHANCE_WAITING = """
CASE WHEN c.stage <> 'closed' AND c.author IS NOT NULL THEN COALESCE(
    (SELECT MAX(k.number) FROM case_file AS k
        WHERE k.author = c.author AND k.number < c.number AND k.stage = 'second_chance'),
    (SELECT MAX(k.number) FROM author AS s CROSS JOIN case_file AS k
        WHERE s.person = author.person AND s.id <> c.author AND k.author = s.id
        AND k.number < c.number AND k.stage = 'second_chance')) END"""
"""The older case of the same person whose second chance this one holds up."""


class CaseDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a case's page shows to one member at one moment; `step` comes next for them."""

    row: Annotated[CaseRow, GIVEN]
    version: int
    nature: Nature | None
    stance: Stance | None
    fault: str | None
    customer_status: CustomerStatus
    next_step: str
    remedy: str
    approval: str | None
    draft: str
    draft_by: Annotated[Name | None, Selected("c.draft_by", join="drafter")]
    draft_held: Annotated[bool, GIVEN]
    pings: int
    contact_request: ContactRequest | None
    failed_fixes: int
    review_on: date | None
    duplicate_of: Annotated[int | None, Selected("kept.number")]
    chance_waiting: Annotated[int | None, Selected(CHANCE_WAITING)]
    closed_at: datetime | None
    wake_on_reply: bool
    look_asked_at: datetime | None
    looked_at: datetime | None
    author: AuthorShown | None
    watched: Annotated[int | None, Selected("watch.version")]
    undo: Annotated[UndoShown | None, Selected("undo.id", join="undo")]
    captures: Annotated[list[CaptureShown], GIVEN]
    files: Annotated[list[FileShown], GIVEN]
    remedies: Annotated[list[RemedyShown], GIVEN]
    linked: Annotated[list[LinkedCase], GIVEN]
    problems: Annotated[list[CaseProblem], GIVEN]
    incidents: Annotated[list[CaseIncident], GIVEN]
    themes: Annotated[tuple[ThemeShown, ...], GIVEN]
    fields: Annotated[tuple[ValueShown, ...], GIVEN]
    locations: Annotated[tuple[LocationShown, ...], GIVEN]
    checklists: Annotated[tuple[ChecklistShown, ...], GIVEN]
    threat: Annotated[ThreatShown | None, GIVEN]
    playbooks: Annotated[tuple[tuple[PlaybookRow, Fit], ...], GIVEN]
    timeline: Annotated[list[timeline.EntryShown], GIVEN]
    follow_ups: Annotated[list[FollowUpShown], GIVEN]
    hostile_week: Annotated[int, GIVEN]
    moves: Annotated[tuple[Move, ...], GIVEN]
    step: Annotated[Step, GIVEN]
    facts: Annotated[CaseFacts, GIVEN]
    mover: Annotated[Mover, GIVEN]

    @property
    def is_hostile(self) -> bool:
        """Whether its title, words and pictures are shown only to whoever asks for them."""
        return are_folded(self.nature)


CASE = f"""
SELECT {columns_of(CaseRow, CaseDetail, FactColumns, table="c")},
{OFFERED.format(case="c.id")},
(SELECT COUNT(*) FROM remedy AS r WHERE r."case" = c.id) AS remedies,
{HAS_FILES} AS has_files,
EXISTS (SELECT 1 FROM case_link AS l WHERE l.one = c.id OR l.other = c.id) AS linked,
EXISTS (SELECT 1 FROM problem_case AS l WHERE l."case" = c.id AND l.linked) AS problems,
EXISTS (SELECT 1 FROM incident_case AS l WHERE l.number = c.number AND l.linked) AS incidents,
EXISTS (SELECT 1 FROM checklist AS k WHERE k."case" = c.id) AS checked,
EXISTS (SELECT 1 FROM threat AS t WHERE t."case" = c.id AND t.withdrawn_at IS NULL) AS flagged,
EXISTS (SELECT 1 FROM playbook AS p WHERE p.retired_at IS NULL) AS has_playbooks,
EXISTS (SELECT 1 FROM case_field) AS has_fields,
EXISTS (SELECT 1 FROM case_theme AS t WHERE t.number = c.number AND t.given) AS themed,
EXISTS (SELECT 1 FROM location AS l WHERE l.retired_at IS NULL) AS has_locations
FROM case_file AS c {JOINS}
LEFT JOIN member AS drafter ON drafter.id = c.draft_by
LEFT JOIN case_file AS kept ON kept.id = c.duplicate_of
LEFT JOIN watch ON watch."case" = c.id AND watch.member = :by
LEFT JOIN undo ON undo."case" = c.id AND undo.member = :by AND undo.version = c.version
    AND undo.expires_at > :now
WHERE c.number = :number
"""


async def detail(act: Act, number: int) -> CaseDetail:
    """The case as its page shows it. Raises CaseUnknown."""
    found = await run(CASE, number=number, by=act.by.id, now=act.now)
    if not found:
        raise await unknown(number)
    case = values_of(found[0])
    row, owed = row_from(case), await rows_owed(case["id"])
    facts = facts_from(
        case,
        [one for one in owed if one["state"] == FollowUpState.DUE],
        newer_open=case["newer_open_cases"] > 0,
        rules=await reply_rules.current(),
        remedies=case,
        link_until=row.facts.link_until,
    )
    mover = (
        await mover_of(act.by, now=act.now) if facts.approval == "pending" else Mover(act.by.id, act.by.role)
    )
    of_case = await _themes(number) if case["themed"] else ()
    return convert(
        case,
        CaseDetail,
        row=row,
        draft_held=is_held(facts, act.now),
        captures=await captures_of(case["id"]),
        files=await files_of(case["id"]) if case["has_files"] else [],
        remedies=await remedies.of_case(case["id"]) if case["remedies"] else [],
        linked=await linked_with(case["id"]) if case["linked"] else [],
        problems=await problems_of(case["id"]) if case["problems"] else [],
        incidents=await incidents_of(number, reader=act.by.id) if case["incidents"] else [],
        themes=of_case,
        fields=await field_values.of_case(number) if case["has_fields"] else (),
        locations=await locations.offered() if case["has_locations"] else (),
        checklists=await checklists.of_case(case["id"]) if case["checked"] else (),
        threat=await threats.of_case(case["id"]) if case["flagged"] else None,
        playbooks=await _fitting(case, of_case) if case["has_playbooks"] else (),
        timeline=await timeline.of_case(case["id"]),
        follow_ups=[follow_up(one, act.now) for one in owed],
        hostile_week=await hostile_week(act, case),
        moves=legal(facts, by=mover, now=act.now),
        step=next_step(facts, by=mover, now=act.now),
        facts=facts,
        mover=mover,
    )


async def _themes(number: int) -> tuple[ThemeShown, ...]:
    given = await case_themes.given_to(number)
    return tuple(one for one in await themes.everything() if one.id in given)


async def _fitting(
    case: Mapping[str, Any], of_case: Iterable[ThemeShown]
) -> tuple[tuple[PlaybookRow, Fit], ...]:
    """The playbooks that fit the case, the best first; those that were started as well."""
    about = About(
        themes=frozenset(str(one.id) for one in of_case),
        wider=frozenset(str(one.parent) for one in of_case if one.parent),
        nature=Nature(case["nature"]) if case["nature"] else None,
        severity=Severity.stored(case["severity"]),
    )
    return tuple(fitting(await playbooks.offered(), about))
