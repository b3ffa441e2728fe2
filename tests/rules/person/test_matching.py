"""What speaks for two accounts being one person, and how much?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.person.matching import Reason, Sign, Trace, likeness

THEN = datetime(2026, 5, 4, 8, tzinfo=UTC)
DAY = timedelta(days=1)
RANT = "This bakery sold me a cake with a nail in it and nobody ever said sorry. Avoid them!"
GRIEF = "Cette boulangerie m’a vendu un gâteau avec un clou et personne ne s’est jamais excusé."


def account(handle: str = "", name: str = "", *texts: str, day: int = 0, **rest: object) -> Trace:
    return Trace(handle=handle, name=name, texts=texts, first_seen_at=THEN + day * DAY, **rest)  # type: ignore[arg-type]


def signs(one: Trace, other: Trace) -> list[Sign]:
    found = likeness(one, other)
    return [reason.sign for reason in found.reasons] if found else []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (account("@Dana_9"), account("dana-9"), [Sign.SAME_HANDLE]),
        (account("@ann"), account("ann"), []),
        (account(name="Léa Ménard"), account(name="lea menard"), []),
        (account("@lea_m", "Léa"), account("@lea_m", "LEA"), [Sign.SAME_HANDLE, Sign.SAME_NAME]),
        (account("a", "A", RANT), account("b", "B", RANT.upper().replace("!", "?")), [Sign.SAME_TEXT]),
        (account("a", "A", GRIEF), account("b", "B", "Sinon : " + GRIEF), [Sign.SAME_TEXT]),
        (account("a", "A", RANT), account("b", "B", GRIEF), []),
        (account("a", "A", "Never again"), account("b", "B", "Never again"), []),
        (account("a", "A", blocked_at=THEN + DAY), account("b", "B", day=3), []),
        (
            account("a", "Zoë", blocked_at=THEN + DAY),
            account("b", "Zoe", day=3, followers=2),
            [Sign.SAME_NAME, Sign.AFTER_BLOCK, Sign.FEW_FOLLOWERS],
        ),
        (account("a", "Zoë", blocked_at=THEN + DAY), account("b", "Zoe", day=30), []),
        (account("a", "A", followers=1), account("b", "B", day=1, followers=1), []),
        (
            account("a", "Zoë", "See https://www.nail.example/cake?x=1"),
            account("b", "Zoe", "All of it: http://nail.example/cake."),
            [Sign.SAME_NAME, Sign.SAME_LINKS],
        ),
    ],
)
def test_each_sign_is_seen_and_one_weak_sign_says_nothing(
    one: Trace, other: Trace, expected: list[Sign]
) -> None:
    assert signs(one, other) == expected


def test_every_reason_says_what_it_was_seen_by() -> None:
    found = likeness(
        account("@dana", "Dana", RANT, blocked_at=THEN + DAY),
        account("Dana", "dana", RANT, day=5, followers=3),
    )
    assert found is not None
    assert found.reasons == (
        Reason(Sign.SAME_HANDLE, "Dana"),
        Reason(Sign.SAME_NAME, "dana"),
        Reason(Sign.SAME_TEXT, RANT[:80]),
        Reason(Sign.AFTER_BLOCK, "4"),
        Reason(Sign.FEW_FOLLOWERS, "3"),
    )
    assert found.share == 0.9


def test_more_signs_never_make_it_less_likely_and_nothing_is_ever_certain() -> None:
    one = account("@dana", "Dana", RANT + " https://nail.example/", blocked_at=THEN)
    other = replace(one, first_seen_at=THEN + DAY, blocked_at=None, followers=0.0)
    found = likeness(one, other)
    assert found is not None
    assert {reason.sign for reason in found.reasons} == set(Sign)
    assert found.share == 0.93


traces = st.builds(
    Trace,
    handle=st.sampled_from(["", "@dana", "dana", "@other"]),
    name=st.sampled_from(["", "Dana", "Léa"]),
    texts=st.lists(st.sampled_from([RANT, GRIEF, "", "Short"]), max_size=3).map(tuple),
    first_seen_at=st.integers(0, 40).map(lambda day: THEN + day * DAY),
    blocked_at=st.none() | st.integers(0, 40).map(lambda day: THEN + day * DAY),
    followers=st.none() | st.sampled_from([0.0, 9.0, 10.0, 5000.0]),
)


@given(traces, traces)
def test_it_does_not_matter_which_of_the_two_is_asked_about(one: Trace, other: Trace) -> None:
    found, mirrored = likeness(one, other), likeness(other, one)
    assert found == mirrored


@given(st.text(max_size=200), st.text(max_size=200))
def test_hostile_texts_are_compared_without_a_fault(text: str, other: str) -> None:
    likeness(account(text, other, text), account(other, text, other, text))
