"""Questions to a colleague: what is asked in one press, what answers it, and who is proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from amends.i18n import N_

HERE = timedelta(minutes=10)
"""So long after their last page a member counts as being at the desk."""


class Preset(StrEnum):
    """What is asked without typing anything."""

    JOKE = "joke"
    MEANING = "meaning"


class Answer(StrEnum):
    """What answers a question in one press."""

    JOKE = "joke"
    SERIOUS = "serious"
    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


ASKED = {Preset.JOKE: N_("Is this a joke?"), Preset.MEANING: N_("What does it mean here?")}
"""The words of what is asked in one press, for the catalogue."""
ANSWERED = {
    Answer.JOKE: N_("Joke"),
    Answer.SERIOUS: N_("Serious"),
    Answer.YES: N_("Yes"),
    Answer.NO: N_("No"),
    Answer.NOT_SURE: N_("Not sure"),
}


def answers(preset: Preset | None) -> tuple[Answer, ...]:
    """What may be answered in one press; words always do."""
    if preset is Preset.JOKE:
        return (Answer.JOKE, Answer.SERIOUS, Answer.NOT_SURE)
    return (Answer.NOT_SURE,) if preset is Preset.MEANING else (Answer.YES, Answer.NO, Answer.NOT_SURE)


def with_words(ready: str, words: str) -> str:
    """What is asked or answered in one press, followed by the words that were typed beside it."""
    return " – ".join(part for part in (ready, words) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A member who can be asked. `seen_at` is when they last opened a page, signed in until now.

    `reached` is whether they have a destination of their own for reminders.
    """

    id: UUID
    name: str
    reads_it: bool
    away: bool
    reached: bool = True
    seen_at: datetime | None = None

    def is_here(self, now: datetime) -> bool:
        """Whether they seem to be at the desk, although they may be away by the calendar."""
        return self.seen_at is not None and now - self.seen_at <= HERE


def in_order(colleagues: Iterable[Colleague], *, now: datetime) -> list[Colleague]:
    """Who is proposed first: who reads the language of the post, then who is here, then who is not away."""
    return sorted(
        colleagues, key=lambda one: (not one.reads_it, not one.is_here(now), one.away, one.name.casefold())
    )
