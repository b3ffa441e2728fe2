"""Whether readers under a post are told how it ended: only after a fix in private that may be spoken of."""

from dataclasses import replace
from typing import Any

import pytest

from amends.rules.reply.reply_lint import is_hot, language_of, lint
from amends.rules.reply.reply_lint.circumstances import Circumstances
from amends.rules.vocabulary import Language, Nature, Occasion, Stage, Stance
from amends.rules.workflow.guards import CaseFacts
from amends.rules.workflow.moves import BY_NAME
from amends.rules.workflow.public_endings import CONFIRMS, PROPOSED, Ending, is_proposed
from tests.world import MONDAY

FACTS = CaseFacts(stage=Stage.RESOLVED, nature=Nature.COMPLAINT)
FIXED = Ending(
    facts=FACTS, stance=Stance.FIX, address="https://x.com/dana/status/1", in_private=True, is_gone=False
)


def test_a_complaint_that_was_fixed_in_private_has_an_ending():
    assert is_proposed(FIXED)
    assert is_proposed(replace(FIXED, stance=None, facts=replace(FACTS, nature=None)))
    assert BY_NAME[CONFIRMS].target is Stage.SECOND_CHANCE


@pytest.mark.parametrize(
    "changed",
    [
        {"address": ""},
        {"in_private": False},
        {"is_gone": True},
        {"stance": Stance.WATCH_IN_SILENCE},
        {"stance": Stance.LET_GO},
        {"stance": Stance.BLOCK},
        {"facts": replace(FACTS, opted_out=True)},
        {"facts": replace(FACTS, on_hold=True)},
        {"facts": replace(FACTS, nature=Nature.HARASSMENT)},
    ],
    ids=(
        "no address",
        "not in private",
        "the post is gone",
        "watched in silence",
        "let go",
        "blocked",
        "opted out",
        "on hold",
        "harassment",
    ),
)
def test_none_is_proposed_where(changed: dict[str, Any]):
    assert not is_proposed(replace(FIXED, **changed))


@pytest.mark.parametrize("language", Language)
def test_what_is_proposed_is_in_its_language_and_passes_the_lint(language: Language):
    text = PROPOSED[language]
    assert language_of(text) == language
    found = lint(
        text,
        Circumstances(
            today=MONDAY.date(), occasion=Occasion.SOLUTION, language=language, nature=FACTS.nature
        ),
    )
    assert not is_hot(found)
    assert not [one for one in found if one.is_error]
