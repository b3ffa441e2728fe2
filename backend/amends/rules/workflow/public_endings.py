"""Public ending: one line under the original post, once a case was resolved in private (P60, P76)."""

from dataclasses import dataclass

from amends.rules.vocabulary import Language, Nature, Stage, Stance
from amends.rules.workflow.guards import CaseFacts

CONFIRMS = "confirm_fix"
"""The move after which readers may be told: not before the fix has held."""
LASTS_IN = frozenset({Stage.SECOND_CHANCE, Stage.CHECKED_IN})
"""Where it goes on being owed; a case that is worked on again has not ended."""
PASSES_ON = "join"
"""The move that takes its post, and with it what is owed under it, to another case."""
WORKING_DAYS = 2
HOSTILE = frozenset({Nature.HARASSMENT, Nature.THREAT, Nature.SPAM})
SILENT = frozenset({Stance.WATCH_IN_SILENCE, Stance.LET_GO, Stance.BLOCK})

PROPOSED = {
    Language.ENGLISH: (
        "Thank you for telling us. We have been in touch in private and put this right. "
        "If anything is left, write to us again."
    ),
    Language.FRENCH: (
        "Merci de nous l’avoir signalé. Nous avons pris contact en privé et nous y avons remédié. "
        "S’il reste quoi que ce soit, écrivez-nous de nouveau."
    ),
}
"""What the editor begins with, in the language of the post: it names nobody and tells no detail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is known of a case whose fix is confirmed.

    `address` is the post's, empty where there is none; `in_private` whether we and the person spoke in
    private; `is_gone` whether the post was gone when it was last looked at.
    """

    facts: CaseFacts
    stance: Stance | None
    address: str
    in_private: bool
    is_gone: bool


def is_proposed(case: Ending) -> bool:
    """Whether readers under the post are owed how it ended.

    Not where it was solved in public, the post is gone, silence was chosen, the customer wants to hear no
    more, an incident holds replies, or the post was no complaint.
    """
    facts = case.facts
    return (
        bool(case.address)
        and case.in_private
        and not case.is_gone
        and not facts.opted_out
        and not facts.is_silenced
        and case.stance not in SILENT
        and facts.nature not in HOSTILE
    )
