"""Entries of the timeline, ready to show."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from amends.i18n import N_, language
from amends.i18n import gettext as _
from amends.rules.capture.links import safe_url
from amends.rules.capture.rechecks import Change
from amends.rules.case import timeline
from amends.rules.case.exchanges import HEARD, SPOKEN, said_by_themselves
from amends.rules.follow_up.mentions import Why
from amends.rules.operation import own_texts
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.reply.reply_lint import LESSONS, LintRule
from amends.rules.vocabulary import CustomerStatus, EntryKind, Nature, Outcome, Stage, Stance
from amends.services.case.timeline import EntryShown
from amends.web import dates
from amends.web.capture.labels import changes
from amends.web.case.files_view import FileLine
from amends.web.case.labels import FAULTS, entries, fields, severity_label
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.person.labels import customers, measures
from amends.web.workflow.labels import mails, threats

Voice = Literal["ours", "theirs", "note", "event"]
"""Who speaks in an entry: we, the customer, one member to the others; else it only tells what happened."""

DRAFTING = frozenset({"keep_draft", "submit_draft", "approve"})
"""Moves whose words are a draft: they are said once it is posted."""


class NoteShown(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to a note alone: its earlier versions, the newest first, and what this member may do."""

    edited: Moment | None
    earlier: tuple[tuple[str, Moment], ...]
    mine: bool
    pinned: bool
    editing: bool
    words: str
    error: str


class MailState(msgspec.Struct, frozen=True, kw_only=True):
    """How a message by mail stands, and the forms that change it; `is_late` asks somebody to do something."""

    words: str
    why: str
    is_late: bool
    stop: str = ""
    again: str = ""
    elsewhere: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One entry, every string ready; `kind` is how it was said, `folded` whether its words are a draft.

    `subject` is that of a mail, `quoted` what it repeats of earlier ones. `emptied` says that its words were
    erased, `hostile` that they are shown only to whoever asks. Several emptied entries in a row are one line,
    which has `within` it who did something, and when.
    """

    position: int
    voice: Voice
    who: str
    kind: str
    told: str
    at: Moment
    to: str
    sayings: tuple[str, ...]
    folded: bool
    links: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    subject: str = ""
    quoted: str = ""
    files: tuple[FileLine, ...] = ()
    note: NoteShown | None = None
    mail: MailState | None = None
    emptied: bool = False
    hostile: bool = False
    within: tuple[tuple[str, Moment], ...] = ()


def line(entry: EntryShown, *, customer: str, now: datetime) -> Line:
    """One entry as the page shows it, within one minute the same; `customer` is who is answered."""
    return _kept(entry, customer, now.replace(second=0, microsecond=0), dates.reader_zone(), language())


@lru_cache(maxsize=2048)
def _kept(entry: EntryShown, customer: str, now: datetime, _zone: ZoneInfo, _spoken: str) -> Line:
    voice, told = _voice(entry), entries.told(entry, now=now)
    return Line(
        position=entry.position,
        voice=voice,
        who=customer if voice == "theirs" and entry.by else _who(entry),
        kind=_kind(entry, voice, told),
        told=told,
        at=dates.moment(entry.at, now=now),
        to=_arrival(entry),
        sayings=_sayings(entry),
        folded=entry.particulars.get("move") in DRAFTING,
        links=tuple(_links(entry)),
        facts=tuple(_facts(entry)),
        subject=str(entry.particulars.get("subject") or ""),
        quoted=str(entry.particulars.get("quoted") or ""),
        emptied=entry.erased,
    )


def _sayings(entry: EntryShown) -> tuple[str, ...]:
    """What was said in it; the words of an edit stand in the note itself."""
    if entry.kind is EntryKind.NOTE_EDITED:
        return ()
    said = {name: str(value) for name in timeline.SAID if (value := entry.particulars.get(name))}
    if "reason" in said:
        said["reason"] = own_texts.words(said["reason"])
    return tuple(said.values())


def _voice(entry: EntryShown) -> Voice:
    if entry.erased:
        return "event"
    if entry.kind is EntryKind.NOTED:
        return "note"
    if entry.kind is EntryKind.TOUCHPOINT:
        return "theirs" if entry.particulars.get("direction") == "in" else "ours"
    if entry.kind not in (EntryKind.MOVED, EntryKind.REOPENED) or not entry.particulars.get("text"):
        return "event"
    if entry.particulars.get("move") in HEARD:
        return "theirs"
    return "ours" if entry.particulars.get("move") in SPOKEN else "event"


def _kind(entry: EntryShown, voice: Voice, told: str) -> str:
    """How something was said, and by whom it was written down or seen."""
    if entry.particulars.get("seen"):
        return told
    if voice == "event":
        return label(entry.channel) if entry.channel else ""
    if voice == "note":
        return _("Note")
    by_link = entry.particulars.get("by_link")
    way = _("Private link") if by_link else label(entry.channel) if entry.channel else ""
    if voice == "theirs" and entry.by:
        noted = _("as recorded by %(name)s") % {"name": entry.by.name}
        return f"{way} · {noted}" if way else noted
    return way


def _who(entry: EntryShown) -> str:
    if entry.by:
        return entry.by.name
    if contributor := entry.particulars.get("contributor"):
        return _("%(name)s, by link") % {"name": contributor}
    if said_by_themselves(entry.particulars):  # who they say they are: nobody checks it
        return str(entry.particulars.get("person") or _("The customer"))
    return _("Amends")


def _arrival(entry: EntryShown) -> str:
    """Where a move led, when it led somewhere else."""
    before, after, outcome = (entry.particulars.get(name) for name in ("before", "after", "outcome"))
    if entry.kind not in (EntryKind.MOVED, EntryKind.REOPENED) or not after or before == after:
        return ""
    return label(Outcome(outcome)) if outcome else label(Stage(after))


def _links(entry: EntryShown) -> list[tuple[str, str]]:
    if entry.kind in (EntryKind.CAPTURED, EntryKind.SEEN_AGAIN, EntryKind.RECHECKED):
        return []  # the post itself shows its address
    if entry.kind is EntryKind.RULE_APPLIED:
        return [(f"/settings/rules#rule-{entry.particulars.get('rule', '')}", _("the rule"))]
    labels = (("reply_url", _("the answer")), ("proof_url", _("the proof")), ("url", _("the address")))
    found = ((safe_url(str(entry.particulars.get(name) or "")), label) for name, label in labels)
    return [(url, label) for url, label in found if url]


def _facts(entry: EntryShown) -> list[str]:
    """What was decided or found on the way, as short words."""
    if of_kind := FACTS.get(entry.kind):
        return of_kind(entry)
    if said_by_themselves(entry.particulars):
        return _by_themselves(entry)
    to = [_("to %(address)s") % {"address": entry.particulars["to"]}] if entry.particulars.get("mail") else []
    if entry.kind is not EntryKind.MOVED:
        return to
    given, shown = entry.particulars, to
    if severity := given.get("severity"):
        shown.append(severity_label(str(severity)))
    for name, kind in (("stance", Stance), ("nature", Nature), ("customer_status", CustomerStatus)):
        if (
            value := given.get(name)
        ) and value != CustomerStatus.UNKNOWN:  # alone, it says of nothing what it is
            shown.append(label(kind(value)))
    shown += [_(LESSONS[LintRule(one)].title) for one in given.get("findings", []) if one in set(LintRule)]
    if (fault := given.get("fault")) in FAULTS:
        shown.append(_("Fault: %(whose)s") % {"whose": _(FAULTS[str(fault)]).lower()})
    return shown


def _by_themselves(entry: EntryShown) -> list[str]:
    given = entry.particulars
    shown = [customers.word(CheckInAnswer(given["answer"]))] if given.get("answer") else []
    shown += [str(given["contact"])] if given.get("contact") else []
    shown += fields.given(given)
    if names := ", ".join(str(name) for name in given.get("left_out") or ()):
        shown.append(_("not kept as files: %(names)s") % {"names": names})
    return [*shown, _("Please do not write to me again.")] if given.get("stop") else shown


def _told(entry: EntryShown) -> list[str]:
    """Who was told of a note, and which names after an @ reached nobody."""
    missed = {
        Why.UNKNOWN: N_("nobody here is called “%(name)s”"),
        Why.DISABLED: N_("%(name)s can no longer sign in and was not notified"),
        Why.SEVERAL: N_("several people are called “%(name)s”: use the full name"),
    }
    names = ", ".join(str(name) for name in entry.particulars.get("told") or ())
    told = [_("notified: %(names)s") % {"names": names}] if names else []
    if unreached := ", ".join(str(name) for name in entry.particulars.get("unreached") or ()):
        told.append(_("%(names)s: no reminders set up, sees it on Today only") % {"names": unreached})
    reasons = entry.particulars.get("not_told") or {}
    return told + [_(missed[Why(why)]) % {"name": name} for name, why in reasons.items()]


def _found(entry: EntryShown) -> list[str]:
    given = entry.particulars
    before, after = given.get("ratings") or (None, None)
    ratings = (before, after) if before is not None and after is not None else None
    return changes.found(
        [Change(change) for change in given.get("changes", [])],
        ratings=ratings,
        replies=int(given.get("replies") or 0),
    )


FACTS: dict[EntryKind, Callable[[EntryShown], list[str]]] = {
    EntryKind.RECHECKED: _found,
    EntryKind.SEEN_AGAIN: _found,
    EntryKind.NOTED: _told,
    EntryKind.NOTE_EDITED: _told,
    EntryKind.MAIL_SETTLED: lambda entry: mails.facts(entry.particulars),
    EntryKind.MEASURE: lambda entry: measures.facts(entry.particulars),
    EntryKind.THREAT: lambda entry: threats.facts(entry.particulars),
}
"""What only one kind of entry tells."""
