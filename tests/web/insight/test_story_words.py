"""Does a proposal say what is known of a case, and no more?"""

import pytest

from amends.rules.insight.stories import Facts
from amends.rules.vocabulary import Outcome
from amends.web.insight.labels.stories import proposed


def test_a_proposal_tells_each_fact_in_a_line():
    facts = Facts(
        said="It never came.",
        rating_before=1,
        rating_after=4,
        rating_max=5,
        public_replies=("We look into it.",),
        in_private=True,
        remedies=("A new cake",),
        promises=("A call by Friday",),
        outcome=Outcome.WON_BACK,
        fix_held=True,
        days=3,
    )
    texts = proposed(facts)
    assert texts.title == "Rating: from 1 to 4"
    assert texts.said == "It never came."
    assert texts.did.splitlines() == [
        "We replied in public: “We look into it.”",
        "We were in touch in private.",
        "To put it right: A new cake",
        "Promised and kept: A call by Friday",
    ]
    assert texts.ended == "The fix was confirmed. Outcome: Won back. The review now has 4 out of 5."


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        (Facts(days=0), "Put right in 1 day"),
        (Facts(days=12, outcome=Outcome.SETTLED), "Put right in 12 days"),
        (Facts(days=12, outcome=Outcome.LOST), ""),
        (Facts(days=12, rating_before=2), "Put right in 12 days"),
    ],
)
def test_a_title_is_proposed_only_for_what_was_put_right(facts: Facts, title: str):
    assert proposed(facts).title == title
