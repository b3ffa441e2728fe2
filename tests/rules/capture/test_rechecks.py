"""What has become of a post is told from two captures of it, and a look is asked for on the right days."""

from datetime import timedelta

import pytest

from amends.rules.capture.rechecks import Run, Snapshot, changes, is_asked, is_due, new_replies, word_runs
from amends.rules.vocabulary import FollowUpKind
from tests.world import DAY, HOUR, MONDAY

SEEN = Snapshot(title="Bad", text="The cake never arrived.", rating=1, replies=2)
LATER = {
    "the same again": (SEEN, ["unchanged"]),
    "other spaces": (
        Snapshot(title="Bad", text="The cake  never\narrived.", rating=1, replies=2),
        ["unchanged"],
    ),
    "other words": (Snapshot(title="Bad", text="The cake arrived.", rating=1, replies=2), ["edited"]),
    "another title": (Snapshot(title="Good", text=SEEN.text, rating=1, replies=2), ["edited"]),
    "more stars": (Snapshot(title="Bad", text=SEEN.text, rating=4, replies=2), ["rating"]),
    "a reply": (Snapshot(title="Bad", text=SEEN.text, rating=1, replies=3), ["replies"]),
    "a reply less": (Snapshot(title="Bad", text=SEEN.text, rating=1, replies=1), ["unchanged"]),
    "everything": (
        Snapshot(title="Bad", text="Thanks!", rating=5, replies=9),
        ["edited", "rating", "replies"],
    ),
    "what could not be read": (Snapshot(), ["unchanged"]),
    "nothing left": (Snapshot(gone=True), ["gone"]),
}


@pytest.mark.parametrize(("after", "what"), LATER.values(), ids=LATER)
def test_a_later_sight_tells_what_has_become_of_the_post(after: Snapshot, what: list[str]):
    assert list(changes(SEEN, after)) == what


def test_of_a_text_that_was_cut_only_what_both_have_is_compared():
    cut = Snapshot(text="The cake nev…", truncated=True)
    assert changes(cut, Snapshot(text="The cake never arrived.")) == ("unchanged",)
    assert changes(cut, Snapshot(text="No cake never arrived.")) == ("edited",)


def test_a_title_that_was_shortened_is_not_edited_when_it_is_whole_later():
    before = Snapshot(title="The cake nev", title_shortened=True)
    assert changes(before, Snapshot(title="The cake never arrived.")) == ("unchanged",)
    assert changes(Snapshot(title="The cake nev"), Snapshot(title="The cake never arrived.")) == ("edited",)


def test_replies_count_when_both_counts_are_known():
    assert new_replies(Snapshot(replies=2), Snapshot(replies=5)) == 3
    assert new_replies(Snapshot(), Snapshot(replies=5)) == 0
    assert new_replies(Snapshot(replies=5), Snapshot(replies=2)) == 0


def test_the_difference_keeps_every_word_of_both_texts():
    runs = word_runs("The cake never arrived. Bye.", "The cake arrived late. Bye. EDIT: thanks")
    assert runs == [
        Run("kept", "The cake"),
        Run("removed", " never arrived."),
        Run("added", " arrived late."),
        Run("kept", " Bye."),
        Run("added", " EDIT: thanks"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("a", ""), ("", "a"), ("a b c", "a c"), ("a\nb", "a b"), ("x " * 900, "y " * 900)],
)
def test_what_is_kept_and_removed_is_the_old_text_what_is_kept_and_added_the_new_one(before: str, after: str):
    runs = word_runs(before, after)
    assert "".join(run.text for run in runs if run.fate != "added").split() == before.split()
    assert "".join(run.text for run in runs if run.fate != "removed").split() == after.split()


def test_a_long_difference_is_shown_whole():
    before, after = ("a b " * 300).strip(), ("b a " * 300).strip()
    assert [run.fate for run in word_runs(f"The {before} end", f"The {after} end")] == [
        "kept",
        "removed",
        "added",
        "kept",
    ]


@pytest.mark.parametrize("kind", [FollowUpKind.CONFIRM_FIX, FollowUpKind.SECOND_CHANCE])
def test_the_day_of_confirming_or_asking_again_asks_for_one_look(kind: FollowUpKind):
    due = MONDAY + DAY
    assert not is_due(kind, due, None, MONDAY)
    assert is_due(kind, due, None, due - 12 * HOUR)
    assert is_due(kind, due, MONDAY, due + 3 * DAY)
    assert not is_due(kind, due, due - HOUR, due + 3 * DAY)


@pytest.mark.parametrize("kind", [None, FollowUpKind.TRIAGE, FollowUpKind.PROMISE])
def test_no_other_day_asks_for_a_look(kind: FollowUpKind | None):
    assert not is_due(kind, MONDAY, None, MONDAY)


def test_a_members_wish_stands_for_a_week():
    assert not is_asked(None, MONDAY)
    assert is_asked(MONDAY, MONDAY + 7 * DAY - timedelta(seconds=1))
    assert not is_asked(MONDAY, MONDAY + 7 * DAY)
