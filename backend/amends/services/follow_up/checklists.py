"""Checklists: a playbook at work on a case, its steps ticked, answered or skipped (P45, P51)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import GIVEN, Selected, add, columns_of, convert, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.follow_up import playbooks as rules
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Severity
from amends.rules.vocabulary.playbooks import PlaybookSubject, StepKind, StepState
from amends.services.case import field_values, timeline
from amends.services.case.access import must_be_open, take
from amends.services.follow_up import follow_ups, playbooks
from amends.services.follow_up.playbooks import PlaybookRow, StepRow
from amends.services.team import calendars
from amends.services.team.members import Act
from amends.services.team.names import Name

TEXT_LIMIT = 1_000


class StepUnknown(NotFound):
    "Step not found."


class StepSettled(Conflict):
    "This step is no longer open."


class StepWithoutWords(Invalid):
    """Write the answer, or why the step is skipped."""


class Deed(StrEnum):
    """What was done with a checklist or one of its steps, as the timeline keeps it."""

    STARTED = "started"
    DONE = "done"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    REOPENED = "reopened"


class StepShown(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a checklist; the contact as it is reached now."""

    id: UUID
    kind: StepKind
    words: str
    variable: str
    state: StepState
    answer: str
    reason: str
    settled_by: Annotated[Name | None, Selected("s.settled_by", join="settler")]
    settled_at: datetime | None
    follow_up: UUID | None
    due_at: Annotated[datetime | None, Selected("f.due_at")]
    contact: Annotated[str, Selected("COALESCE(d.name, '')")]
    reach: Annotated[str, Selected("COALESCE(d.reach, '')")]
    phone: Annotated[str, Selected("COALESCE(d.phone, '')")]
    email: Annotated[str, Selected("COALESCE(d.email, '')")]
    hours: Annotated[str, Selected("COALESCE(d.hours, '')")]


class ChecklistShown(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist of a case, with the name that its playbook had when it was started."""

    id: UUID
    playbook: UUID | None
    name: str
    steps: Annotated[tuple[StepShown, ...], GIVEN]


OF_CASE = f"""
SELECT k.id AS checklist_id, k.playbook AS checklist_playbook, k.name AS checklist_name,
    {columns_of(StepShown, table="s")}
FROM checklist AS k JOIN checklist_step AS s ON s.checklist = k.id
LEFT JOIN member AS settler ON settler.id = s.settled_by
LEFT JOIN contact AS d ON d.id = s.contact
LEFT JOIN follow_up AS f ON f.id = s.follow_up AND f.state = 'due'
WHERE k."case" = :case_id ORDER BY k.started_at, k.id, s.position
"""


async def of_case(case_id: UUID) -> tuple[ChecklistShown, ...]:
    """The checklists of a case, in the order in which they were started."""
    steps: dict[UUID, list[StepShown]] = {}
    heads: dict[UUID, dict[str, Any]] = {}
    for row in await run(OF_CASE, case_id=case_id):
        key = row["checklist_id"]
        heads.setdefault(key, {"playbook": row["checklist_playbook"], "name": row["checklist_name"]})
        steps.setdefault(key, []).append(convert(row, StepShown))
    return tuple(ChecklistShown(id=key, steps=tuple(steps[key]), **head) for key, head in heads.items())


async def start(act: Act, number: int, playbook: UUID) -> None:
    """A copy of the playbook's steps on a case, each with its date; started already, it stays as it is.

    Raises CaseUnknown, CaseIsClosed, PlaybookUnknown.
    """
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        found = await playbooks.find(playbook)
        if found.retired:
            raise playbooks.PlaybookUnknown(_("This playbook is no longer offered. Choose another one."))
        await begin(act, case, found)


async def begin(act: Act, case: tables.Case, playbook: PlaybookRow, *, tell: bool = True) -> UUID | None:
    """Step: the checklist of a playbook on a case that is held; None where it was started before."""
    made = await _add(act, case, playbook)
    if made is not None:
        for position, one in enumerate(await playbooks.steps_of(playbook.id), start=1):
            await _copy(act, case, made, position, one, playbook.subject)
    if made is not None and tell:
        await _tell(act, case.id, Deed.STARTED, playbook=playbook.name, version=playbook.version)
    return made


async def _add(act: Act, case: tables.Case, playbook: PlaybookRow) -> UUID | None:
    """Step: the checklist without steps; None where the playbook was started on the case before."""
    table = tables.Checklist
    if await table.exists().where((table.case == case.id) & (table.playbook == playbook.id)):
        return None
    made = uuid4()
    values: dict[str, Any] = {"name": playbook.name, "version": playbook.version}
    started: dict[str, Any] = {"started_by": act.by.id, "started_at": act.now}
    await add(table, id=made, case=case.id, playbook=playbook.id, **values, **started)
    return made


async def _copy(
    act: Act, case: tables.Case, checklist: UUID, position: int, step: StepRow, subject: PlaybookSubject
) -> None:
    reminder = None
    if step.within_hours:
        both, severity = await calendars.both(), Severity.stored(case.severity)
        due_at = rules.due_at(subject, step.within_hours, start=act.now, calendars=both, severity=severity)
        reminder = await _remind(act, case, step.words, due_at)
    await add(
        tables.ChecklistStep,
        id=uuid4(),
        checklist=checklist,
        position=position,
        kind=step.kind.value,
        words=step.words,
        variable=step.variable,
        contact=step.contact,
        follow_up=reminder,
    )


async def _remind(act: Act, case: tables.Case, words: str, due_at: datetime) -> UUID | None:
    """Step: whoever owns the case, else whoever starts the checklist, is reminded of a step."""
    kind, owner = FollowUpKind.REMINDER, case.owner or act.by.id
    return await follow_ups.make(
        case, kind, start=act.now, now=act.now, due_at=due_at, words=words, owner=owner
    )


STARTED_TWICE = """
SELECT s.follow_up FROM checklist AS k JOIN checklist_step AS s ON s.checklist = k.id
WHERE k."case" = :joined AND s.follow_up IS NOT NULL
"""
TAKE_OVER = """
UPDATE checklist SET "case" = :kept WHERE "case" = :joined AND NOT EXISTS (
    SELECT 1 FROM checklist AS there WHERE there."case" = :kept AND there.playbook = checklist.playbook)
"""
KEEP_SETTLED = """
UPDATE checklist SET "case" = :kept, playbook = NULL WHERE "case" = :joined
AND EXISTS (SELECT 1 FROM checklist_step AS s WHERE s.checklist = checklist.id AND s.state <> 'open')
"""
"""Without its playbook: a case has one checklist of each that may be started."""


async def take_over(kept: UUID, joined: UUID, *, now: datetime) -> None:
    """Step: one case is merged into another, which has its checklists from now on.

    A playbook that was started on both goes on as on the kept one, and nobody is reminded of it twice; where
    something was done or answered on the other, that stands beside it.
    """
    await run(TAKE_OVER, kept=kept, joined=joined)
    for row in await run(STARTED_TWICE, joined=joined):
        await end_reminder(row["follow_up"], FollowUpState.DROPPED, now)
    await run(KEEP_SETTLED, kept=kept, joined=joined)


async def tick(act: Act, number: int, step: UUID) -> None:
    """The step is done, and so is its reminder.

    Raises CaseUnknown, CaseIsClosed, StepUnknown, StepSettled.
    """
    await _settle(act, number, step, Deed.DONE, {"state": StepState.DONE})


async def answer(act: Act, number: int, step: UUID, text: str) -> None:
    """What the person said to a question; it may be corrected later.

    Raises StepWithoutWords, CaseUnknown, CaseIsClosed, StepUnknown.
    """
    said = _said(text, "answer", _("Write the answer."))
    await _settle(act, number, step, Deed.ANSWERED, {"state": StepState.DONE, "answer": said}, words=said)


async def skip(act: Act, number: int, step: UUID, reason: str) -> None:
    """The step is left out, for a reason; nobody is reminded of it any more.

    Raises StepWithoutWords, CaseUnknown, CaseIsClosed, StepUnknown, StepSettled.
    """
    why = _said(reason, "reason", _("Say why it is skipped."))
    await _settle(act, number, step, Deed.SKIPPED, {"state": StepState.SKIPPED, "reason": why}, reason=why)


async def reopen(act: Act, number: int, step: UUID) -> None:
    """The step is open after all; its reminder comes again where its date is still ahead.

    Raises CaseUnknown, CaseIsClosed, StepUnknown.
    """
    async with transaction():
        case, row = await _take(act, number, step)
        if row["state"] == StepState.OPEN:
            return
        open_again = {"state": StepState.OPEN, "reason": "", "settled_by": None, "settled_at": None}
        await _write(step, {**open_again, "follow_up": await _again(act, case, row)})
        await _tell(act, case.id, Deed.REOPENED, step=row["words"])


async def _again(act: Act, case: tables.Case, step: dict[str, Any]) -> UUID | None:
    """Step: another reminder in the place of the one that ended with the step, if its date is ahead."""
    owed = tables.FollowUp
    rows = await owed.select(owed.due_at).where((owed.id == step["follow_up"]) & (owed.due_at > act.now))
    return await _remind(act, case, step["words"], rows[0]["due_at"]) if rows else None


async def _settle(act: Act, number: int, step: UUID, deed: Deed, values: dict[str, Any], **told: str) -> None:
    async with transaction():
        case, row = await _take(act, number, step)
        is_question = row["kind"] == StepKind.ASK
        if deed in (Deed.DONE, Deed.ANSWERED) and is_question != (deed is Deed.ANSWERED):
            raise _unknown()
        if row["state"] != StepState.OPEN and deed is not Deed.ANSWERED:
            raise StepSettled(_("Someone has already settled this step. Look at the case again."))
        if deed is Deed.ANSWERED and row["answer"] == values["answer"] and row["state"] == StepState.DONE:
            return
        reason = {} if deed is Deed.SKIPPED else {"reason": ""}
        await _write(step, {**values, **reason, "settled_by": act.by.id, "settled_at": act.now})
        await field_values.keep_answer(number, row["variable"], values.get("answer", ""))
        if row["follow_up"]:
            state = FollowUpState.DROPPED if deed is Deed.SKIPPED else FollowUpState.DONE
            await end_reminder(row["follow_up"], state, act.now)
        await _tell(act, case.id, deed, step=row["words"], **told)


async def end_reminder(reminder: UUID, state: FollowUpState, now: datetime) -> None:
    """Step: nobody is reminded of the step any more; one that has ended already stays as it ended."""
    owed = tables.FollowUp
    if await owed.exists().where((owed.id == reminder) & (owed.state == FollowUpState.DUE)):
        await follow_ups.change(reminder, {"state": state, "settled_at": now, "next_at": None})


async def _take(act: Act, number: int, step: UUID) -> tuple[tables.Case, dict[str, Any]]:
    """Step: an open case, held, and a step of its. Raises CaseUnknown, CaseIsClosed, StepUnknown."""
    case = await take(number, by=act.by)
    must_be_open(case)
    table = tables.ChecklistStep
    rows = await table.select().where((table.id == step) & (table.checklist.case == case.id))
    if not rows:
        raise _unknown()
    return case, rows[0]


async def _write(step: UUID, values: dict[str, Any]) -> None:
    table = tables.ChecklistStep
    await table.update({getattr(table, name): value for name, value in values.items()}).where(
        table.id == step
    )


async def _tell(act: Act, case_id: UUID, deed: Deed, **told: Any) -> None:  # noqa: ANN401 - of an entry
    await timeline.record(case_id, EntryKind.CHECKLIST, by=act.by, now=act.now, deed=deed.value, **told)


def _said(text: str, field: str, missing: str) -> str:
    words = typed_text(text, limit=TEXT_LIMIT, field=field)
    if not words:
        raise StepWithoutWords(fields={field: missing})
    return words


def _unknown() -> StepUnknown:
    return StepUnknown(_("There is no such step on this case. Look at the case again."))
