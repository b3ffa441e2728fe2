"""Case stories: what of a resolved case is told before and after, and what of it must not be (P60)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from amends.rules.case.entries import TimelineEntry
from amends.rules.case.exchanges import SAID, SPOKEN, is_private_contact, standing
from amends.rules.insight.redaction import anonymous, without_contacts
from amends.rules.vocabulary import EntryKind, Outcome, RemedyState, Stage

TOLD_STAGES = frozenset({Stage.RESOLVED, Stage.SECOND_CHANCE, Stage.CHECKED_IN, Stage.CLOSED})
NOT_TOLD = frozenset({Outcome.DUPLICATE, Outcome.ERASED, Outcome.NOT_OURS, Outcome.BLOCKED})
"""Outcomes that are no story: nothing was resolved with the person."""
GIVEN = frozenset({RemedyState.ACCEPTED, RemedyState.DELIVERED})
RESOLVES = frozenset({"deliver_remedy", "solve_in_public"})
READ = 5_000
"""Characters of a stranger's text that are looked at."""
QUOTED = 700
"""Characters of a text that a proposal quotes; a story is short."""
MOST_QUOTES = 3


class SeenPost(Protocol):
    """One sight of a post of the case."""

    @property
    def post(self) -> UUID:
        """Which post it is."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def rating(self) -> float | None:
        """In stars, where it has one."""

    @property
    def rating_max(self) -> float | None:
        """How many there could be."""


class GivenRemedy(Protocol):
    """One thing that was offered."""

    @property
    def words(self) -> str:
        """What it was."""

    @property
    def state(self) -> RemedyState:
        """Whether they took it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a proposal is made of, in anonymous words.

    `days` lie between the opening of the case and its resolution. Ratings are in stars of `rating_max`;
    `rating_after` is None where the post was not rated otherwise later.
    """

    said: str = ""
    rating_before: float | None = None
    rating_after: float | None = None
    rating_max: float | None = None
    public_replies: tuple[str, ...] = ()
    in_private: bool = False
    remedies: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    outcome: Outcome | None = None
    fix_held: bool = False
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of a story: a title, what was said at first, what we did, how it ended."""

    title: str
    said: str
    did: str
    ended: str


def may_be_told(stage: Stage, outcome: Outcome | None) -> bool:
    """Whether a case has come to an end that can be told: resolved, or closed after work with the person."""
    return stage in TOLD_STAGES and outcome not in NOT_TOLD


def facts_of(
    posts: Sequence[SeenPost],
    entries: Iterable[TimelineEntry],
    remedies: Iterable[GivenRemedy],
    *,
    opened_at: datetime,
    outcome: Outcome | None,
    names: Iterable[str],
) -> Facts:
    """The facts of a case by its posts and its timeline, each the oldest first, without these names."""
    still, known = standing(entries), tuple(names)
    before, after, most = _ratings(posts)
    given = tuple(one.words for one in remedies if one.state in GIVEN)
    return Facts(
        said=_quoted(posts[0].text, known) if posts else "",
        rating_before=before,
        rating_after=after,
        rating_max=most,
        public_replies=tuple(_quoted(one, known) for one in _public(still))[:MOST_QUOTES],
        in_private=any(is_private_contact(one) for one in still),
        remedies=tuple(_quoted(one, known) for one in given or _delivered(still))[:MOST_QUOTES],
        promises=tuple(_quoted(one, known) for one in _kept(still))[:MOST_QUOTES],
        outcome=outcome,
        fix_held=any(_move(one) in ("confirm_fix", "confirm_and_settle") for one in still),
        days=_days(still, opened_at),
    )


def _ratings(posts: Sequence[SeenPost]) -> tuple[float | None, float | None, float | None]:
    """Before, after, and of how many; of the first post alone, as others have ratings of their own."""
    rated = [one for one in posts if one.post == posts[0].post and one.rating is not None]
    if not rated:
        return None, None, None
    first, last = rated[0], rated[-1]
    return first.rating, last.rating if last.rating != first.rating else None, first.rating_max


def _public(entries: Iterable[TimelineEntry]) -> Iterable[str]:
    for one in entries:
        is_ours = _move(one) in SPOKEN or one.particulars.get("direction") == "out"
        if one.kind in SAID and is_ours and not is_private_contact(one):
            yield from _words(one.particulars, "text")


def _delivered(entries: Iterable[TimelineEntry]) -> tuple[str, ...]:
    """What the move says that delivered it, where no offer was written down."""
    return tuple(
        words
        for one in entries
        if _move(one) == "deliver_remedy"
        for words in _words(one.particulars, "remedy")
    )


def _kept(entries: Iterable[TimelineEntry]) -> Iterable[str]:
    for one in entries:
        if one.kind is EntryKind.PROMISE_SETTLED and one.particulars.get("result") == "kept":
            yield from _words(one.particulars, "words")


def _words(particulars: Mapping[str, Any], name: str) -> Iterable[str]:
    words = str(particulars.get(name) or "").strip()
    return [words] if words else []


def _days(entries: Sequence[TimelineEntry], opened_at: datetime) -> int:
    resolved = [one.at for one in entries if _move(one) in RESOLVES]
    ended = [one.at for one in entries if one.particulars.get("outcome")]
    until = (resolved or ended or [opened_at])[-1]
    return max(0, (until - opened_at).days)


def _move(entry: TimelineEntry) -> str:
    return str(entry.particulars.get("move", ""))


def _quoted(text: str, names: Iterable[str]) -> str:
    """The beginning of a text on one line, anonymous before it is cut: half a name would not be found."""
    return _cut(anonymous(" ".join(text[:READ].split()), names), QUOTED)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    words = text[:limit]
    return (words.rpartition(" ")[0] or words).rstrip(" ,;:.") + "…"


def without_person(texts: Texts, names: Iterable[str]) -> Texts:
    """The anonymous form of a story: without these names and handles, and without contact details."""
    known = tuple(names)
    return _each(texts, lambda text: anonymous(text, known))


def with_person(texts: Texts) -> Texts:
    """The form for whose name the person agreed: still without contact details and numbers."""
    return _each(texts, without_contacts)


def _each(texts: Texts, change: Callable[[str], str]) -> Texts:
    return Texts(
        title=change(texts.title), said=change(texts.said), did=change(texts.did), ended=change(texts.ended)
    )
