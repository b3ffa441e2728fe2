"""When is a draft read by a lead first, and which rules of answering make no sense?"""

import pytest

from amends.rules.team.reply_rules import ApprovalRule, ReplyRules, WrongReplyRules, needs_approval
from amends.rules.vocabulary import Language, Nature, Occasion, Role, Severity

USUAL = ApprovalRule()


@pytest.mark.parametrize(
    ("severity", "nature", "role", "occasion", "needed"),
    [
        ("s1", None, "agent", "following", True),
        ("s2", "complaint", "agent", "closing", True),
        ("s3", "complaint", "agent", "following", False),
        ("s3", "harassment", "agent", "following", True),
        ("s4", "false_claim", "agent", "solution", True),
        (None, "threat", "agent", "following", True),
        (None, None, "agent", "following", False),
        ("s1", "threat", "agent", "first", False),
        ("s1", "threat", "lead", "following", False),
        ("s1", "threat", "admin", "closing", False),
    ],
)
def test_the_usual_rule_lets_first_answers_and_leads_through(
    severity: str | None, nature: str | None, role: str, occasion: str, needed: bool
):
    assert (
        needs_approval(
            USUAL,
            severity=Severity(severity) if severity else None,
            nature=Nature(nature) if nature else None,
            role=Role(role),
            occasion=Occasion(occasion),
        )
        is needed
    )


def test_a_team_may_have_first_answers_and_leads_read_too():
    strict = ApprovalRule(severities=frozenset(Severity), roles=frozenset(Role), first_too=True)
    for severity in Severity:
        for role in Role:
            assert needs_approval(strict, severity=severity, nature=None, role=role, occasion=Occasion.FIRST)


def test_without_severities_and_natures_nothing_is_read():
    none = ApprovalRule(severities=frozenset(), natures=frozenset(), roles=frozenset(Role), first_too=True)
    assert not needs_approval(
        none, severity=Severity.S1, nature=Nature.THREAT, role=Role.AGENT, occasion=Occasion.CLOSING
    )


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"budget": 0}, {"budget"}),
        ({"budget": 10}, {"budget"}),
        (
            {"kept": {Language.ENGLISH: "x" * 401}, "privacy_contact": "x" * 201},
            {"kept_en", "privacy_contact"},
        ),
        ({"places": {Language.FRENCH: "x" * 201}, "product": "x" * 201}, {"place_fr", "product"}),
    ],
)
def test_rules_that_make_no_sense_are_said_beside_their_fields(given: dict[str, object], fields: set[str]):
    with pytest.raises(WrongReplyRules) as told:
        ReplyRules(**given)  # type: ignore[arg-type]
    assert told.value.fields.keys() == fields


def test_a_place_in_another_language_is_better_than_none():
    rules = ReplyRules(places={Language.ENGLISH: "", Language.FRENCH: "bonjour@boulange.example"})
    assert rules.place(Language.ENGLISH) == "bonjour@boulange.example"
    assert ReplyRules().place(Language.FRENCH) == ""
