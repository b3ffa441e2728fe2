"""Progress of a case on its usual way, from the capture to the second chance."""

from enum import StrEnum

from amends.rules.vocabulary import Outcome, Stage


class Milestone(StrEnum):
    """What a case comes past on its usual way, in this order."""

    CAPTURED = "captured"
    ANSWERED = "answered"
    PRIVATE = "private"
    FIXED = "fixed"
    SECOND_CHANCE = "second_chance"


class Passed(StrEnum):
    """How a milestone stands: left out where the case went on without it."""

    DONE = "done"
    NOW = "now"
    LEFT_OUT = "left_out"
    AHEAD = "ahead"


TOWARDS = {
    Stage.NEW: Milestone.ANSWERED,
    Stage.ACKNOWLEDGE: Milestone.ANSWERED,
    Stage.CONTACT: Milestone.PRIVATE,
    Stage.WORKING: Milestone.FIXED,
    Stage.WAITING: Milestone.FIXED,
    Stage.RESOLVED: Milestone.FIXED,
    Stage.SECOND_CHANCE: Milestone.SECOND_CHANCE,
    Stage.CHECKED_IN: Milestone.SECOND_CHANCE,
}
"""The milestone that a stage works towards; other stages are off the usual way."""
UNDECIDED = frozenset({Stage.NEW})
"""Where nobody has decided yet to go that way: nothing is being done about the milestone that comes next."""


def progress(
    stage: Stage, outcome: Outcome | None, *, public_replies: int, private_contact: bool
) -> tuple[tuple[Milestone, Passed], ...]:
    """Every milestone with how it stands; nothing for a case that is off the usual way.

    Only what is known to have happened is done: what was fixed without a private message left that out.
    """
    is_won = outcome is Outcome.WON_BACK
    towards = TOWARDS.get(stage)
    if towards is None and not is_won:
        return ()
    order = list(Milestone)
    place = len(order) if towards is None else order.index(towards)
    happened = {
        Milestone.CAPTURED: True,
        Milestone.ANSWERED: public_replies > 0,
        Milestone.PRIVATE: private_contact,
        Milestone.FIXED: True,
        Milestone.SECOND_CHANCE: True,
    }
    return tuple(
        (one, _passed(happened[one]) if at < place else _ahead(at, place, stage))
        for at, one in enumerate(order)
    )


def _passed(happened: bool) -> Passed:
    return Passed.DONE if happened else Passed.LEFT_OUT


def _ahead(at: int, place: int, stage: Stage) -> Passed:
    return Passed.NOW if at == place and stage not in UNDECIDED else Passed.AHEAD
