"""Leaving: a member is disabled, and everything of theirs gets another holder in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import columns_of, convert, run, transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.follow_up import kinds
from amends.rules.team.permissions import Permission, may
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Nature, Role
from amends.services.case import locks, timeline
from amends.services.case.access import take
from amends.services.desk import incidents, problems
from amends.services.follow_up import follow_ups, questions
from amends.services.nudge import nudges
from amends.services.reply import approvals
from amends.services.team import absences, members, rotas
from amends.services.team.members import Member
from amends.services.workflow import undo_snapshots
from amends.tables.follow_up import in_sql


class Belonging(StrEnum):
    """What cannot stay with a member who can no longer sign in, kind by kind."""

    CASES = "cases"
    FOLLOW_UPS = "follow_ups"
    APPROVALS = "approvals"
    DUTIES = "duties"
    DEPUTIES = "deputies"


HandOver = Mapping[Belonging, UUID | None]
"""To whom each kind goes; a kind that is missing, or None, goes to the pool or to nobody."""
TO_THE_POOL: HandOver = {}


class WrongSuccessor(Invalid):
    "This member cannot take over the work."


class StillHolds(Invalid):
    """This member still holds work, and a reader holds none."""


class CaseLeft(msgspec.Struct, frozen=True, kw_only=True):
    """A case of theirs, or one whose draft they were to read."""

    id: UUID
    number: int
    title: str
    nature: Nature | None


class FollowUpLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of them on a case, whoever owns it; `words` are what they are reminded of."""

    id: UUID
    case: UUID
    number: int
    kind: FollowUpKind
    words: str
    due_at: datetime


class Belongings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a member has; `deputies` are the names of those for whom they stand in."""

    cases: list[CaseLeft]
    follow_ups: list[FollowUpLeft]
    approvals: list[CaseLeft]
    duties: rotas.DutiesOf
    deputies: list[str]

    def count(self, kind: Belonging) -> int:
        """How many of one kind there are."""
        return len(self.duties) if kind is Belonging.DUTIES else len(getattr(self, kind.value))


ENDS_WITH_ITS_HOLDER = frozenset({FollowUpKind.MENTION, FollowUpKind.REMEDY_REQUEST, FollowUpKind.ANSWERED})
"""A mention is news for one member; a remedy was asked of every lead, and waits on the page of approvals."""
OWN = in_sql(kinds.WITH_OWN_OWNER)
CASES = f"""
SELECT {columns_of(CaseLeft, table="c")} FROM case_file AS c
WHERE c.owner = :member AND c.stage <> 'closed' ORDER BY c.number
"""  # noqa: S608 - a statement of ours
FOLLOW_UPS = f"""
SELECT f.id, f."case", c.number, f.kind, f.words, f.due_at
FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
WHERE f.state = 'due' AND f.owner = :member AND f.kind <> 'approval'
AND (f.kind IN ({OWN}) OR c.stage = 'closed' OR c.owner IS NULL OR c.owner <> :member)
ORDER BY f.due_at, c.number, f.id
"""  # noqa: S608
APPROVALS = f"""
SELECT {columns_of(CaseLeft, table="c")} FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
WHERE f.state = 'due' AND f.kind = 'approval' AND (f.owner = :member OR c.draft_reader = :member)
ORDER BY c.number
"""  # noqa: S608
EARLIEST = f"""
SELECT id FROM follow_up
WHERE "case" = :case_id AND state = 'due' AND paused_at IS NULL AND kind NOT IN ({OWN})
ORDER BY due_at, id LIMIT 1
"""  # noqa: S608
READING = """SELECT id FROM follow_up WHERE "case" = :case_id AND state = 'due' AND kind = 'approval'"""
DEPUTIES = """
SELECT member.name FROM absence JOIN member ON member.id = absence.member
WHERE absence.deputy = :member AND absence.ends_at > :now ORDER BY absence.begins_at
"""


async def belongings(member_id: UUID, *, now: datetime) -> Belongings:
    """What would stay behind if this member left now."""
    return Belongings(
        cases=[convert(row, CaseLeft) for row in await run(CASES, member=member_id)],
        follow_ups=[convert(row, FollowUpLeft) for row in await run(FOLLOW_UPS, member=member_id)],
        approvals=[convert(row, CaseLeft) for row in await run(APPROVALS, member=member_id)],
        duties=await rotas.duties_of(member_id, now=now),
        deputies=[row["name"] for row in await run(DEPUTIES, member=member_id, now=now)],
    )


async def disable(
    member_id: UUID, hand_over: HandOver = TO_THE_POOL, *, by: Member | None, now: datetime
) -> Belongings:
    """The member may no longer sign in; what is theirs goes to whom was chosen, else to the pool or nobody.

    The new holders are told. `by` None is the command line. Returns what was theirs.
    Raises OnlyAdminsMay, LastAdmin, NoSuchMember, MemberIsDisabled, WrongSuccessor.
    """
    async with transaction():
        admins = (
            one.id for one in await members.everyone() if one.role is Role.ADMIN
        )  # one of them must stay
        await locks.hold_members({member_id, *filter(None, hand_over.values()), *admins})
        successors = {
            kind: await _successor(kind, heir, leaver=member_id) for kind, heir in hand_over.items() if heir
        }
        leaver = await members.disable(member_id, by=by, now=now)
        left = await belongings(member_id, now=now)
        await _hand_on(leaver, left, successors, by=by, now=now)
        await undo_snapshots.forget_holder(leaver.id)
    return left


async def change_role(
    member_id: UUID, role: Role, *, by: Member | None, now: datetime, seen: str = ""
) -> Member:
    """Another role; who is to be a reader must not have anything that a reader cannot have.

    Raises StillHolds, and what `members.change_role` raises.
    """
    if not may(role, Permission.WORK):
        left = await belongings(member_id, now=now)
        if any(left.count(kind) for kind in Belonging):
            sentence = _(
                "They still own cases, drafts to read, duties or absences to stand in for. "
                "Give these to someone else first, then make them a reader."
            )
            raise StillHolds(sentence, fields={"role": sentence})
    return await members.change_role(member_id, role=role, by=by, now=now, seen=seen)


async def _successor(kind: Belonging, heir: UUID, *, leaver: UUID) -> Member:
    """Raises WrongSuccessor, NoSuchMember, MemberIsDisabled."""
    if heir == leaver:
        raise _wrong(kind, _("Choose someone else: this is the member who is leaving."))
    member = await members.present(heir, field=kind.value)
    if kind is Belonging.APPROVALS and not member.may(Permission.APPROVE):
        raise _wrong(kind, _("Only approvers, leads and admins can review drafts. Choose one, or nobody."))
    return member


def _wrong(kind: Belonging, sentence: str) -> WrongSuccessor:
    return WrongSuccessor(sentence, fields={kind.value: sentence})


async def _hand_on(
    leaver: Member,
    left: Belongings,
    successors: Mapping[Belonging, Member],
    *,
    by: Member | None,
    now: datetime,
) -> None:
    """Step: every kind in turn, one entry for each case, and a message to the new holders."""
    heirs = {kind: member.id for kind, member in successors.items()}
    await rotas.replace_member(leaver.id, heirs.get(Belonging.DUTIES), by=by, now=now)
    await absences.replace_deputy(leaver.id, heirs.get(Belonging.DEPUTIES), by=by, now=now)
    numbers = sorted(_numbers(left))
    await locks.hold_cases(numbers)
    for number in numbers:
        await take(number, by=by)
    for case in left.cases:
        await _give_case(case.id, heirs.get(Belonging.CASES), now=now)
    given_back = await _give_follow_ups(leaver, left, heirs.get(Belonging.FOLLOW_UPS), now=now)
    await problems.replace_owner(leaver.id, heirs.get(Belonging.FOLLOW_UPS))
    await incidents.replace_member(leaver.id, heirs.get(Belonging.FOLLOW_UPS))
    for case in left.approvals:
        await _give_draft(case, heirs.get(Belonging.APPROVALS), now=now)
    await _record(leaver, left, successors, given_back, by=by, now=now)
    await nudges.tell_new_holders(await _handed_over(left), now)


def _numbers(left: Belongings) -> set[int]:
    cases = {one.number for one in (*left.cases, *left.approvals)}
    return cases | {one.number for one in left.follow_ups}


async def _give_case(case_id: UUID, owner: UUID | None, *, now: datetime) -> None:
    await tables.Case.update({tables.Case.owner: owner}).where(tables.Case.id == case_id)
    await follow_ups.hand_over(case_id, owner=owner, now=now)


async def _give_follow_ups(
    leaver: Member, left: Belongings, owner: UUID | None, *, now: datetime
) -> dict[UUID, str]:
    """A question that nobody takes over goes back to who asked: by case, the names of those who asked."""
    given_back = {}
    for asked in left.follow_ups:
        if asked.kind is FollowUpKind.QUESTION and owner is None:
            given_back[asked.case] = await questions.give_back(asked.id, leaver, now=now)
        else:
            await _give_follow_up(asked, owner, now=now)
    return given_back


async def _give_follow_up(asked: FollowUpLeft, owner: UUID | None, *, now: datetime) -> None:
    """A reminder may be nobody's; what only its receiver can answer ends where nobody takes it over."""
    if owner is None and asked.kind in ENDS_WITH_ITS_HOLDER:
        dropped = {"state": FollowUpState.DROPPED, "settled_at": now, "next_at": None, "owner": None}
        await follow_ups.change(asked.id, dropped)
    else:
        await follow_ups.give(asked.id, owner=owner, now=now)


async def _give_draft(left: CaseLeft, reader: UUID | None, *, now: datetime) -> None:
    """Whoever wrote a draft never reads it: then, and where nobody was chosen, the usual lead does."""
    case, owed = tables.Case, tables.FollowUp
    [row] = await case.objects().where(case.id == left.id)
    wanted = reader if reader != row.draft_by else None
    await case.update({case.draft_reader: wanted}).where(case.id == left.id)
    present = await approvals.reader_of(row, wanted=wanted, now=now)
    due = (owed.case == left.id) & (owed.kind == FollowUpKind.APPROVAL) & (owed.state == FollowUpState.DUE)
    for one in await owed.select(owed.id).where(due):
        await follow_ups.give(one["id"], owner=present, now=now)


async def _record(
    leaver: Member,
    left: Belongings,
    successors: Mapping[Belonging, Member],
    given_back: Mapping[UUID, str],
    *,
    by: Member | None,
    now: datetime,
) -> None:
    """Step: what became of a case, of what was asked on it and of its draft stands in one entry."""
    handed: dict[UUID, dict[str, str]] = {}
    for kind, cases in _on_cases(left).items():
        heir = successors.get(kind)
        for case_id in cases:
            name = heir.name if heir else ""
            back = given_back.get(case_id, "") if kind is Belonging.FOLLOW_UPS else ""
            handed.setdefault(case_id, {})[kind.value] = name or back
    for case_id, kinds_of_it in handed.items():
        said: dict[str, Any] = {"because": "left", "before": leaver.name, "handed": kinds_of_it}
        await timeline.record(case_id, EntryKind.ASSIGNED, by=by, now=now, **said)


def _on_cases(left: Belongings) -> dict[Belonging, list[UUID]]:
    return {
        Belonging.CASES: [one.id for one in left.cases],
        Belonging.FOLLOW_UPS: [one.case for one in left.follow_ups],
        Belonging.APPROVALS: [one.id for one in left.approvals],
    }


async def _handed_over(left: Belongings) -> list[UUID]:
    """Of each case the earliest duty, and everything that was asked: what the new holders are told of."""
    found = [one.id for one in left.follow_ups]
    for statement, cases in ((EARLIEST, left.cases), (READING, left.approvals)):
        for one in cases:
            found += [row["id"] for row in await run(statement, case_id=one.id)]
    return found
