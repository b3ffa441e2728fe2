"""Labels, hints and controls of the fields of moves."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import PRIVATE_CHANNELS, Channel, Stance
from amends.web.case.labels import CUSTOMER_STATUSES, FAULTS, NATURES, SEVERITIES, severity_label
from amends.web.controls import Control
from amends.web.labels import label


class Asked(NamedTuple):
    """A field: its control, its label, and a hint where the label is not enough."""

    control: Control
    label: str
    hint: str = ""


FIELDS = {
    "severity": Asked("chips", N_("Severity")),
    "stance": Asked("chips", N_("What will we do?")),
    "channel": Asked("chips", N_("Through which channel?")),
    "nature": Asked("select", N_("What is it?")),
    "customer_status": Asked("select", N_("A customer?")),
    "fault": Asked("select", N_("Whose fault, as far as we know?")),
    "reason": Asked("long", N_("Why?"), N_("One sentence is enough. It is saved to the timeline.")),
    "text": Asked("long", N_("What was said?"), N_("Copy it here, so that colleagues can read it.")),
    "reply_url": Asked(
        "url", N_("Address of the reply"), N_("Open your reply on the site and copy its address.")
    ),
    "proof_url": Asked("url", N_("Address of the proof"), N_("The site’s confirmation, or a picture of it.")),
    "remedy": Asked(
        "long", N_("What was put right?"), N_("For example a refund, a replacement or an apology.")
    ),
    "next_step": Asked(
        "line", N_("What comes next?"), N_("Something one person can do, for example: call the carrier.")
    ),
    "plan_given": Asked("check", N_("It says what we will do")),
    "place_given": Asked("check", N_("It says where the conversation continues in private")),
    "review_on": Asked("day", N_("Check again on")),
    "duplicate_of": Asked("number", N_("Number of the case that stays")),
}

PER_MOVE = {
    ("answer", "reason"): Asked("long", N_("Why this decision?")),
    ("approve", "text"): Asked("long", N_("Draft, as it will be posted")),
    ("approve", "reason"): Asked("long", N_("Why send it as it is")),
    ("release_draft", "reason"): Asked("long", N_("Why can it not wait?")),
    ("reject", "reason"): Asked("long", N_("What should change?")),
    ("post_acknowledgement", "text"): Asked("long", N_("What did you write?")),
    ("solve_in_public", "text"): Asked("long", N_("What did you write?")),
    ("contact_in_private", "text"): Asked("long", N_("What did you write?")),
    ("ask_in_public", "text"): Asked("long", N_("What did you write?")),
    ("ask_them", "text"): Asked("long", N_("What did you write?")),
    ("ping", "text"): Asked("long", N_("What did you write?")),
    ("check_in", "text"): Asked("long", N_("What did you write?")),
    ("hear_from_them", "text"): Asked("long", N_("What did they say?")),
    ("receive_reply", "text"): Asked("long", N_("What did they say?")),
    ("confirm_fix", "text"): Asked("long", N_("What shows it?")),
    ("report_not_fixed", "text"): Asked("long", N_("What is still wrong?")),
    ("complain_again", "text"): Asked("long", N_("What is the new complaint?")),
    ("hear_new_problem", "text"): Asked("long", N_("What is the new problem?")),
    ("see_hostility", "text"): Asked("long", N_("What was posted?")),
    ("win_back", "reason"): Asked("long", N_("What shows it?")),
    ("keep_watching", "reason"): Asked("long", N_("What did you see?")),
}

ANSWERING = (Stance.ANSWER, Stance.CLARIFY, Stance.FIX)
"""Stances of those who answer: the others are moves of their own."""

FOR_US_TO_SEND = frozenset({"contact_in_private", "ping", "check_in", "hear_from_them", "ask_them"})
"""Moves whose touchpoint is private: a public reply has moves of its own."""


def asked(move: str, field: str) -> Asked:
    """What this field asks in this move's form, for the catalogue."""
    return PER_MOVE.get((move, field), FIELDS[field])


def options(move: str, field: str) -> list[tuple[str, str]]:
    """The values to choose from, each with its word."""
    if field == "channel":
        channels = PRIVATE_CHANNELS if move in FOR_US_TO_SEND else tuple(Channel)
        return [(channel.value, label(channel)) for channel in channels]
    if field == "severity":
        return [(severity.value, severity_label(severity)) for severity in SEVERITIES]
    if field == "stance":
        return [(stance.value, label(stance)) for stance in ANSWERING]
    tables: dict[str, Mapping[Any, str]] = {
        "nature": NATURES,
        "customer_status": CUSTOMER_STATUSES,
        "fault": FAULTS,
    }
    return [(str(value), _(word)) for value, word in tables.get(field, {}).items()]
