"""What may be left in silence when hours are short: never what is owed, asked, dangerous or a customer's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.rules.insight.silence import ASKS_NOTHING, MOVES, NOT_A_CUSTOMER, Unanswered, reasons
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.vocabulary import CustomerStatus, Nature, Severity, Stage
from amends.rules.workflow.guards import CaseFacts
from amends.rules.workflow.moves import BY_NAME
from tests.world import MONDAY

FACTS = CaseFacts(stage=Stage.NEW, severity=Severity.S4, nature=Nature.CRITICISM)
RANT = Unanswered(
    facts=FACTS, fault=None, text="Typical. What a bakery.", is_seen=False, is_shared=False, is_known=False
)


def told(case: Unanswered) -> tuple[str, ...]:
    return reasons(case, now=MONDAY)


def test_a_rant_that_asks_nothing_is_proposed_with_its_reasons():
    found = told(RANT)
    assert found[0].startswith("An opinion that asks for nothing")
    assert {NOT_A_CUSTOMER, ASKS_NOTHING} < set(found)
    assert told(replace(RANT, facts=replace(FACTS, stage=Stage.ACKNOWLEDGE)))
    assert told(replace(RANT, facts=replace(FACTS, nature=Nature.HARASSMENT)))


@pytest.mark.parametrize(
    "changed",
    [
        {"severity": Severity.S3},
        {"severity": Severity.S1},
        {"severity": None},
        {"nature": None},
        {"nature": Nature.COMPLAINT},
        {"nature": Nature.THREAT},
        {"nature": Nature.FALSE_CLAIM},
        {"customer_status": CustomerStatus.VERIFIED},
        {"customer_status": CustomerStatus.CLAIMED},
        {"open_promises": 1},
        {"public_replies": 1},
        {"approval": "pending"},
        {"approval": "ready"},
        {"on_hold": True},
        {"came_back": True},
        {"answer": CheckInAnswer.BADLY},
        {"snoozed_until": MONDAY + timedelta(hours=1)},
        *({"stage": stage} for stage in Stage if stage not in MOVES),
    ],
    ids=str,
)
def test_a_case_is_not_proposed_where(changed: dict[str, Any]):
    assert told(replace(RANT, facts=replace(FACTS, **changed))) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"is_seen": True},
        {"is_shared": True},
        {"is_known": True},
        {"text": "Will you ever answer?"},
        {"text": "いつ届きますか\uff1f"},
    ],
    ids=str,
)
def test_nor_one_that_many_see_that_is_somebodys_or_that_asks(changed: dict[str, Any]):
    assert told(replace(RANT, **changed)) == ()


def test_harassment_that_many_see_is_for_somebody_to_decide():
    facts = replace(FACTS, nature=Nature.HARASSMENT)
    assert told(replace(RANT, facts=facts, is_seen=True)) == ()


def test_the_way_into_silence_is_a_move_from_each_of_these_stages():
    assert all(stage in BY_NAME[name].sources for stage, name in MOVES.items())
