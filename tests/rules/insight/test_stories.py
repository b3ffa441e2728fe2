"""What does a case story propose to tell, and what is left out of it?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from amends.rules.insight.stories import (
    QUOTED,
    Facts,
    Texts,
    facts_of,
    may_be_told,
    with_person,
    without_person,
)
from amends.rules.vocabulary import Channel, EntryKind, Outcome, RemedyState, Stage
from tests.world import DAY, MONDAY

FIRST = uuid4()


@dataclass
class Post:
    text: str = "It never came."
    rating: float | None = None
    rating_max: float | None = 5
    post: UUID = FIRST


@dataclass
class Remedy:
    words: str
    state: RemedyState


@dataclass
class Line:
    kind: EntryKind = EntryKind.MOVED
    particulars: dict[str, Any] = field(default_factory=dict)
    at: datetime = MONDAY
    channel: Channel | None = None
    position: int = 1
    actor: str = "system"


def moved(move: str, days: float = 0, channel: Channel | None = None, **told: Any) -> Line:
    return Line(particulars={"move": move, **told}, at=MONDAY + timedelta(days=days), channel=channel)


def facts(*lines: Line, posts: tuple[Post, ...] = (Post(),), remedies: tuple[Remedy, ...] = ()) -> Facts:
    return facts_of(posts, lines, remedies, opened_at=MONDAY, outcome=None, names=["Dana Smith"])


@pytest.mark.parametrize(
    ("stage", "outcome", "expected"),
    [
        (Stage.RESOLVED, None, True),
        (Stage.SECOND_CHANCE, None, True),
        (Stage.CLOSED, Outcome.WON_BACK, True),
        (Stage.CLOSED, Outcome.LOST, True),
        (Stage.CLOSED, Outcome.DUPLICATE, False),
        (Stage.CLOSED, Outcome.NOT_OURS, False),
        (Stage.WORKING, None, False),
        (Stage.ESCALATED, None, False),
    ],
)
def test_a_story_is_told_of_what_has_come_to_an_end(stage: Stage, outcome: Outcome | None, expected: bool):
    assert may_be_told(stage, outcome) is expected


def test_before_is_what_was_said_at_first_and_its_rating():
    told = facts(posts=(Post("Bad", 1), Post("Another’s", 3, post=uuid4()), Post("Better", 4)))
    assert (told.said, told.rating_before, told.rating_after, told.rating_max) == ("Bad", 1, 4, 5)


def test_a_rating_that_was_not_seen_to_change_is_not_told_as_one_after():
    assert facts(posts=(Post(rating=2), Post(rating=2))).rating_after is None
    assert facts(posts=(Post(), Post(rating=4))).rating_after is None
    assert facts(posts=()).rating_before is None


def test_what_we_did_is_the_public_replies_private_contact_remedies_and_kept_promises():
    told = facts(
        moved("post_acknowledgement", text="We look into it, Dana"),
        moved("contact_in_private", channel=Channel.EMAIL, text="Dear Dana"),
        Line(EntryKind.PROMISE_SETTLED, {"words": "A call by Friday", "result": "kept"}),
        Line(EntryKind.PROMISE_SETTLED, {"words": "A letter", "result": "late"}),
        remedies=(Remedy("Refund of 20", RemedyState.ACCEPTED), Remedy("A voucher", RemedyState.DECLINED)),
    )
    assert told.public_replies == ("We look into it, […]",)
    assert told.in_private
    assert told.promises == ("A call by Friday",)
    assert told.remedies == ("Refund of 20",)


def test_without_an_offer_what_was_delivered_is_the_remedy():
    assert facts(moved("deliver_remedy", remedy="A new cake")).remedies == ("A new cake",)


def test_what_was_undone_is_not_told():
    told = facts(moved("solve_in_public", text="Done"), Line(EntryKind.UNDONE, {"move": "solve_in_public"}))
    assert told == facts()


def test_days_go_until_it_was_resolved():
    assert facts(moved("deliver_remedy", 12), moved("confirm_fix", 15)).days == 12
    assert facts(moved("deliver_remedy", 12), moved("confirm_fix", 15)).fix_held
    assert facts(moved("lose", 30, outcome=Outcome.LOST)).days == 30
    assert facts().days == 0
    assert facts(Line(at=MONDAY - DAY, particulars={"move": "solve_in_public"})).days == 0


@pytest.mark.parametrize("text", ["word " * 2_000, "x" * 9_000, "我" * 9_000])
def test_a_long_text_is_quoted_in_part(text: str):
    said = facts(posts=(Post(text),)).said
    assert len(said) <= QUOTED + 1
    assert said.endswith("…")


def test_half_a_name_at_the_cut_is_hidden_too():
    said = facts(posts=(Post("a" * (QUOTED - 4) + " Dana Smith" + " more" * 50),)).said
    assert "Dan" not in said


def test_the_anonymous_form_has_neither_name_nor_contact_and_the_named_one_only_the_name():
    texts = Texts(title="Dana’s cake", said="Mail dana@x.org", did="Order 4711", ended="Dana is glad")
    hidden = without_person(texts, ["Dana"])
    assert hidden == Texts(title="[…]’s cake", said="Mail […]", did="Order […]", ended="[…] is glad")
    assert with_person(texts) == Texts(
        title="Dana’s cake", said="Mail […]", did="Order […]", ended="Dana is glad"
    )
