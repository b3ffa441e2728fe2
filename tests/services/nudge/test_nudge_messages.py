"""Does a nudge say enough to act on, in its receiver's words, and nothing that is private?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from amends.rules.vocabulary import Audience, FollowUpKind
from amends.rules.workflow.next_step import Reason, Step
from amends.services.nudge import nudge_messages
from amends.services.nudge.nudge_messages import NudgeFacts, message, reference

DUE = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
BASE_URL = "https://amends.example.org"
FACTS = {
    "number": 142,
    "follow_up": UUID("1f0c9a2b-0000-4000-8000-000000000000"),
    "generation": 1,
    "rung": 1,
    "kind": FollowUpKind.ACKNOWLEDGE,
    "due_at": DUE,
    "audience": Audience.OWNER,
    "author": "Zelda\r\nExample",
    "platform": "hackernews",
    "owner": "Ada",
    "stands_in": False,
    "language": "en",
    "zone": "Europe/Paris",
}


NAMED = {"kind": FollowUpKind.MENTION, "asked_by": "Bob"}


def said(**other: object) -> tuple[str, str]:
    found = message([NudgeFacts(**FACTS | other)], base_url=BASE_URL, now=DUE + timedelta(hours=2))
    return found.title, found.body


def test_it_says_what_who_why_and_where():
    title, body = said()
    assert title == "#142 · answer in public · 2 h late"
    assert body.splitlines()[0] == "Zelda Example, on Hacker News"
    assert "You own this case. Due: Tuesday 3 March, 14:00 (Europe/Paris)." in body
    assert body.endswith(f"{BASE_URL}/cases/142")


def test_who_is_named_in_a_note_reads_by_whom_in_the_title():
    title, _body = said(**NAMED)
    assert title == "#142 · Bob mentioned you in a note · 2 h late"


OF_BOB = {"asked_by": "Bob", "owner": "Dora"}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FollowUpKind.MENTION, "Bob mentioned Dora in a note"),
        (FollowUpKind.REMEDY_REQUEST, "Bob asks Dora to approve a remedy"),
        (FollowUpKind.REWRITE, "Bob sent back Dora’s draft"),
        (FollowUpKind.REMINDER, "reminder"),
    ],
)
@pytest.mark.parametrize("audience", [Audience.TEAM, Audience.LEAD])
def test_a_request_that_others_hear_of_names_whom_it_was_made_to(
    kind: FollowUpKind, words: str, audience: Audience
):
    title, body = said(kind=kind, audience=audience, **OF_BOB)
    assert title == f"#142 · {words} · 2 h late"
    assert "Dora was asked to do this." in body
    assert "owns this case" not in body


def test_a_deputy_reads_whose_request_it_is():
    assert said(kind=FollowUpKind.MENTION, stands_in=True, **OF_BOB)[0].startswith(
        "#142 · Bob mentioned Dora in a note"
    )


def test_it_speaks_the_receivers_language():
    title, body = said(language="fr")
    assert title == "nº\u202f142 · répondre en public · 2 h de retard"
    assert "mardi 3 mars" in body


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"owner": None, "audience": Audience.TEAM}, "This case has no owner."),
        ({"audience": Audience.TEAM}, "Can someone help?"),
        ({"audience": Audience.LEAD}, "Please take it over or hand it over."),
        ({"audience": Audience.LEAD, "rung": 0}, "has just been escalated"),
        ({"kind": FollowUpKind.REMINDER}, "This reminder is for you."),
        (NAMED, "A note on this case mentions you."),
        (NAMED | {"kind": FollowUpKind.REMEDY_REQUEST}, "so a lead approves it first, under Approvals."),
        ({"stands_in": True}, "You are deputy for Ada, who is away."),
        ({"audience": Audience.ON_DUTY}, "You are on duty, and this is urgent."),
        ({"platform": "trustpilot"}, ", on Trustpilot"),
        ({"platform": "mynewsite"}, ", on mynewsite"),
        ({"author": " ", "platform": "web"}, "Unknown author, on a web page"),
    ],
)
def test_it_says_why_it_comes_to_this_receiver(other: dict, words: str):
    assert words in said(**other)[1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_duty_has_words_in_every_language(language: str):
    titles = {said(kind=kind, language=language)[0] for kind in FollowUpKind}
    assert len(titles) == len(FollowUpKind)
    if language == "fr":
        assert not titles & {said(kind=kind)[0] for kind in FollowUpKind}


def test_the_reference_names_the_duty_and_the_rung_and_nothing_of_the_receiver():
    facts = NudgeFacts(**FACTS)
    assert reference(facts) == "142-1f0c9a2b-1-1"
    assert reference(NudgeFacts(**FACTS | {"audience": Audience.TEAM, "language": "fr"})) == reference(facts)


def test_a_test_says_that_nothing_is_to_be_done():
    found = nudge_messages.trial_message(FACTS["follow_up"], language="en", base_url=BASE_URL)
    assert "nothing to do" in found.body
    assert found.reference.startswith("test-")


def test_those_that_come_together_are_a_list_in_which_each_keeps_its_reference():
    told = [NudgeFacts(**FACTS | {"number": number}) for number in (142, 143, 144)]
    found = message(told, base_url=BASE_URL, now=DUE + timedelta(hours=2))
    assert found.title == "3 reminders"
    for facts in told:
        assert f"#{facts.number} · answer in public · 2 h late" in found.body
        assert f"{BASE_URL}/cases/{facts.number} ({reference(facts)})" in found.body
    assert found.reference == f"{reference(told[0])}+2"


def test_in_mail_the_words_are_links_and_nothing_of_a_stranger_is_markup():
    hostile = {"author": "<img src=x onerror=alert(1)>", "act": "secret", "language": "fr"}
    facts = [NudgeFacts(**FACTS | hostile | {"number": number}) for number in (142, 143)]
    for told in (facts[:1], facts):
        html = message(told, base_url=BASE_URL, now=DUE + timedelta(hours=2)).html or ""
        assert html.startswith('<div lang="fr"')
        assert "<img" not in html
        assert "&lt;img src=x" in html
        for one in told:
            assert f'<a href="{BASE_URL}/cases/{one.number}"' in html
        words = "Agir sans vous connecter"
        assert html.count(f'<a href="{BASE_URL}/act/secret"') == html.count(f">{words}</a>") == len(told)


def test_a_mail_to_a_member_leads_to_their_settings_and_one_to_the_team_does_not():
    def html(**other: object) -> str:
        return str(message([NudgeFacts(**FACTS | other)], base_url=BASE_URL, now=DUE).html)

    assert f'href="{BASE_URL}/settings/reminders"' in html(act="secret")
    assert "/settings/reminders" not in html(owner=None)


def test_a_step_that_has_no_name_of_its_own_is_not_announced():
    said_in = [said(**NAMED, step=Step(do, Reason.WROTE_AGAIN))[1] for do in ("finish_step", "ping")]
    assert ["Next step:" in body for body in said_in] == [False, True]
