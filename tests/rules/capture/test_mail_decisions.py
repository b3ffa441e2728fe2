"""Does a mail go onto a case only where it belongs beyond doubt, and does nothing talk to itself?"""

from dataclasses import replace

import pytest

from amends.rules.capture.mail_decisions import (
    MOST_AN_HOUR,
    MailDecision,
    MailEnd,
    MailKnown,
    decide,
    likely_way,
)
from amends.rules.capture.mail_messages import read_mail

MAIL = read_mail(b"From: zoe@example.com\r\nMessage-ID: <1@x>\r\n\r\nHello\r\n")
AWAY = replace(MAIL, automatic="auto-submitted")
KNOWN = MailKnown(instance="here")


@pytest.mark.parametrize(
    ("known", "end", "case"),
    [
        ({}, MailEnd.WAITS, None),
        ({"answered": (7,)}, MailEnd.ADDED, 7),
        ({"answered": (7,), "of_sender": (8,)}, MailEnd.ADDED, 7),
        ({"answered": (7, 8)}, MailEnd.WAITS, 7),
        ({"named": (7,)}, MailEnd.WAITS, 7),
        ({"named": (7,), "of_sender": (7, 8)}, MailEnd.ADDED, 7),
        ({"named": (9,), "of_sender": (7, 8)}, MailEnd.WAITS, 9),
        ({"of_sender": (7,)}, MailEnd.ADDED, 7),
        ({"of_sender": (7, 8)}, MailEnd.WAITS, 7),
        ({"of_sender": (7,), "lately": MOST_AN_HOUR}, MailEnd.WAITS, 7),
        ({"is_repeat": True, "answered": (7,)}, MailEnd.REPEATED, None),
        ({"is_alert": True}, MailEnd.PROPOSED, None),
    ],
    ids=range(12),
)
def test_a_mail_of_a_person(known: dict[str, object], end: MailEnd, case: int | None):
    assert decide(MAIL, replace(KNOWN, **known)) == MailDecision(end, case)  # type: ignore[arg-type]


def test_what_nobody_wrote_is_never_an_answer_of_the_customer():
    assert decide(AWAY, replace(KNOWN, answered=(7,))) == MailDecision(MailEnd.AUTOMATIC, 7)


def test_an_alert_is_proposed_although_a_program_sent_it():
    assert decide(AWAY, replace(KNOWN, is_alert=True)).end is MailEnd.PROPOSED


def test_our_own_mail_that_comes_back_is_known_and_that_of_another_desk_is_a_mail():
    assert decide(replace(MAIL, ours="here"), replace(KNOWN, answered=(7,))).end is MailEnd.OURS
    assert decide(replace(MAIL, ours="there"), replace(KNOWN, answered=(7,))).end is MailEnd.ADDED


@pytest.mark.parametrize(
    ("reason", "suggested", "way"),
    [
        ("unknown", None, "open"),
        ("unsure", 7, "case"),
        ("unreadable", None, "file"),
        ("unreadable", 7, "case"),
    ],
)
def test_one_way_is_most_likely_right_for_each_mail_that_waits(reason: str, suggested: int | None, way: str):
    assert likely_way(reason, suggested) == way
