"""Contributor links: a colleague without an account helps with one case."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, columns_of, convert, run, transaction
from amends.errors import Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.hostile_words import are_folded
from amends.rules.case.texts import clean_name, shows, typed_text
from amends.rules.vocabulary import EntryKind, Stage
from amends.services.case import timeline
from amends.services.case.access import find, must_be_open, take
from amends.services.team import teams
from amends.services.team.codes import hash_of
from amends.services.team.members import Act
from amends.services.team.names import Name

GOOD_FOR = timedelta(days=14)
NAME_LIMIT = 80
TEXT_LIMIT = 5_000


class ContributorNameless(Invalid):
    "Enter who the link is for."


class ContributionGone(NotFound):
    "This link is no longer valid. Ask the person who sent it for a new one."


class NothingContributed(Invalid):
    """Write something first."""


class ContributorLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link as members see it, without its token."""

    id: UUID
    name: str
    made_by: Name | None
    expires_at: datetime
    used_at: datetime | None


class Contribution(msgspec.Struct, frozen=True, kw_only=True):
    """What the link shows: the number, the posts, and what was written by it; nothing of the person.

    `is_hostile` where the posts are folded.
    """

    case: int
    team: str
    name: str
    texts: list[str]
    is_hostile: bool
    notes: list[tuple[datetime, str]]


async def make(act: Act, number: int, name: str) -> str:
    """A fresh link for one colleague; its token is shown once. Raises CaseUnknown, CaseIsClosed,
    ContributorNameless.
    """
    called = clean_name(name, limit=NAME_LIMIT)
    if not called:
        raise ContributorNameless(fields={"name": _("Enter who the link is for.")})
    token = secrets.token_urlsafe(32)
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        await add(
            tables.ContributorLink,
            id=uuid4(),
            case=case.id,
            token_hash=hash_of(token),
            name=called,
            made_by=act.by.id,
            made_at=act.now,
            expires_at=act.now + GOOD_FOR,
        )
        kind = EntryKind.CONTACT_ASKED
        await timeline.record(case.id, kind, by=act.by, now=act.now, deed="contributor", person=called)
    return token


OF_CASE = f"""
SELECT {columns_of(ContributorLink, table="l")}
FROM contributor_link AS l JOIN case_file AS c ON c.id = l."case"
LEFT JOIN member AS made_by ON made_by.id = l.made_by
WHERE c.number = :number AND l.expires_at > :now ORDER BY l.made_at DESC
"""


async def of_case(act: Act, number: int) -> list[ContributorLink]:
    """The links of a case that are alive, the newest first. Raises CaseUnknown."""
    await find(number, by=act.by)
    return [convert(row, ContributorLink) for row in await run(OF_CASE, number=number, now=act.now)]


async def withdraw(act: Act, number: int, link_id: UUID) -> None:
    """The link opens nothing any more; one that is dead already is left as it is. Raises CaseUnknown."""
    link = tables.ContributorLink
    async with transaction():
        case = await take(number, by=act.by)
        alive = (link.id == link_id) & (link.case == case.id) & (link.expires_at > act.now)
        for ended in await link.update({link.expires_at: act.now}).where(alive).returning(link.name):
            kind, deed = EntryKind.CONTACT_ASKED, "contributor_withdrawn"
            await timeline.record(case.id, kind, by=act.by, now=act.now, deed=deed, person=ended["name"])


ALIVE = """
SELECT l.id, l.name, c.number, c.nature, c.id AS case_id
FROM contributor_link AS l JOIN case_file AS c ON c.id = l."case"
WHERE l.token_hash = :hash AND l.expires_at > :now AND c.stage <> 'closed'
"""
TEXTS = """
SELECT capture.title, capture.text FROM post JOIN capture ON capture.post = post.id
WHERE post."case" = :case_id ORDER BY capture.received_at
"""


async def opened(token: str, *, now: datetime) -> Contribution:
    """What the link shows; looking changes nothing. Raises ContributionGone."""
    link = await _alive(token, now=now)
    texts = [f"{row['title']}\n{row['text']}".strip() for row in await run(TEXTS, case_id=link["case_id"])]
    entries = await timeline.of_case(link["case_id"])
    mine = str(link["id"])
    notes = [
        (one.at, str(one.particulars.get("text", "")))
        for one in entries
        if one.particulars.get("contributor_link") == mine
    ]
    team = await teams.find()
    return Contribution(
        case=link["number"],
        team=team.name if team else "",
        name=link["name"],
        texts=list(dict.fromkeys(texts)),
        is_hostile=are_folded(link["nature"]),
        notes=notes,
    )


async def note(token: str, text: str, *, now: datetime) -> None:
    """A note of theirs on the case, under the name that the link was made for.

    Raises ContributionGone, NothingContributed, TextIsTooLong.
    """
    words = typed_text(text, limit=TEXT_LIMIT, field="text")
    if not shows(words):
        raise NothingContributed(fields={"text": _("Write something first.")})
    async with transaction():
        link = await _alive(token, now=now)
        case = await take(link["number"], by=None)
        if case.stage == Stage.CLOSED:
            raise ContributionGone
        await timeline.record(
            case.id,
            EntryKind.NOTED,
            now=now,
            text=words,
            contributor=link["name"],
            contributor_link=str(link["id"]),
        )
        table = tables.ContributorLink
        await table.update({table.used_at: now}).where(table.id == link["id"])


async def _alive(token: str, *, now: datetime) -> Mapping[str, Any]:
    rows = await run(ALIVE, hash=hash_of(token[:100]), now=now)
    if not rows:
        raise ContributionGone
    return rows[0]
