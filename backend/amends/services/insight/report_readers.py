"""Readers of reports by mail: who gets them, by which mail server, and what became of the last one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import instant, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.gateways.notifier import Notifier
from amends.gateways.notifier.addresses import readdressed
from amends.gateways.notifier.policy import reason
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.rules.insight.report_letters import Rhythm, last_whole
from amends.rules.team.mail_addresses import wire_form
from amends.rules.vocabulary import Language, NudgeState
from amends.rules.vocabulary.audit import AuditKind
from amends.services.insight import report_letters, reports
from amends.services.nudge.nudges.dead_letters import why
from amends.services.team import audit, locations
from amends.services.team.members import Act

MOST = 20


class ReaderUnknown(NotFound):
    "This address no longer gets reports."


class ReaderRefused(Invalid):
    "Reports cannot be sent there."


class NoMailServer(Conflict):
    """The email destination through which these reports were sent is gone. Add the address again."""


class Post(StrEnum):
    """What is known of a letter: never more than the mail server said."""

    WAITING = "waiting"
    ON_ITS_WAY = "on_its_way"
    TRIED = "tried"
    ACCEPTED = "accepted"
    GIVEN_UP = "given_up"
    ENDED = "ended"
    UNKNOWN = "unknown"


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """A target that is reached by mail, and so has a server that can write to others."""

    id: UUID
    name: str
    masked: str


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """The last letter of a reader: of which days, how it stands since when, and `why` it failed, in words."""

    first: date
    last: date
    state: Post
    at: datetime
    why: str = ""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which report somebody gets: how often, in which language, of which location (empty: of all)."""

    rhythm: Rhythm
    language: Language
    location: str = ""


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who gets reports; `through` names the target whose mail server is used, empty when it is gone."""

    id: UUID
    address: str
    rhythm: Rhythm
    language: Language
    location: str
    through: str
    paused: bool
    posted: Posted | None


SERVERS = """
SELECT t.id, t.name, t.masked FROM target AS t LEFT JOIN member AS m ON m.id = t.member
WHERE t.masked LIKE 'mailto%' AND (t.member IS NULL OR t.member = :member) AND m.disabled_at IS NULL
ORDER BY t.member IS NOT NULL, t.name, t.id
"""
ALL = """
SELECT r.id, r.address, r.rhythm, r.language, r.location, r.paused, t.name AS through, m.disabled_at,
    l.first, l.last, l.created_at, n.state, n.attempts, n.failure, {settled}
FROM report_reader AS r
LEFT JOIN target AS t ON t.id = r.target LEFT JOIN member AS m ON m.id = t.member
LEFT JOIN report_letter AS l ON l.id = (SELECT newest.id FROM report_letter AS newest
    WHERE newest.reader = r.id ORDER BY newest.created_at DESC, newest.id LIMIT 1)
LEFT JOIN nudge AS n ON n.id = l.nudge
ORDER BY r.address, r.rhythm
"""
SEALED = "SELECT sealed FROM target WHERE id = :target"
NO_MORE = """
UPDATE nudge SET state = 'void', failure = 'no longer wanted', settled_at = :now
WHERE state = 'ready' AND id IN (SELECT nudge FROM report_letter WHERE reader = :reader)
"""


async def servers(act: Act) -> list[MailServer]:
    """The mail servers that may be used: those of the team's targets, and of the member's own."""
    rows = await run(SERVERS, member=act.by.id)
    return [MailServer(id=row["id"], name=row["name"], masked=row["masked"]) for row in rows]


async def everyone() -> list[Reader]:
    """Everybody who gets reports, by address."""
    return [_reader(row) for row in await run(ALL.format(settled=instant("n.settled_at", "settled_at")))]


def _reader(row: Mapping[str, Any]) -> Reader:
    return Reader(
        id=row["id"],
        address=row["address"],
        rhythm=Rhythm(row["rhythm"]),
        language=Language(row["language"]),
        location=row["location"],
        through=row["through"] or "" if row["disabled_at"] is None else "",
        paused=bool(row["paused"]),
        posted=_posted(row) if row["first"] else None,
    )


def _posted(row: Mapping[str, Any]) -> Posted:
    state = _state(row)
    return Posted(
        first=row["first"],
        last=row["last"],
        state=state,
        at=row["settled_at"] or row["created_at"],
        why=why(row["failure"]) if state in (Post.GIVEN_UP, Post.TRIED) else "",
    )


def _state(row: Mapping[str, Any]) -> Post:
    match row["state"]:
        case NudgeState.READY:
            return Post.TRIED if row["attempts"] else Post.WAITING
        case NudgeState.SENDING:
            return Post.ON_ITS_WAY
        case NudgeState.SENT:
            return Post.ACCEPTED
        case NudgeState.DEAD:
            return Post.GIVEN_UP
        case NudgeState.VOID:
            return Post.ENDED
    return Post.UNKNOWN


async def checked(act: Act, address: str, through: UUID, notifier: Notifier, secrets: Secrets) -> str:
    """The mailbox, when the server of that target writes to it: asked of a child process.

    Outside of transactions. Raises ReaderRefused with a sentence per field, NotifierIsBusy, SecretUnreadable.
    """
    mailbox = wire_form(address)
    if mailbox is None:
        raise _refused("address", _("“%(address)s” is not an email address.") % {"address": address.strip()})
    if through not in {one.id for one in await servers(act)}:
        raise _refused("through", _("Choose one of the email destinations in the list."))
    [row] = await run(SEALED, target=through)
    whole = readdressed(secrets.open(row["sealed"], of=through), mailbox)
    if not whole:
        words = _("The address of this destination was written by hand. Enter it again by the email form.")
        raise _refused("through", words)
    if refused := await notifier.check(whole):
        raise _refused("address", reason(refused))
    return mailbox


async def join(act: Act, mailbox: str, wanted: Wanted, *, through: UUID) -> UUID:
    """One more reader, whose mailbox was `checked`; the first report is that of the period at hand.

    Raises ReaderRefused.
    """
    reader_id = uuid4()
    async with transaction():
        if wanted.location and wanted.location not in {str(one.id) for one in await locations.everything()}:
            raise _refused("location", _("Choose one of the locations in the list."))
        if await tables.ReportReader.count() >= MOST:
            words = _("Reports already go to %(most)s addresses. Remove one first.") % {"most": MOST}
            raise _refused("address", words)
        reader = tables.ReportReader(
            id=reader_id,
            address=mailbox,
            rhythm=wanted.rhythm,
            language=wanted.language,
            location=wanted.location,
            target=through,
            planned_to=last_whole(wanted.rhythm, await reports.today(act.now)).last,
            added_by=act.by.id,
            created_at=act.now,
        )
        made = await (
            tables.ReportReader.insert(reader)
            .on_conflict(action="DO NOTHING")
            .returning(tables.ReportReader.id)
        )
        if not made:
            raise _refused("address", _("This address already gets this report."))
        await audit.record(AuditKind.RECIPIENT_ADDED, by=act.by, now=act.now, name=mailbox)
    return reader_id


async def pause(act: Act, reader_id: UUID, *, paused: bool) -> None:
    """Nothing more goes there until it goes on, with the report of the period at hand then.

    Raises ReaderUnknown.
    """
    reader = tables.ReportReader
    async with transaction():
        found = await _take(reader_id)
        values: dict[Any, Any] = {reader.paused: paused}
        if paused:
            await run(NO_MORE, reader=reader_id, now=act.now)
        else:
            values[reader.planned_to] = last_whole(Rhythm(found["rhythm"]), await reports.today(act.now)).last
        await reader.update(values).where(reader.id == reader_id)
        changed = AuditKind.RECIPIENT_CHANGED
        await audit.record(changed, by=act.by, now=act.now, name=found["address"])


async def remove(act: Act, reader_id: UUID) -> None:
    """Takes an address off the list, with the letters to it. Raises ReaderUnknown."""
    async with transaction():
        found = await _take(reader_id)
        await audit.record(AuditKind.RECIPIENT_REMOVED, by=act.by, now=act.now, name=found["address"])
        await run(NO_MORE, reader=reader_id, now=act.now)
        await tables.ReportReader.delete().where(tables.ReportReader.id == reader_id)


async def send_now(act: Act, reader_id: UUID) -> None:
    """Decides one more report of the last whole period, with what is counted by now; the worker sends it.

    Raises ReaderUnknown, NoMailServer.
    """
    found = await _take(reader_id)
    period = last_whole(Rhythm(found["rhythm"]), await reports.today(act.now))
    letter = await report_letters.letter_of(
        period, found["language"], location=found["location"], now=act.now
    )
    async with transaction():
        found = await _take(reader_id)
        if found["target"] is None:
            raise NoMailServer
        await report_letters.post(reader_id, found["target"], period, letter, now=act.now)


async def _take(reader_id: UUID) -> Mapping[str, Any]:
    reader = tables.ReportReader
    rows: Sequence[dict[str, Any]] = await reader.select().where(reader.id == reader_id)
    if not rows:
        raise ReaderUnknown
    return rows[0]


def _refused(field: str, sentence: str) -> ReaderRefused:
    return ReaderRefused(sentence, fields={field: sentence})
