"""What may stand in a playbook, and which one fits a case first?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.rules.follow_up.playbooks import (
    MOST_STEPS,
    About,
    Fit,
    GivenStep,
    WrongPlaybook,
    check,
    due_at,
    fitting,
    settled,
)
from amends.rules.team.calendars import Calendar, Calendars
from amends.rules.vocabulary import Nature, PlaybookSubject, Severity, StepKind, StepState

ASK = StepKind.ASK


@dataclass(frozen=True)
class Book:
    name: str
    subject: PlaybookSubject
    about: str


LATE = Book("Late", PlaybookSubject.THEME, "late")
DELIVERY = Book("Delivery", PlaybookSubject.THEME, "delivery")
COMPLAINT = Book("Complaint", PlaybookSubject.NATURE, "complaint")
THREAT = Book("Threat", PlaybookSubject.NATURE, "threat")
CRITICAL = Book("Critical", PlaybookSubject.SEVERITY, "s1")
NORMAL = Book("Normal", PlaybookSubject.SEVERITY, "s3")
EVERY = (NORMAL, CRITICAL, THREAT, COMPLAINT, DELIVERY, LATE)
UNDER = {"themes": frozenset({"late"}), "wider": frozenset({"delivery"})}


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (About(), []),
        (About(**UNDER), [(LATE, Fit.THEME), (DELIVERY, Fit.WIDER_THEME)]),
        (About(themes=frozenset({"delivery"})), [(DELIVERY, Fit.THEME)]),
        (
            About(**UNDER, nature=Nature.COMPLAINT, severity=Severity.S3),
            [(LATE, Fit.THEME), (DELIVERY, Fit.WIDER_THEME), (COMPLAINT, Fit.NATURE), (NORMAL, Fit.SEVERITY)],
        ),
        (
            About(**UNDER, nature=Nature.THREAT, severity=Severity.S1),
            [(CRITICAL, Fit.DANGER), (THREAT, Fit.DANGER), (LATE, Fit.THEME), (DELIVERY, Fit.WIDER_THEME)],
        ),
    ],
)
def test_danger_comes_first_then_the_most_specific(case: About, expected: list[tuple[Book, Fit]]):
    assert fitting(EVERY, case) == expected


@pytest.mark.parametrize(
    ("name", "steps", "field"),
    [
        ("", [GivenStep(1, "Ring")], "name"),
        ("n" * 81, [GivenStep(1, "Ring")], "name"),
        ("Late", [], "words-1"),
        ("Late", [GivenStep(4, "w" * 301)], "words-4"),
        ("Late", [GivenStep(row, "Ring") for row in range(1, MOST_STEPS + 2)], "words-31"),
        ("Late", [GivenStep(2, "Ring", within_hours=0)], "hours-2"),
        ("Late", [GivenStep(2, "Ring", within_hours=1_000)], "hours-2"),
        ("Late", [GivenStep(3, "Ring", variable="order_number")], "variable-3"),
        ("Late", [GivenStep(3, "Which?", ASK, variable="Order number")], "variable-3"),
        ("Late", [GivenStep(3, "Which?", ASK, variable="numéro")], "variable-3"),
        ("Late", [GivenStep(3, "Who?", ASK, variable="author")], "variable-3"),
        ("Late", [GivenStep(1, "A?", ASK, "same"), GivenStep(2, "B?", ASK, "same")], "variable-2"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(name: str, steps: list[GivenStep], field: str):
    with pytest.raises(WrongPlaybook) as refused:
        check(name, steps, taken=("author",))
    assert list(refused.value.fields) == [field]


def test_a_whole_playbook_is_accepted():
    steps = [
        GivenStep(1, "Ring the warehouse", within_hours=4),
        GivenStep(2, "Order number?", ASK, "order_number"),
        GivenStep(5, "Date of the visit?", ASK),
        GivenStep(6, "And the shop?", ASK),
    ]
    check("Late", steps, taken=("author",))


def test_a_step_is_settled_when_it_is_done_or_skipped():
    assert settled([StepState.OPEN, StepState.DONE, StepState.SKIPPED]) == 2


def test_what_a_threat_leaves_more_than_eight_hours_for_is_asked_of_nobody_at_night():
    office = Calendars(Calendar("Europe/Paris", (((540, 1080),),) * 5 + ((),) * 2))
    thursday = datetime(2026, 3, 5, 11, 30, tzinfo=ZoneInfo("Europe/Paris"))
    care = datetime(2026, 3, 6, 9, tzinfo=ZoneInfo("Europe/Paris"))
    assert due_at(
        PlaybookSubject.THREAT, 8, start=thursday, calendars=office, severity=None
    ) == thursday + timedelta(hours=8)
    assert due_at(PlaybookSubject.THREAT, 16, start=thursday, calendars=office, severity=None) == care


@pytest.mark.parametrize("subject", PlaybookSubject)
def test_the_hours_of_a_threat_plan_run_day_and_night_and_others_are_of_work(subject: PlaybookSubject):
    office = Calendars(Calendar("Europe/Paris", (((540, 1080),),) * 5 + ((),) * 2))
    friday = datetime(2026, 3, 6, 17, tzinfo=ZoneInfo("Europe/Paris"))
    monday = datetime(2026, 3, 9, 12, tzinfo=ZoneInfo("Europe/Paris"))
    expected = friday + timedelta(hours=4) if subject is PlaybookSubject.THREAT else monday
    assert due_at(subject, 4, start=friday, calendars=office, severity=None) == expected
