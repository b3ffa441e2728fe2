"""Commands on playbooks: make, change, retire, restore."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name
from amends.rules.follow_up import playbooks as rules
from amends.rules.follow_up.playbooks import GivenStep
from amends.rules.reply.reply_templates import VARIABLES
from amends.rules.vocabulary import Nature, PlaybookSubject, Severity, StepKind
from amends.services.follow_up import outside_contacts
from amends.services.follow_up.playbooks.rows import MOST, unknown
from amends.services.team.members import Act


class PlaybookChanged(Conflict):
    "Someone else has changed this playbook in the meantime."


class SubjectMissing(Invalid):
    """Choose what the playbook is for."""


class TooManyPlaybooks(Conflict):
    "Too many playbooks."


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step as a lead wrote it, in one row of the form."""

    row: int
    words: str
    kind: StepKind = StepKind.DO
    variable: str = ""
    contact: UUID | None = None
    within_hours: int | None = None


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a lead writes down; `about` is the id of a theme, a nature or a severity."""

    name: str
    subject: PlaybookSubject
    about: str
    steps: tuple[Step, ...]


async def make(act: Act, given: Given, *, playbook_id: UUID | None = None) -> UUID:
    """One more playbook; its id, which may be chosen.

    Raises WrongPlaybook, SubjectMissing, TooManyPlaybooks.
    """
    async with transaction():
        checked = await _checked(given)
        if (await run("SELECT COUNT(*) AS there FROM playbook"))[0]["there"] >= MOST:
            raise TooManyPlaybooks(_("There are already %(most)s. Change one of them.") % {"most": MOST})
        made = playbook_id or uuid4()
        changed: dict[str, Any] = {"changed_by": act.by.id, "changed_at": act.now}
        await add(tables.Playbook, id=made, **_columns(checked), **changed)
        await _write(made, checked.steps)
    return made


async def change(act: Act, playbook: UUID, given: Given, *, version: int) -> None:
    """Other steps, from the next start on: checklists keep what they were started with.

    `version` is the one that was seen.
    Raises PlaybookUnknown, PlaybookChanged, WrongPlaybook, SubjectMissing.
    """
    table = tables.Playbook
    async with transaction():
        checked = await _checked(given)
        changed: dict[Any, Any] = {table.changed_by: act.by.id, table.changed_at: act.now}
        rows = (
            await table.update({**_columns(checked), table.version: table.version + 1, **changed})
            .where(table.id == playbook)
            .returning(table.version)
        )
        if not rows:
            raise unknown()
        if rows[0]["version"] != version + 1:
            raise PlaybookChanged(
                _("Someone else has changed this playbook in the meantime. Reload it, then change it again.")
            )
        await tables.PlaybookStep.delete().where(tables.PlaybookStep.playbook == playbook)
        await _write(playbook, checked.steps)


async def retire(act: Act, playbook: UUID) -> None:
    """It is offered no more; what was started goes on. Raises PlaybookUnknown."""
    await _set_retired(playbook, act.now)


async def restore(playbook: UUID) -> None:
    """It is offered again. Raises PlaybookUnknown."""
    await _set_retired(playbook, None)


async def _set_retired(playbook: UUID, at: object) -> None:
    table = tables.Playbook
    if not await table.update({table.retired_at: at}).where(table.id == playbook).returning(table.id):
        raise unknown()


async def _checked(given: Given) -> Given:
    """The same with clean texts and known contacts. Raises WrongPlaybook, SubjectMissing."""
    known = {one.id for one in await outside_contacts.everyone()}
    cleaned = msgspec.structs.replace(
        given,
        name=clean_name(given.name, limit=rules.LONGEST_NAME + 1),
        steps=tuple(
            msgspec.structs.replace(
                one,
                words=words,
                variable=one.variable.strip(),
                contact=one.contact if one.contact in known else None,
            )
            for one in given.steps
            if (words := clean_name(one.words, limit=rules.LONGEST_STEP + 1))
        ),
    )
    rules.check(cleaned.name, [_as_rule(one) for one in cleaned.steps], taken=VARIABLES)
    if not await _is_known(given.subject, given.about):
        raise SubjectMissing(fields={"about": _("Choose what the playbook is for.")})
    return cleaned


def _as_rule(step: Step) -> GivenStep:
    return GivenStep(step.row, step.words, step.kind, step.variable, step.within_hours)


async def _is_known(subject: PlaybookSubject, about: str) -> bool:
    if subject is PlaybookSubject.THREAT:
        return not about
    if subject is PlaybookSubject.THEME:
        theme = tables.Theme
        return about in {str(row["id"]) for row in await theme.select(theme.id)}
    return about in set(Nature if subject is PlaybookSubject.NATURE else Severity)


def _columns(given: Given) -> dict[Any, Any]:
    return {"name": given.name, "subject": given.subject.value, "about": given.about}


async def _write(playbook: UUID, steps: Sequence[Step]) -> None:
    """Step: these are its steps, in this order."""
    for position, one in enumerate(steps, start=1):
        await add(
            tables.PlaybookStep,
            id=uuid4(),
            playbook=playbook,
            position=position,
            kind=one.kind.value,
            words=one.words,
            variable=one.variable,
            contact=one.contact,
            within_hours=one.within_hours,
        )
