"""Codes of customer links, and what a link allows."""

from datetime import timedelta
from enum import StrEnum

from amends.rules.vocabulary import Stage

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: a code is read out on the phone and typed from a photograph."""
LETTERS = 8
"""31 to the power of 8: who tries thirty a minute meets one of ten thousand live codes once in five years."""
GOOD_FOR = timedelta(days=90)
MOST_ANSWERS = 5
"""A hand-off link stands in public: whoever tries to fill the case by it comes to an end."""

HEARD = {Stage.CONTACT: "hear_from_them", Stage.WAITING: "receive_reply"}
"""The move that it is when the person writes, by the stage in which they find the case."""


class Purpose(StrEnum):
    """What a link is for: go on in private, or say how it stands weeks later."""

    HAND_OFF = "hand_off"
    CHECK_IN = "check_in"


class CheckInAnswer(StrEnum):
    """How it stands, in the customer's own view."""

    WELL = "well"
    PARTLY = "partly"
    BADLY = "badly"


class ContactRequest(StrEnum):
    """Whether we asked for a way to reach the person, and what came of it (P50)."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    IGNORED = "ignored"


CONTACT_REQUESTS = {
    "contact_in_private": ContactRequest.ASKED,
    "ask_in_public": ContactRequest.ASKED,
    "hear_from_them": ContactRequest.GIVEN,
    "receive_reply": ContactRequest.GIVEN,
    "settle_unanswered": ContactRequest.IGNORED,
    "let_go_unanswered": ContactRequest.IGNORED,
}
"""What a move tells of the request."""


def most_answers(purpose: Purpose) -> int:
    """How often a link may be answered."""
    return MOST_ANSWERS if purpose is Purpose.HAND_OFF else 1


def stages_of(purpose: Purpose) -> tuple[Stage, ...]:
    """In which stages such a link can be made."""
    if purpose is Purpose.CHECK_IN:
        return (Stage.SECOND_CHANCE, Stage.CHECKED_IN)
    return (Stage.ACKNOWLEDGE, Stage.CONTACT, Stage.WORKING, Stage.WAITING, Stage.RESOLVED)


def shown(code: str) -> str:
    """A code as people read it: AM-7K3Q-ZH2P."""
    return f"AM-{code[:4]}-{code[4:]}"


def typed(text: str) -> str | None:
    """The code that somebody typed, however they wrote it; None when it cannot be one."""
    letters = "".join(letter for letter in text[:40].upper() if letter.isalnum())
    code = letters.removeprefix("AM") if len(letters) == LETTERS + 2 else letters
    return code if len(code) == LETTERS and set(code) <= set(ALPHABET) else None


def stands_in(code: str, text: str) -> bool:
    """Whether a text has the link with this code."""
    return shown(code) in text.upper()


def after(before: ContactRequest | None, move: str) -> ContactRequest | None:
    """How the request stands after a move; what was given is not asked for again."""
    told = CONTACT_REQUESTS.get(move, before)
    return before if before is ContactRequest.GIVEN else told
