"""Commands on a case besides moves: assign, note, record, snooze, wake."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from amends import tables
from amends.database import each_apart, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.capture.links import safe_url
from amends.rules.case import exchanges
from amends.rules.case.texts import shows, typed_text
from amends.rules.follow_up import mentions as rules
from amends.rules.follow_up.follow_ups import must_say_why
from amends.rules.vocabulary import Channel, EntryKind
from amends.rules.workflow.move_input import MoveInput
from amends.services.case import attachments, holds, timeline, undelivered
from amends.services.case.access import must_be_open, take, take_to_write
from amends.services.case.offered_files import Attached
from amends.services.follow_up import follow_ups, mentions
from amends.services.person import customer_links
from amends.services.reply import drafts
from amends.services.team import members
from amends.services.team.members import Act
from amends.services.workflow import public_endings

TEXT_LIMIT = 20_000

SLEPT = """
SELECT count(*) AS slept FROM entry WHERE "case" = :case_id AND kind = 'snoozed' AND position > COALESCE(
    (SELECT max(position) FROM entry WHERE "case" = :case_id AND kind IN ('moved', 'reopened')), 0)
"""


class NothingSaid(Invalid):
    """Write something first."""


class NotTheOwner(Conflict):
    "Only its owner can give up a case."


class WakeDatePassed(Invalid):
    "Choose a time in the future."


class SnoozedOften(Invalid):
    "This case was already snoozed twice; say why it must be snoozed again."


class MessageWaits(Invalid):
    "A new message waits on this case."


def said(text: str, field: str = "text") -> str:
    """What a member typed, cleaned. Raises NothingSaid where nothing of it shows, TextIsTooLong."""
    words = typed_text(text, limit=TEXT_LIMIT, field=field)
    if not shows(words):
        raise NothingSaid(fields={field: _("Write something first.")})
    return words


async def assign(
    act: Act, number: int, *, owner: UUID | None, note: str = "", version: int | None = None
) -> None:
    """Gives the case and all that is owed on it to a member, or back to the pool, with a word on the way.

    `version` is the one that the member saw.
    Raises CaseUnknown, CaseChanged, CaseIsClosed, NoSuchMember, MemberIsDisabled.
    """
    async with transaction():
        chosen = await members.present(owner, field="owner") if owner else None
        case = await take(number, by=act.by, version=version)
        must_be_open(case)
        if case.owner == owner:
            return
        await tables.Case.update({tables.Case.owner: owner}).where(tables.Case.id == case.id)
        await follow_ups.hand_over(case.id, owner=owner, now=act.now)
        name = chosen.name if chosen else None
        words = typed_text(note, limit=TEXT_LIMIT, field="note")
        await timeline.record(case.id, EntryKind.ASSIGNED, by=act.by, now=act.now, to=name, note=words)


async def take_off(act: Act, number: int) -> None:
    """The owner leaves the case to the pool; no reason is asked or kept (P72).

    Raises CaseUnknown, CaseIsClosed, NotTheOwner.
    """
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        if case.owner != act.by.id:
            raise NotTheOwner(_("Only its owner can give up a case. See who owns it now."))
        await tables.Case.update({tables.Case.owner: None}).where(tables.Case.id == case.id)
        await follow_ups.hand_over(case.id, owner=None, now=act.now)
        await timeline.record(case.id, EntryKind.ASSIGNED, by=act.by, now=act.now, because="taken_off")


async def note(act: Act, number: int, *, text: str, attached: Attached | None = None) -> None:
    """Writes a note that members leave for each other; who is named with an @ is told of it.

    The timeline says who was told, and which names reached nobody. Files need no words.
    Raises CaseUnknown, NothingSaid, FileRefused.
    """
    words = "" if attached and attached.files and not shows(text) else said(text)
    named = rules.mentioned(words, [one for one in await members.everyone() if one.works or one.disabled])
    told = [one for one in named.members if one.id != act.by.id]
    async with transaction():
        case = await take_to_write(number, by=act.by)
        unreached = await mentions.tell(act, case, told, words)
        await timeline.record(
            case.id,
            EntryKind.NOTED,
            by=act.by,
            now=act.now,
            text=words,
            files=await attachments.attach(act, case.id, attached),
            told=[one.name for one in told] or None,
            not_told=named.missed or None,
            unreached=unreached or None,
        )


async def record_touchpoint(
    act: Act,
    number: int,
    *,
    channel: Channel,
    direction: Literal["in", "out"],
    text: str,
    url: str = "",
    attached: Attached | None = None,
) -> None:
    """Writes down contact between us and the person; when they wrote, a snooze that waits for it ends.

    Raises CaseUnknown, NothingSaid, FileRefused, and ReplyOnHold for what was said in public.
    """
    words = said(text)
    async with transaction():
        case = await take_to_write(number, by=act.by)
        if direction == "out" and channel is Channel.PUBLIC_REPLY:
            await holds.must_not_be_on_hold(number)
        files = await attachments.attach(act, case.id, attached)
        await write_touchpoint(
            act, case, channel=channel, direction=direction, text=words, url=url, files=files
        )
        if direction == "in":
            await wake_for_reply(case, now=act.now)


async def write_touchpoint(
    act: Act,
    case: tables.Case,
    *,
    channel: Channel,
    direction: Literal["in", "out"],
    text: str,
    url: str,
    seen: bool = False,
    files: list[dict[str, Any]] | None = None,
) -> None:
    """Step: one entry of what was said; a public reply of ours is counted.

    One that a browser has `seen` on the site leaves a draft that says something else as it is.
    """
    await timeline.record(
        case.id,
        EntryKind.TOUCHPOINT,
        by=act.by,
        now=act.now,
        channel=channel,
        direction=direction,
        text=text,
        url=safe_url(url),
        seen=seen or None,
        files=files,
    )
    if direction == "out" and channel is not Channel.PUBLIC_REPLY:
        await undelivered.dealt_with(case.id, now=act.now)
    if direction == "out" and channel is Channel.PUBLIC_REPLY:
        row = tables.Case
        changes = await drafts.posted(case, MoveInput(text=text), now=act.now, seen=seen)
        columns = {getattr(row, name): value for name, value in changes.items()}
        await row.update({**columns, row.public_replies: row.public_replies + 1}).where(row.id == case.id)
        await public_endings.written(case, now=act.now)
        await customer_links.note_posting(act, case, text if seen else text or case.draft)


async def snooze(
    act: Act,
    number: int,
    *,
    until: datetime,
    wake_on_reply: bool,
    reason: str = "",
    beside_message: bool = False,
    version: int | None = None,
) -> None:
    """Silences what belongs to the case's stage until a date; promises go on, and what members are asked for.

    The third time since the last move asks why. `beside_message` when the member was told that something of
    the customer's waits, and wants it all the same; `version` is the one that they saw.
    Raises CaseUnknown, CaseChanged, CaseIsClosed, WakeDatePassed, SnoozedOften, MessageWaits.
    """
    if until <= act.now:
        raise WakeDatePassed(fields={"until": _("Choose a time in the future.")})
    why = typed_text(reason, limit=TEXT_LIMIT, field="reason")
    async with transaction():
        case = await take(number, by=act.by, version=version)
        must_be_open(case)
        if not beside_message and await message_waits(case):
            raise MessageWaits(
                _("A new message is waiting. Answer it first, or snooze the case all the same.")
            )
        if not why and await asks_why(case):
            raise SnoozedOften(
                fields={"reason": _("It was already snoozed twice. Say why it must be snoozed again.")}
            )
        await tables.Case.update(
            {tables.Case.snoozed_until: until, tables.Case.wake_on_reply: wake_on_reply}
        ).where(tables.Case.id == case.id)
        await timeline.record(
            case.id,
            EntryKind.SNOOZED,
            by=act.by,
            now=act.now,
            until=until.isoformat(),
            wake_on_reply=wake_on_reply,
            reason=why,
        )


async def message_waits(case: tables.Case) -> bool:
    """Whether something of the customer's waits on the case, of which whoever snoozes it is told."""
    told = await timeline.of_case(case.id)
    return exchanges.message_waits(told, came_back=case.came_back_at is not None)


async def asks_why(case: tables.Case) -> bool:
    """Whether one more snooze since the case's last move needs a reason (nudge policy, 6)."""
    rows = await run(SLEPT, case_id=case.id)
    return must_say_why(int(rows[0]["slept"]))


async def wake(act: Act, number: int, *, version: int | None = None) -> None:
    """Ends a snooze now. Raises CaseUnknown, CaseChanged."""
    async with transaction():
        case = await take(number, by=act.by, version=version)
        if case.snoozed_until is None:
            return
        await _wake(case.id, now=act.now)
        await timeline.record(case.id, EntryKind.WOKEN, by=act.by, now=act.now)


async def wake_due(*, now: datetime) -> int:
    """Wakes the cases whose snooze has ended, each in its own transaction; how many there were.

    One that cannot be woken stops no other one; what it raised is raised at the end.
    """

    async def wake(row: dict[str, Any]) -> int:
        async with transaction():
            await timeline.hold(row["id"])
            still = tables.Case.snoozed_until <= now
            if await tables.Case.exists().where((tables.Case.id == row["id"]) & still):
                await _wake(row["id"], now=now)
                await timeline.record(row["id"], EntryKind.WOKEN, now=now)
        return 1

    rows = await tables.Case.select(tables.Case.id).where(tables.Case.snoozed_until <= now).limit(500)
    return await each_apart(rows, wake)


async def wake_for_reply(case: tables.Case, *, now: datetime) -> None:
    """Step: they wrote, which ends a snooze that waits for it."""
    if case.snoozed_until and case.wake_on_reply:
        await _wake(case.id, now=now)


async def _wake(case_id: UUID, *, now: datetime) -> None:
    await tables.Case.update({tables.Case.snoozed_until: None}).where(tables.Case.id == case_id)
    await follow_ups.begin_again(case_id, at=now)
