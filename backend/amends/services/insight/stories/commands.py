"""Commands on case stories: keep, change and take away one; the agreement of its person (P60)."""

from datetime import date
from typing import Any
from uuid import uuid4

import msgspec

from amends import tables
from amends.database import add, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name, typed_text
from amends.rules.insight import stories as rules
from amends.rules.insight.stories import Texts
from amends.rules.vocabulary import EntryKind
from amends.services.case import access, timeline
from amends.services.insight import reports
from amends.services.insight.stories.proposals import facts, must_have_ended, names_of
from amends.services.insight.stories.rows import PARTS, StoryRow, find
from amends.services.team.members import Act, Member
from amends.tables.insight.stories import CaseStory

TITLE_LIMIT = 120
TEXT_LIMIT = 3_000
HOW_LIMIT = 300
NAME_LIMIT = 200


class StoryUnknown(NotFound):
    "This case has no story."


class StoryChanged(Conflict):
    "Someone else has changed this story in the meantime."


class StoryIncomplete(Invalid):
    """Write each part of the story first."""


class AgreementIncomplete(Invalid):
    """Enter the name, and when and how the person agreed."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """That the person agrees to be named: as what, on which day, and how they said so."""

    name: str = ""
    on: date | None = None
    how: str = ""


async def keep(act: Act, number: int, typed: Texts, *, version: int = 0) -> None:
    """Keeps a story of a case, or other words of it: anonymous ones, and others only where the person agrees.

    `version` is the one that the member saw, 0 of a proposal.
    Raises CaseUnknown, StoryTooEarly, StoryChanged, StoryIncomplete, TextIsTooLong.
    """
    texts = _checked(typed)
    async with transaction():
        case = await _held(number, by=act.by)
        story, names = await find(number), await names_of(case)
        _must_be_version(story, version)
        if story is None:
            must_have_ended(case)
            await _insert(act, case, texts, names)
        else:
            await _write(case, story, texts, names, name=story.name)
        await _record(act, case, "changed" if story else "kept")


async def agree(act: Act, number: int, given: Agreement, *, version: int) -> None:
    """The person agrees to be named; under another name than before, the words begin anonymous again.

    Raises CaseUnknown, StoryUnknown, StoryChanged, AgreementIncomplete.
    """
    agreed = _checked_agreement(given, today=await reports.today(act.now))
    async with transaction():
        case = await _held(number, by=act.by)
        story = await _kept(number)
        _must_be_version(story, version)
        texts = story.texts if story.name == agreed.name else story.anonymous
        await _write(case, story, texts, await names_of(case), name=agreed.name)
        await CaseStory.update({CaseStory.agreed_on: agreed.on, CaseStory.agreed_how: agreed.how}).where(
            CaseStory.case == case.id
        )
        await _record(act, case, "agreed", on=str(agreed.on), how=agreed.how)


async def withdraw(act: Act, number: int) -> None:
    """The person does not agree any more: what names them is deleted at once, whoever changed it meanwhile.

    Raises CaseUnknown, StoryUnknown.
    """
    async with transaction():
        case = await _held(number, by=act.by)
        story = await _kept(number)
        if story.named is None:
            return
        await _write(case, story, story.anonymous, [*await names_of(case), story.name], name="")
        await CaseStory.update({CaseStory.agreed_on: None, CaseStory.agreed_how: ""}).where(
            CaseStory.case == case.id
        )
        await _record(act, case, "withdrawn")


async def take_away(act: Act, number: int) -> None:
    """The story is deleted; its case stays as it is. Raises CaseUnknown, StoryUnknown."""
    async with transaction():
        case = await _held(number, by=act.by)
        await _kept(number)
        await CaseStory.delete().where(CaseStory.case == case.id)
        await _record(act, case, "removed")


async def _record(act: Act, case: tables.Case, deed: str, *, on: str = "", how: str = "") -> None:
    """Step: a line of the case's timeline; never the words of the story."""
    await timeline.record(
        case.id, EntryKind.STORY, by=act.by, now=act.now, held=True, deed=deed, on=on, how=how
    )


async def _held(number: int, *, by: Member) -> tables.Case:
    """Step: the case, whose story nobody else changes until the transaction ends."""
    case = await access.find(number, by=by)
    if not await timeline.hold(case.id):
        raise await access.unknown(number)
    return case


async def _kept(number: int) -> StoryRow:
    story = await find(number)
    if story is None:
        raise StoryUnknown(_("No story of case #%(number)s is kept.") % {"number": number})
    return story


async def _insert(act: Act, case: tables.Case, texts: Texts, names: list[str]) -> None:
    known = await facts(case, names)
    await add(
        CaseStory,
        id=uuid4(),
        case=case.id,
        **_values(rules.without_person(texts, names)),
        rating_before=known.rating_before,
        rating_after=known.rating_after,
        rating_max=known.rating_max,
        days=known.days,
        named=None,
        kept_by=act.by.id,
        kept_at=act.now,
    )


async def _write(case: tables.Case, story: StoryRow, texts: Texts, names: list[str], *, name: str) -> None:
    """Step: other words; with a name those in which the person is named, too."""
    known = [*names, name] if name else names
    named = {"name": name, **_values(rules.with_person(texts))} if name else None
    values: dict[str, Any] = {
        **_values(rules.without_person(texts, known)),
        "named": msgspec.json.encode(named).decode() if named else None,
        "version": story.version + 1,
    }
    await CaseStory.update({getattr(CaseStory, name): value for name, value in values.items()}).where(
        CaseStory.case == case.id
    )


def _values(texts: Texts) -> dict[str, str]:
    return {name: getattr(texts, name) for name in PARTS}


def _must_be_version(story: StoryRow | None, version: int) -> None:
    if (story.version if story else 0) != version:
        raise StoryChanged(
            _("Someone else has changed this story in the meantime. Look at it again, then decide.")
        )


def _checked(typed: Texts) -> Texts:
    texts = {
        name: typed_text(text, limit=TITLE_LIMIT if name == "title" else TEXT_LIMIT, field=name)
        for name, text in _values(typed).items()
    }
    if missing := {name: _("Write this part.") for name, text in texts.items() if not text}:
        raise StoryIncomplete(fields=missing)
    return Texts(**texts)


def _checked_agreement(given: Agreement, *, today: date) -> Agreement:
    name = clean_name(given.name, limit=NAME_LIMIT)
    how = typed_text(given.how, limit=HOW_LIMIT, field="how")
    wrong = {}
    if not name:
        wrong["name"] = _("Enter the name under which they agreed to appear here.")
    if given.on is None or given.on > today:
        wrong["on"] = _("Choose the day on which they agreed: today or earlier.")
    if not how:
        wrong["how"] = _("Say how they agreed, such as “by mail”.")
    if wrong:
        raise AgreementIncomplete(fields=wrong)
    return Agreement(name=name, on=given.on, how=how)
