"""What becomes of a mail: an answer on its case, a proposal, a note, or something that waits for a member."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from amends.rules.capture.mail_messages import Mail

MOST_AN_HOUR = 10
"""From one address onto one case; what is more waits for a member, so that two programs cannot talk on."""


class MailEnd(StrEnum):
    """What is done with a mail. None is answered, and none makes a case by itself."""

    OURS = "ours"
    REPEATED = "repeated"
    RETURNED = "returned"
    PROPOSED = "proposed"
    AUTOMATIC = "automatic"
    ADDED = "added"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class MailKnown:
    """What the desk knows of a mail before it decides.

    `answered` are the open cases whose messages, by ids that nobody can guess, it answers; `named` those
    whose number its subject or receiver names; `of_sender` those on which its address is known. `closed` are
    cases that it seems to be about and that are closed: they are only suggested. `returned` is the case from
    which the message was sent that comes back with it.
    """

    instance: str
    is_repeat: bool = False
    is_alert: bool = False
    answered: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    of_sender: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    lately: int = 0
    returned: int | None = None


@dataclass(frozen=True, slots=True)
class MailDecision:
    """What is done, and the case that it is added to, or that is suggested to whoever decides."""

    end: MailEnd
    case: int | None = None


def decide(mail: Mail, known: MailKnown) -> MailDecision:
    """A name in a subject proves nothing, and an address little: both together, or an answer, do."""
    if mail.ours and mail.ours == known.instance:
        return MailDecision(MailEnd.OURS)
    if known.is_repeat:
        return MailDecision(MailEnd.REPEATED)
    if mail.returned and known.returned is not None:
        return MailDecision(MailEnd.RETURNED, known.returned)
    if known.is_alert:
        return MailDecision(MailEnd.PROPOSED)
    case = _case_of(known)
    if mail.automatic:
        return MailDecision(MailEnd.AUTOMATIC, case)
    if case is not None and known.lately < MOST_AN_HOUR:
        return MailDecision(MailEnd.ADDED, case)
    return MailDecision(MailEnd.WAITS, _suggested(known) if case is None else case)


def _case_of(known: MailKnown) -> int | None:
    """The one case that it is about beyond doubt."""
    for sure in (known.answered, tuple(set(known.named) & set(known.of_sender)), known.of_sender):
        if len(set(sure)) == 1:
            return sure[0]
        if sure:
            return None
    return None


def _suggested(known: MailKnown) -> int | None:
    return next(iter((*known.answered, *known.named, *known.of_sender, *known.closed)), None)


IN_SUBJECT = re.compile(r"#([1-9][0-9]{0,8})(?![0-9])")
IN_ADDRESS = re.compile(r"\+(?:case-?)?([1-9][0-9]{0,8})@")
MOST_NAMED = 10


def numbers_named(mail: Mail) -> tuple[int, ...]:
    """The numbers of cases that its subject (#12) or an address that it was sent to (help+12@) names."""
    found = [*IN_SUBJECT.findall(mail.subject)]
    found += [one for address in mail.receivers for one in IN_ADDRESS.findall(address)]
    return tuple(dict.fromkeys(map(int, found)))[:MOST_NAMED]


def likely_way(reason: str, suggested: int | None) -> Literal["case", "file", "open"]:
    """What is most likely right for a mail that waits: its case, the file if unreadable, else a case."""
    if suggested is not None:
        return "case"
    return "file" if reason == "unreadable" else "open"
