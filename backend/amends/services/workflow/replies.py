"""Posting of public replies, and their record."""

import msgspec

from amends import tables
from amends.database import again_if_broken_off, transaction
from amends.i18n import gettext as _
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import Channel, EntryKind, Occasion, Stage
from amends.rules.workflow.guards import CaseFacts, Mover
from amends.rules.workflow.move_input import AddressNotUsable, MoveInput, cleaned
from amends.rules.workflow.moves import BY_NAME, SPEAKING
from amends.rules.workflow.next_step import Step, next_step
from amends.rules.workflow.reply_guards import NOT_ON_HOLD, POSTING, must_be_read
from amends.services.case import timeline
from amends.services.case.access import CaseRef, facts_of, find, mover_of, reference, take_to_write
from amends.services.case.timeline import EntryShown
from amends.services.desk import incidents
from amends.services.person import customer_links
from amends.services.reply import variants
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import moves
from amends.services.workflow.case_commands import write_touchpoint

READY = ("approved", "ready")
SIGHTS = frozenset({EntryKind.CAPTURED, EntryKind.SEEN_AGAIN, EntryKind.RECHECKED})


class PreparedReply(msgspec.Struct, frozen=True, kw_only=True):
    """A text that may be posted as it is."""

    id: str
    title: str
    text: str
    lang: str
    approved: bool


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A case with its next step, and what may be posted on it."""

    case: CaseRef
    step: Step
    public_replies: int
    budget: int
    prepared: list[PreparedReply]


async def prepared(act: Act, number: int, *, links_at: str = "") -> Reply:
    """What may be posted on a case now: its draft, once nothing holds it, or the last word of a full thread.

    `links_at` is the address of this installation, where a private link of the case leads to.

    Raises CaseUnknown.
    """
    case = await find(number, by=act.by)
    rules = await reply_rules.current()
    link = await customer_links.address(case.id, at=links_at, now=act.now)
    held = case.draft_held_until is not None and case.draft_held_until > act.now
    facts = await facts_of(case)
    ready = case.draft and case.approval in READY and not held and case.stage != Stage.CLOSED
    title = _("Approved draft") if case.approval == "approved" else _("Draft")
    draft = PreparedReply(
        id="draft", title=title, text=case.draft, lang=case.lang, approved=case.approval == "approved"
    )
    return Reply(
        case=await reference(case.id),
        step=next_step(facts, by=await mover_of(act.by, now=act.now), now=act.now),
        public_replies=case.public_replies,
        budget=rules.budget,
        prepared=[]
        if facts.is_silenced
        else [draft]
        if ready
        else await _last_word(case, facts, rules, by=act.by, link=link),
    )


async def _last_word(
    case: tables.Case, facts: CaseFacts, rules: ReplyRules, *, by: Member, link: str
) -> list[PreparedReply]:
    """The closing line with the place to go on, where the public replies are used up (P35)."""
    may_speak = case.stage in SPEAKING and not facts.thread_ended and facts.approval is None
    if case.public_replies < rules.budget or not may_speak or must_be_read(facts, Mover(by.id, by.role)):
        return []
    offered = await variants.of(case, rules, occasion=Occasion.CLOSING, by=by, link=link)
    complete = (one for one in offered if not one.missing)
    return [
        PreparedReply(id=str(one.id), title=one.title, text=one.text, lang=one.language, approved=False)
        for one in list(complete)[:1]
    ]


async def posted(act: Act, number: int, *, url: str, text: str = "") -> CaseRef:
    """A public reply has been posted: the move for it where there is one, else a touchpoint. Twice is once.

    A new case that nobody has weighed yet stays to be looked at. Raises CaseUnknown, AddressNotUsable, and
    MoveRefused when the draft still waits for approval or is held, or a lead has to read it first.
    """
    words = _usable(url, text)
    return await again_if_broken_off(lambda: _post(act, number, words))


async def _post(act: Act, number: int, words: MoveInput) -> CaseRef:
    async with transaction():
        case = await take_to_write(number, by=act.by)
        told = await timeline.of_case(case.id)
        by_members = [entry for entry in told if not entry.particulars.get("seen")]
        if not _told(by_members, words):
            await _write(act, case, words, is_seen=_told(told, words))
    return await reference(case.id)


async def seen(act: Act, number: int, *, url: str, text: str = "") -> CaseRef:
    """An account of ours has replied below the post, and this member's browser saw it. Twice is once.

    It counts as a public reply, wherever it was written; the case stays where it is, for nobody knows whom
    it answers. A draft that says the same has been posted. Raises CaseUnknown, AddressNotUsable.
    """
    words = _usable(url, text)
    case = await find(number, by=act.by)
    if _told(await timeline.of_case(case.id), words):
        return await reference(case.id)
    return await again_if_broken_off(lambda: _see(act, number, words))


async def _see(act: Act, number: int, words: MoveInput) -> CaseRef:
    async with transaction():
        case = await take_to_write(number, by=act.by)
        if not _told(await timeline.of_case(case.id), words):
            await _write_touchpoint(act, case, words, seen=True)
            await incidents.see_reply(act, number)
    return await reference(case.id)


async def _write_touchpoint(act: Act, case: tables.Case, words: MoveInput, *, seen: bool = False) -> None:
    channel, text, url = Channel.PUBLIC_REPLY, words.text or "", words.reply_url or ""
    await write_touchpoint(act, case, channel=channel, direction="out", text=text, url=url, seen=seen)


def _usable(url: str, text: str) -> MoveInput:
    """Raises AddressNotUsable."""
    words = cleaned(MoveInput(reply_url=url, text=text or None))
    if not words.reply_url:
        raise AddressNotUsable(fields={"reply_url": _("Paste the full address; it begins with https://.")})
    return words


async def _write(act: Act, case: tables.Case, words: MoveInput, *, is_seen: bool) -> None:
    """Step: the move, else a touchpoint unless a browser saw the reply before."""
    facts = await facts_of(case)
    mover = await mover_of(act.by, now=act.now)
    for guard in POSTING if facts.stage is not Stage.NEW else (NOT_ON_HOLD,):
        if not guard.holds(facts, mover, act.now):
            raise moves.MoveRefused(_(guard.sentence))
    if name := _move(facts):
        weighed = msgspec.structs.replace(words, severity=facts.severity)
        await moves.step(act, case, BY_NAME[name], facts, weighed)
        return
    if not is_seen:
        await _write_touchpoint(act, case, words)


def _move(facts: CaseFacts) -> str | None:
    if facts.stage is Stage.ACKNOWLEDGE:
        return "post_acknowledgement"
    return "answered_already" if facts.stage is Stage.NEW and facts.severity else None


def _told(entries: list[EntryShown], words: MoveInput) -> bool:
    """Whether this reply was told before; two that have no address but the post's differ in their words."""
    url, text = words.reply_url, words.text or ""
    seen = {entry.particulars.get("url") for entry in entries if entry.kind in SIGHTS}
    told = (entry.particulars for entry in entries if entry.kind not in SIGHTS)
    return any(
        url in (one.get("reply_url"), one.get("url")) and (url not in seen or one.get("text", "") == text)
        for one in told
    )
