"""Has every stored value its word, every move its sentences, and every field its question?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.i18n import gettext, use_language
from amends.rules import vocabulary
from amends.rules.follow_up import explanations
from amends.rules.follow_up.kinds import WITH_OWN_OWNER
from amends.rules.vocabulary import EntryKind, Stage
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import MOVES, Move
from amends.rules.workflow.next_step import STEPS, Action
from amends.services.case.timeline import EntryShown
from amends.web import notices
from amends.web.case.labels import entries
from amends.web.labels import label, reference
from amends.web.team.labels import steps
from amends.web.workflow import move_forms_view
from amends.web.workflow.labels import fields, moves
from amends.web.workflow.labels.next_steps import AWAITED, BUTTONS
from amends.web.workflow.labels.next_steps import STEPS as TO_DO
from tests.offenders import expect_none

TOLD_AS_FACTS = ("I ", "It ", "They ", "Done", "Still ", "Fixed", "New ", "Won ")
SHOWN = (
    vocabulary.Stage,
    vocabulary.Outcome,
    vocabulary.FollowUpKind,
    vocabulary.Severity,
    vocabulary.Nature,
    vocabulary.Stance,
    vocabulary.CustomerStatus,
    vocabulary.Channel,
    vocabulary.PostKind,
    vocabulary.Role,
    vocabulary.Language,
)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_value_has_a_word(language: str):
    with use_language(language):
        silent = [f"{value!r}" for kind in SHOWN for value in kind if not has_a_word(value)]
    expect_none(silent, f"Give the value a word in web/<subject>/labels, and in the catalogue ({language})")


def has_a_word(value: object) -> bool:
    try:
        return bool(label(value))
    except KeyError:
        return False


@pytest.mark.parametrize(("language", "words"), [("en", "#12"), ("fr", "nº\u202f12")])
def test_the_number_of_a_case_is_written_as_its_language_does(language: str, words: str):
    with use_language(language):
        assert reference(12) == words


def test_every_move_of_the_table_has_its_words_and_no_other():
    assert set(moves.MOVES) == {move.name for move in MOVES}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_step_has_one_word_for_the_button_of_a_list(language: str):
    assert set(BUTTONS) == STEPS
    with use_language(language):
        long = [word for word in map(gettext, BUTTONS.values()) if " " in word]
    expect_none(long, f"One verb is enough: the sentence is the button's accessible name ({language})")


def test_a_step_that_a_move_does_is_named_as_something_to_do_and_never_as_done():
    assert set(TO_DO) == STEPS - set(Action)
    assert set(AWAITED) <= set(TO_DO)
    facts = [words for words in (*TO_DO.values(), *AWAITED.values()) if words.startswith(TOLD_AS_FACTS)]
    expect_none(facts, "What comes next has not happened yet")


def test_a_move_says_what_it_does_and_how_it_is_told():
    said = {move.name: moves.MOVES[move.name] for move in MOVES}
    verbs = [f"{name}: {it.verb}" for name, it in said.items() if not is_a_button(str(it.verb))]
    expect_none(verbs, "A move's verb is a button: a capital first, no full stop")
    explanations = [name for name, it in said.items() if not it.explanation.endswith(".")]
    expect_none(explanations, "A move's explanation is a sentence with a full stop")
    told = [f"{name}: {it.told}" for name, it in said.items() if not it.told[0].islower()]
    expect_none(told, "What is told of a move follows a name: a small letter first")


def is_a_button(verb: str) -> bool:
    return verb[0].isupper() and not verb.endswith(".")


def test_every_field_of_a_move_asks_something_and_offers_its_values():
    every = [
        (move, field)
        for move in MOVES
        if move.name not in move_forms_view.ELSEWHERE
        for field in move.asks + move.offers
    ]
    wrong = [f"{move.name}: {problem}" for move, field in every for problem in problems_of(move, field)]
    expect_none(
        wrong, "Correct the field in web/workflow/labels/fields.py, or the move in the table of moves"
    )


def problems_of(move: Move, field: str) -> Iterator[str]:
    asked = fields.asked(move.name, field)
    if not asked.label:
        yield f"{field} has no label"
    if field not in MoveInput.__struct_fields__:
        yield f"{field} is not one of MoveInput"
    if bool(fields.options(move.name, field)) != (asked.control in ("chips", "select")):
        yield f"{field} is a {asked.control} that has options, or has none though it needs them"


def test_who_decides_to_answer_is_not_offered_what_other_moves_do():
    assert [value for value, _ in fields.options("answer", "stance")] == ["answer", "clarify", "fix"]


def test_a_private_message_is_not_a_public_reply():
    assert "public_reply" not in dict(fields.options("contact_in_private", "channel"))
    assert "public_reply" in dict(fields.options("receive_reply", "channel"))


def entry(kind: EntryKind, particulars: dict[str, Any]) -> EntryShown:
    """One line of a timeline that no member of ours wrote."""
    at = datetime(2026, 5, 18, tzinfo=UTC)
    return EntryShown(
        position=2, kind=kind, at=at, actor="system", by=None, channel=None, particulars=particulars
    )


def test_every_kind_of_entry_can_be_told():
    assert set(entries.TELLERS) == set(EntryKind)


@pytest.mark.parametrize("audience", [*vocabulary.Audience, ""])
def test_a_reminder_says_whom_it_reached(audience: str):
    nudged = entry(EntryKind.NUDGED, {"follow_up": "contact", "audience": audience})
    said = {"owner": "the owner", "team": "the team", "lead": "the leads", "on_duty": "the members on duty"}
    told = f"reminded {said[audience]}: Contact in private" if audience in said else ""
    of_others = {
        "": "sent a reminder: Contact in private",
        "news": "announced the new case to those who asked for it",
    }
    assert entries.told(nudged, now=nudged.at) == (told or of_others[audience])


def test_what_a_customer_wrote_by_a_link_is_told_as_their_own_deed():
    wrote = entry(EntryKind.MOVED, {"move": "hear_from_them", "by_link": "hand_off", "person": "Zoé"})
    assert entries.told(wrote, now=wrote.at) == "wrote to us privately"


@pytest.mark.parametrize("follow_up", sorted(WITH_OWN_OWNER))
def test_a_reminder_of_what_one_member_was_asked_for_does_not_name_the_owner(follow_up: str):
    nudged = entry(EntryKind.NUDGED, {"follow_up": follow_up, "audience": "owner"})
    assert entries.told(nudged, now=nudged.at).startswith("reminded the person it is for: ")


def test_every_step_of_a_date_can_be_told():
    stored = {
        "start",
        "calendar",
        "count",
        "days",
        "closed",
        "clock",
        "moved",
        "due",
        "resumed",
        "chosen",
    }
    asked_for = {"mentioned", "remedy_asked", "draft_rejected", "question", "answered"}
    assert set(steps.TELLERS) == stored | asked_for
    assert explanations.of_clock_time  # where the names of the steps come from


def test_an_address_cannot_put_words_into_our_mouth():
    assert notices.notice("saved")
    assert notices.notice("<b>you won</b>") == ""
    assert notices.notice(None) == ""


def test_a_stage_is_called_as_the_glossary_calls_it():
    with use_language("fr"):
        assert label(Stage.ACKNOWLEDGE) == "À répondre en public"
