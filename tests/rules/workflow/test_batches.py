"""What would one wish do to each of many cases?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from amends.rules.desk.themes import MOST_OF_A_CASE
from amends.rules.vocabulary import Outcome, Role, Severity, Stage
from amends.rules.workflow import guards
from amends.rules.workflow.batches import (
    CLOSED,
    MESSAGE_WAITS,
    SLEPT_OFTEN,
    THEMED_OFTEN,
    Deed,
    Effect,
    Standing,
    Verdict,
    Wish,
    verdict,
)
from amends.rules.workflow.guards import CaseFacts, Mover

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ANNA = uuid4()
AGENT, LEAD = Mover(uuid4(), Role.AGENT), Mover(uuid4(), Role.LEAD)
WORKING = CaseFacts(stage=Stage.WORKING, severity=Severity.S3)
SEVERE = CaseFacts(stage=Stage.WORKING, severity=Severity.S1)
NEW = CaseFacts(stage=Stage.NEW)
ENDED = CaseFacts(stage=Stage.CLOSED, outcome=Outcome.SETTLED)
CHANGED, SAME = Verdict(Effect.CHANGED), Verdict(Effect.SAME)


def refused(sentence: str) -> Verdict:
    return Verdict(Effect.REFUSED, sentence)


@pytest.mark.parametrize(
    ("wish", "facts", "by", "expected"),
    [
        (Wish(deed=Deed.ASSIGN, owner=ANNA), WORKING, AGENT, SAME),
        (Wish(deed=Deed.ASSIGN, owner=uuid4()), WORKING, AGENT, CHANGED),
        (Wish(deed=Deed.ASSIGN), WORKING, AGENT, CHANGED),
        (Wish(deed=Deed.ASSIGN, owner=ANNA), ENDED, AGENT, refused(CLOSED)),
        (Wish(deed=Deed.SEVERITY, severity=Severity.S3), WORKING, AGENT, SAME),
        (Wish(deed=Deed.SEVERITY, severity=Severity.S1), WORKING, AGENT, CHANGED),
        (Wish(deed=Deed.SEVERITY, severity=Severity.S1), ENDED, AGENT, refused(CLOSED)),
        (Wish(deed=Deed.SNOOZE, until=LATER), WORKING, AGENT, CHANGED),
        (Wish(deed=Deed.SNOOZE, until=LATER), ENDED, AGENT, refused(CLOSED)),
        (Wish(deed=Deed.NOT_OURS, reason="Spam"), NEW, AGENT, CHANGED),
        (Wish(deed=Deed.NOT_OURS, reason="Spam"), WORKING, AGENT, refused(guards.NOT_FROM_HERE)),
        (Wish(deed=Deed.LET_GO, reason="Old"), WORKING, AGENT, CHANGED),
        (Wish(deed=Deed.LET_GO, reason="Old"), SEVERE, AGENT, refused(guards.LEAD_WHEN_SEVERE.sentence)),
        (Wish(deed=Deed.LET_GO, reason="Old"), SEVERE, LEAD, CHANGED),
        (Wish(deed=Deed.LET_GO, reason="Old"), NEW, LEAD, refused(guards.TRIAGED.sentence)),
        (Wish(deed=Deed.LET_GO, reason="Old"), ENDED, LEAD, refused(guards.NOT_FROM_HERE)),
    ],
)
def test_each_case_is_changed_stays_or_says_why_not(
    wish: Wish, facts: CaseFacts, by: Mover, expected: Verdict
) -> None:
    case = Standing(facts=facts, owner=ANNA, snoozed_until=None, slept_often=False)
    assert verdict(wish, case, by=by, now=NOW) == expected


def test_a_theme_is_added_to_a_case_that_is_closed_too_and_once() -> None:
    late, wish = uuid4(), Wish(deed=Deed.THEME, theme=uuid4())
    case = Standing(facts=ENDED, owner=None, snoozed_until=None, slept_often=False, themes=frozenset({late}))
    assert verdict(wish, case, by=AGENT, now=NOW) == CHANGED
    assert verdict(Wish(deed=Deed.THEME, theme=late), case, by=AGENT, now=NOW) == SAME
    full = replace(case, themes=frozenset(uuid4() for _ in range(MOST_OF_A_CASE)))
    assert verdict(wish, full, by=AGENT, now=NOW) == refused(THEMED_OFTEN)


def test_who_has_slept_twice_sleeps_again_for_a_reason() -> None:
    case = Standing(facts=WORKING, owner=None, snoozed_until=None, slept_often=True)
    assert verdict(Wish(deed=Deed.SNOOZE, until=LATER), case, by=AGENT, now=NOW) == refused(SLEPT_OFTEN)
    assert verdict(Wish(deed=Deed.SNOOZE, until=LATER, reason="Fair"), case, by=AGENT, now=NOW) == CHANGED


def test_a_case_on_which_a_message_waits_is_snoozed_on_its_own_page() -> None:
    case = Standing(facts=WORKING, owner=None, snoozed_until=None, slept_often=False, message_waits=True)
    wish = Wish(deed=Deed.SNOOZE, until=LATER, reason="Fair")
    assert verdict(wish, case, by=AGENT, now=NOW) == refused(MESSAGE_WAITS)


def test_a_case_that_sleeps_until_then_already_stays_as_it_is() -> None:
    case = Standing(facts=WORKING, owner=None, snoozed_until=LATER, slept_often=False)
    assert verdict(Wish(deed=Deed.SNOOZE, until=LATER), case, by=AGENT, now=NOW) == SAME
