"""Notes after they were written: editing one's own, and pinning one to a case."""

from collections.abc import Sequence

from amends.database import transaction
from amends.errors import Forbidden, NotFound
from amends.rules.case import notes as rules
from amends.rules.follow_up.mentions import mentioned
from amends.rules.vocabulary import EntryKind
from amends.services.case import timeline
from amends.services.case.access import find, take_to_write
from amends.services.case.timeline import EntryShown
from amends.services.follow_up import mentions
from amends.services.team import members
from amends.services.team.members import Act, Member
from amends.services.workflow.case_commands import said


class NoteUnknown(NotFound):
    "Note not found."


class NoteNotYours(Forbidden):
    """Only the member who wrote a note may edit it."""


async def edit(act: Act, number: int, position: int, *, text: str) -> bool:
    """Says something else in a note of one's own: an entry of its own, and the first one stays as it was.

    Who is named for the first time is told. The same words change nothing; whether anything was changed.
    Raises CaseUnknown, NoteUnknown, NoteNotYours, NothingSaid.
    """
    words = said(text)
    named = mentioned(words, [one for one in await members.everyone() if one.works])
    async with transaction():
        entries = await _held(number, by=act.by)
        note = _note(entries, position)
        if not rules.is_editable(note, act.by.id):
            raise NoteNotYours
        versions = rules.versions(entries).get(position)
        if words == (versions[-1].text if versions else note.particulars.get("text")):
            return False
        case = await take_to_write(number, by=act.by)
        before = rules.told_before(entries, position)
        told = [one for one in named.members if one.id != act.by.id and one.name not in before]
        unreached = await mentions.tell(act, case, told, words)
        await timeline.record(
            case.id,
            EntryKind.NOTE_EDITED,
            by=act.by,
            now=act.now,
            of=position,
            text=words,
            told=[one.name for one in told] or None,
            not_told=named.missed or None,
            unreached=unreached or None,
        )
    return True


async def pin(act: Act, number: int, position: int) -> None:
    """Puts a note above the conversation, in the place of any other; one that is there is left as it is.

    Raises CaseUnknown, NoteUnknown.
    """
    async with transaction():
        entries = await _held(number, by=act.by)
        _note(entries, position)
        if rules.pinned(entries) != position:
            case = await take_to_write(number, by=act.by)
            await timeline.record(case.id, EntryKind.NOTE_PINNED, by=act.by, now=act.now, of=position)


async def unpin(act: Act, number: int, position: int) -> None:
    """Takes a pinned note down; one that is not pinned is left as it is. Raises CaseUnknown, NoteUnknown."""
    async with transaction():
        entries = await _held(number, by=act.by)
        _note(entries, position)
        if rules.pinned(entries) == position:
            case = await take_to_write(number, by=act.by)
            await timeline.record(case.id, EntryKind.NOTE_UNPINNED, by=act.by, now=act.now, of=position)


async def _held(number: int, *, by: Member) -> list[EntryShown]:
    """Step: what a case tells, held until the transaction ends, while its version stays as it is."""
    case = await find(number, by=by)
    if not await timeline.hold(case.id):
        raise timeline.CaseIsGone
    return await timeline.of_case(case.id)


def _note(entries: Sequence[EntryShown], position: int) -> EntryShown:
    note = next((one for one in entries if one.position == position), None)
    if note is None or note.kind is not EntryKind.NOTED:
        raise NoteUnknown
    return note
