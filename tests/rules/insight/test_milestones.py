"""Milestones of a case, read from its timeline, and what undoing makes of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from amends.rules.case.exchanges import standing
from amends.rules.insight.milestones import Milestones, milestones
from amends.rules.vocabulary import Channel, EntryKind, Stage

MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Line:
    kind: EntryKind
    at: datetime
    channel: Channel | None = None
    particulars: dict[str, Any] = field(default_factory=dict)
    position: int = 0
    actor: str = "alice"


def moved(move: str, after: Stage, hours: int, **particulars: Any) -> Line:
    told = {"move": move, "after": after, **particulars}
    return Line(EntryKind.MOVED, MONDAY + hours * HOUR, particulars=told)


def said(channel: Channel | None, direction: str, hours: int, **particulars: Any) -> Line:
    told = {"direction": direction, **particulars}
    return Line(EntryKind.TOUCHPOINT, MONDAY + hours * HOUR, channel, told)


def reached(*lines: Line) -> Milestones:
    return milestones(standing(lines))


ANSWERED = moved("post_acknowledgement", Stage.CONTACT, 2)
RESOLVED = moved("deliver_remedy", Stage.RESOLVED, 9)


def test_the_first_public_reply_answers_however_it_was_written_down():
    assert reached(ANSWERED, moved("ask_in_public", Stage.WAITING, 5)).answered_at == MONDAY + 2 * HOUR
    assert reached(moved("answered_already", Stage.CONTACT, 1)).answered_at == MONDAY + HOUR
    assert reached(said(Channel.PUBLIC_REPLY, "out", 3)).answered_at == MONDAY + 3 * HOUR


def test_a_decision_to_answer_or_their_own_words_are_no_answer():
    theirs = said(Channel.PUBLIC_REPLY, "in", 1)
    assert reached(moved("answer", Stage.ACKNOWLEDGE, 1), theirs).answered_at is None


def test_private_contact_counts_in_either_direction_and_by_link():
    written = moved("contact_in_private", Stage.WAITING, 4)
    written.channel = Channel.EMAIL
    assert reached(written).contacted_at == MONDAY + 4 * HOUR
    assert reached(said(Channel.PHONE, "in", 4)).contacted_at == MONDAY + 4 * HOUR
    assert reached(said(None, "in", 6, by_link="hand_off")).contacted_at == MONDAY + 6 * HOUR
    assert reached(ANSWERED).contacted_at is None


def test_a_private_word_of_ours_is_no_word_of_theirs():
    written = moved("contact_in_private", Stage.WAITING, 4)
    written.channel = Channel.EMAIL
    heard = moved("receive_reply", Stage.WORKING, 5)
    heard.channel = Channel.EMAIL
    assert reached(written, said(Channel.PHONE, "out", 9)).reached_at == MONDAY + 4 * HOUR
    for theirs in (heard, said(Channel.PHONE, "in", 4), said(None, "in", 6, by_link="hand_off")):
        assert reached(theirs).reached_at is None


def test_a_case_is_resolved_when_it_last_came_to_be_so():
    confirmed = moved("confirm_fix", Stage.SECOND_CHANCE, 20)
    assert reached(RESOLVED, confirmed).resolved_at == MONDAY + 9 * HOUR
    again = moved("report_not_fixed", Stage.WORKING, 30)
    assert reached(RESOLVED, again).resolved_at is None
    assert (
        reached(RESOLVED, again, moved("deliver_remedy", Stage.RESOLVED, 40)).resolved_at
        == MONDAY + 40 * HOUR
    )


def test_an_end_counts_as_resolved_only_when_something_was_done():
    assert reached(moved("concede", Stage.CLOSED, 3, outcome="conceded")).resolved_at == MONDAY + 3 * HOUR
    assert reached(moved("let_go", Stage.CLOSED, 3, outcome="let_go")).resolved_at is None


def test_what_was_undone_never_was():
    undone = Line(EntryKind.UNDONE, MONDAY + 3 * HOUR, particulars={"move": "post_acknowledgement"})
    assert reached(ANSWERED, undone) == Milestones()
    assert (
        reached(ANSWERED, undone, moved("post_acknowledgement", Stage.CONTACT, 5)).answered_at
        == MONDAY + 5 * HOUR
    )
