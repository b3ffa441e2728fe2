"""Recheck of a post: what changed since it was captured, and when another is due."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Literal

from amends.rules.follow_up.kinds import KINDS
from amends.rules.vocabulary import FollowUpKind

ASKED_FOR = timedelta(days=7)
"""How long a member's wish for another look stands."""
EARLIER = timedelta(hours=12)
"""How long before its hour a day of confirming a fix, or of a second chance, asks for a look."""
COMPARED_WORDS = 400
"""Of more words than this between the first and the last change, no finer difference is shown."""
WORD = re.compile(r"\s*\S+")
"""A word with the space before it; only the word itself is compared."""


class Change(StrEnum):
    """What has become of a post since it was captured."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    RATING = "rating"
    REPLIES = "replies"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What can be compared of one capture; `rating` in stars, `replies` as the site counted them."""

    title: str = ""
    text: str = ""
    truncated: bool = False
    title_shortened: bool = False
    rating: float | None = None
    replies: float | None = None
    gone: bool = False
    translated_to: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and had the same fate."""

    fate: Literal["kept", "removed", "added"]
    text: str


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """What is different in a later capture of the same post; never nothing: at least `unchanged`.

    What one of the two does not say, such as a rating that could not be read, counts as no change. Spaces do
    not matter, and of a text that was cut only what both have is compared. Replies change by growing.
    """
    if after.gone:
        return (Change.GONE,)
    found = []
    if _differs(before, after):
        found.append(Change.EDITED)
    if before.rating is not None and after.rating is not None and before.rating != after.rating:
        found.append(Change.RATING)
    if new_replies(before, after):
        found.append(Change.REPLIES)
    return tuple(found) or (Change.UNCHANGED,)


def of_author(what: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes that the author made: those that whoever sees the post again by chance is told of."""
    return tuple(change for change in what if change in (Change.EDITED, Change.RATING))


def new_replies(before: Snapshot, after: Snapshot) -> int:
    """How many replies have come; 0 when either count is not known."""
    if before.replies is None or after.replies is None:
        return 0
    return max(0, int(after.replies - before.replies))


def _differs(before: Snapshot, after: Snapshot) -> bool:
    if before.translated_to != after.translated_to:  # what was translated differently was not edited
        return False
    title_cut = before.title_shortened or after.title_shortened
    cut = before.truncated or after.truncated
    pairs = ((before.title, after.title, title_cut), (before.text, after.text, cut))
    return any(old and new and not _same(old.split(), new.split(), cut=part) for old, new, part in pairs)


def _same(old: list[str], new: list[str], *, cut: bool) -> bool:
    """The same words; of a text that was cut, how the longer one begins, but for the word that was cut."""
    if not cut:
        return old == new
    short, long = sorted((old, new), key=len)
    return long[: len(short) - 1] == short[:-1]


def word_runs(before: str, after: str) -> list[Run]:
    """The later text, with what was removed and what was added in their places, word by word."""
    old, new = WORD.findall(before), WORD.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle = _compared(old[head : len(old) - tail], new[head : len(new) - tail])
    runs = [Run("kept", "".join(new[:head])), *middle, Run("kept", "".join(new[len(new) - tail :]))]
    return [run for run in runs if run.text]


def _shared(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    first = (place for place, (old, new) in pairs if old.strip() != new.strip())
    return next(first, min(len(one), len(other)))


def _compared(old: list[str], new: list[str]) -> Iterator[Run]:
    """Words that a stranger repeats a thousand times would take minutes: long differences stay whole."""
    if max(len(old), len(new)) > COMPARED_WORDS:
        yield Run("removed", "".join(old))
        yield Run("added", "".join(new))
        return
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    matcher = SequenceMatcher(None, bare_old, bare_new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield Run("kept", "".join(new[start:end]))
        else:
            yield Run("removed", "".join(old[first:last]))
            yield Run("added", "".join(new[start:end]))


def is_due(
    kind: FollowUpKind | None, due_at: datetime | None, looked_at: datetime | None, now: datetime
) -> bool:
    """Whether what we owe asks for a look at the post now: on the day of confirming or asking again, once."""
    if kind is None or due_at is None or not KINDS[kind].rechecks_post:
        return False
    since = due_at - EARLIER
    return since <= now and (looked_at is None or looked_at < since)


def is_asked(asked_at: datetime | None, now: datetime) -> bool:
    """Whether a member asked for a look within the last week; a look ends it (`asked_at` is None again)."""
    return asked_at is not None and now - asked_at < ASKED_FOR
