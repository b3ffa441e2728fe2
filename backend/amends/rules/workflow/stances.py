"""Recommended stance for a post, with its reason (P21, P47)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from amends.i18n import N_
from amends.rules.vocabulary import CustomerStatus, Nature, Severity, Stance

OURS = frozenset({"ours", "shared"})
CUSTOMERS = frozenset({CustomerStatus.VERIFIED, CustomerStatus.CLAIMED})
SEEN = {"likes": 100, "shares": 50, "reposts": 50, "replies": 100, "views": 10_000, "score": 100}
"""From so many on, a post is seen by more than those who know its author (P13)."""

MOVES = {
    Stance.ANSWER: "answer",
    Stance.CLARIFY: "answer",
    Stance.FIX: "answer",
    Stance.WATCH_IN_SILENCE: "watch_in_silence",
    Stance.ESCALATE: "escalate",
    Stance.LET_GO: "not_ours",
}
"""The move of a new case that each stance means. The others are taken later, when more is known."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of a post; `is_seen` when many people see it."""

    nature: Nature | None = None
    severity: Severity | None = None
    fault: str | None = None
    customer: CustomerStatus = CustomerStatus.UNKNOWN
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A stance, the numbers of the practices that say so, and the reason in words for the catalogue."""

    stance: Stance
    practices: tuple[int, ...]
    reason: str


def is_seen(metrics: Mapping[str, Any]) -> bool:
    """Whether a post reaches many, by the numbers that stood under it when it was captured."""
    return any(
        isinstance(value := metrics.get(name), int | float) and value >= most for name, most in SEEN.items()
    )


def recommend(known: Assessment) -> Recommendation | None:
    """What is best done, or None while nobody has said what sort of words it is."""
    if known.nature is None:
        return None
    return next(recommended for holds, recommended in TABLE if holds(known))


def _bought(known: Assessment) -> bool:
    return known.customer in CUSTOMERS


def _is(nature: Nature) -> Callable[[Assessment], bool]:
    return lambda known: known.nature is nature


def _both(*conditions: Callable[[Assessment], bool]) -> Callable[[Assessment], bool]:
    return lambda known: all(holds(known) for holds in conditions)


def _at_fault(known: Assessment) -> bool:
    return known.fault in OURS


def _is_grave(known: Assessment) -> bool:
    return known.severity is Severity.S1


def _is_small_talk(known: Assessment) -> bool:
    return known.severity is Severity.S4 and not _bought(known) and not known.is_seen


THREAT, SPAM, HARASSMENT = _is(Nature.THREAT), _is(Nature.SPAM), _is(Nature.HARASSMENT)
CLAIM, MISTAKEN = _is(Nature.FALSE_CLAIM), _is(Nature.MISUNDERSTANDING)
COMPLAINT, CRITICISM = _is(Nature.COMPLAINT), _is(Nature.CRITICISM)

TABLE: tuple[tuple[Callable[[Assessment], bool], Recommendation], ...] = (
    (
        THREAT,
        Recommendation(
            Stance.ESCALATE,
            (68, 71),
            N_("A threat goes to those who can act on it. Do not answer it alone, and delete nothing."),
        ),
    ),
    (
        SPAM,
        Recommendation(
            Stance.LET_GO, (58,), N_("It asks nothing of us. Close it, and report it on the site.")
        ),
    ),
    (
        _both(HARASSMENT, _is_grave),
        Recommendation(
            Stance.ESCALATE, (71,), N_("It continues, or it is serious: the leads decide who else must know.")
        ),
    ),
    (
        _both(HARASSMENT, _bought),
        Recommendation(
            Stance.ANSWER,
            (28, 50),
            N_("A customer is behind it: answer the substance, without a full apology, and ask for details."),
        ),
    ),
    (
        HARASSMENT,
        Recommendation(
            Stance.WATCH_IN_SILENCE,
            (69, 70),
            N_("It wants attention. Watch it silently, with a day to check again."),
        ),
    ),
    (
        _is_grave,
        Recommendation(
            Stance.ESCALATE,
            (18, 19),
            N_("A leak, a danger or a wave is too big for one person: the leads are alerted at once."),
        ),
    ),
    (
        CLAIM,
        Recommendation(
            Stance.CLARIFY,
            (42, 46),
            N_("State the facts once, with proof, for those who read along."),
        ),
    ),
    (
        MISTAKEN,
        Recommendation(
            Stance.CLARIFY, (46,), N_("A friendly explanation is enough; there is nothing to put right.")
        ),
    ),
    (
        _both(COMPLAINT, _at_fault),
        Recommendation(
            Stance.FIX, (29, 31), N_("We got it wrong: say so, apologise, and put it right by a given day.")
        ),
    ),
    (
        _both(COMPLAINT, lambda known: known.fault == "theirs"),
        Recommendation(
            Stance.CLARIFY,
            (26, 27),
            N_("Express regret without taking the blame, and explain what happened."),
        ),
    ),
    (
        COMPLAINT,
        Recommendation(
            Stance.ANSWER,
            (22, 25),
            N_(
                "Say quickly that you have read it, invite them to write in private, and find out what "
                "happened."
            ),
        ),
    ),
    (
        _both(CRITICISM, _is_small_talk),
        Recommendation(
            Stance.WATCH_IN_SILENCE,
            (47, 58),
            N_("An opinion that asks for nothing and that few will see: no answer is needed."),
        ),
    ),
    (
        CRITICISM,
        Recommendation(Stance.ANSWER, (30,), N_("Thank them, and say what you plan to do about it.")),
    ),
)
"""The first that holds. Each nature ends in one that always does."""
