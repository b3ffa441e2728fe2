"""What may be posted under a post, and how is it written down that somebody has posted it?"""

from datetime import datetime

import msgspec

from amends import tables
from amends.database import transaction
from amends.i18n import gettext as _
from amends.rules.guards import CaseFacts
from amends.rules.moves import BY_NAME
from amends.rules.vocabulary import Channel, EntryKind, FollowUpKind, Stage
from amends.services import moves, timeline
from amends.services.access import CaseRef, facts_of, find, reference, take
from amends.services.cases.commands import write_touchpoint
from amends.services.members import Member
from amends.services.particulars import AddressNotUsable, Particulars, cleaned
from amends.services.timeline import EntryShown

APPROVED = "approved"
SIGHTS = frozenset({EntryKind.CAPTURED, EntryKind.SEEN_AGAIN, EntryKind.LOOKED_AGAIN})


class PreparedReply(msgspec.Struct, frozen=True, kw_only=True):
    """A text that may be posted as it is."""

    id: str
    title: str
    text: str
    lang: str
    approved: bool


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what may be posted on it."""

    case: CaseRef
    due_kind: FollowUpKind | None
    due_at: datetime | None
    public_replies: int
    prepared: list[PreparedReply]


async def prepared(number: int, *, by: Member) -> Reply:
    """The draft that lies on a case, once a lead has approved it. Raises CaseUnknown."""
    case = await find(number, by=by)
    ready = case.draft and case.approval == APPROVED and case.stage != Stage.CLOSED
    draft = PreparedReply(
        id="draft", title=_("Approved draft"), text=case.draft, lang=case.lang, approved=True
    )
    return Reply(
        case=await reference(case.id),
        due_kind=FollowUpKind(case.due_kind) if case.due_kind else None,
        due_at=case.due_at,
        public_replies=case.public_replies,
        prepared=[draft] if ready else [],
    )


async def posted(number: int, *, url: str, text: str = "", by: Member, now: datetime) -> CaseRef:
    """A public reply has been posted: the move for it where there is one, else a touchpoint. Twice is once.

    A new case that nobody has weighed yet stays to be looked at. Raises CaseUnknown, AddressNotUsable, and
    MoveRefused when the draft still waits for approval.
    """
    words = cleaned(Particulars(reply_url=url, text=text or None))
    address = words.reply_url
    if not address:
        raise AddressNotUsable(fields={"reply_url": _("Paste the whole address; it begins with https://.")})
    async with transaction():
        case = await take(number, by=by)
        if not _told(await timeline.of_case(case.id), address, words.text or ""):
            await _write(case, address, words, by=by, now=now)
    return await reference(case.id)


async def _write(case: tables.Case, url: str, words: Particulars, *, by: Member, now: datetime) -> None:
    facts = await facts_of(case)
    if name := _move(facts):
        weighed = msgspec.structs.replace(words, severity=facts.severity)
        await moves.step(case, BY_NAME[name], facts, weighed, by=by, now=now)
        return
    channel, text = Channel.PUBLIC_REPLY, words.text or ""
    await write_touchpoint(case, channel=channel, direction="out", text=text, url=url, by=by, now=now)


def _move(facts: CaseFacts) -> str | None:
    if facts.stage is Stage.ACKNOWLEDGE:
        return "post_acknowledgement"
    return "answered_already" if facts.stage is Stage.NEW and facts.severity else None


def _told(entries: list[EntryShown], url: str, text: str) -> bool:
    """Whether this reply was told before; two that have no address but the post's differ in their words."""
    seen = {entry.particulars.get("url") for entry in entries if entry.kind in SIGHTS}
    told = (entry.particulars for entry in entries if entry.kind not in SIGHTS)
    return any(
        url in (one.get("reply_url"), one.get("url")) and (url not in seen or one.get("text", "") == text)
        for one in told
    )
