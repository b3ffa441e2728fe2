"""Do leads keep the rules by condition, and does the audit log say what they changed?"""

from uuid import uuid4

import pytest

from amends.rules.capture.case_rules import MOST
from amends.rules.vocabulary import Role
from amends.services.capture import case_rules
from amends.services.capture.case_rules import RuleGiven, RuleUnknown, TooManyRules, WrongRule
from amends.services.team import audit
from amends.services.team.audit import Filters
from amends.services.team.members import Act, Member, MemberOnlyReads, NoSuchMember
from amends.services.team.seen import ChangedMeanwhile, fingerprint
from tests.world import HOUR, MONDAY, make_member


async def test_a_new_rule_is_off_and_a_changed_one_too(alice: Member):
    rule_id = await case_rules.make(Act(alice, MONDAY), RuleGiven(name="Ours", owner=alice.id))
    assert not (await case_rules.find(rule_id)).is_on
    await case_rules.switch(Act(alice, MONDAY), rule_id, on=True)
    seen = fingerprint(case_rules.values_of(await case_rules.find(rule_id)))
    same = RuleGiven(name="Ours", owner=alice.id)
    await case_rules.change(Act(alice, MONDAY), rule_id, same, seen=seen)
    assert (await case_rules.find(rule_id)).is_on
    await case_rules.change(
        Act(alice, MONDAY), rule_id, RuleGiven(name="Ours", words="cake", owner=alice.id), seen=seen
    )
    assert not (await case_rules.find(rule_id)).is_on
    with pytest.raises(ChangedMeanwhile):
        await case_rules.change(
            Act(alice, MONDAY), rule_id, RuleGiven(name="Mine", owner=alice.id), seen=seen
        )


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"platform": "no such site!"}, "platform"),
        ({"stars": 6}, "stars"),
        ({"words": " , "}, "words"),
        ({"field": "nothing", "value": "x"}, "field"),
        ({"owner": None}, "owner"),
        ({"language": "tlh"}, "language"),
        ({"theme": uuid4()}, "theme"),
        ({"playbook": uuid4()}, "playbook"),
    ],
)
async def test_a_rule_that_says_nothing_is_refused(alice: Member, given: dict[str, object], wrong: str):
    with pytest.raises(WrongRule) as refused:
        await case_rules.make(
            Act(alice, MONDAY),
            RuleGiven(**{"name": "Ours", "owner": alice.id, **given}),  # type: ignore[arg-type]
        )
    assert list(refused.value.fields) == [wrong]


async def test_a_rule_gives_cases_to_nobody_who_may_not_own_any(alice: Member):
    reader = await make_member("rae", role=Role.READER)
    with pytest.raises(MemberOnlyReads):
        await case_rules.make(Act(alice, MONDAY), RuleGiven(name="Ours", owner=reader.id))
    with pytest.raises(NoSuchMember):
        await case_rules.make(Act(alice, MONDAY), RuleGiven(name="Ours", owner=uuid4()))
    assert await case_rules.everything() == ()


async def test_rules_move_up_and_go(alice: Member):
    ids = [await case_rules.make(Act(alice, MONDAY), RuleGiven(name=name, owner=alice.id)) for name in "abc"]
    await case_rules.move_up(Act(alice, MONDAY), ids[2])
    assert [one.name for one in await case_rules.everything()] == ["a", "c", "b"]
    await case_rules.remove(Act(alice, MONDAY), ids[0])
    with pytest.raises(RuleUnknown):
        await case_rules.switch(Act(alice, MONDAY), ids[0], on=True)


async def test_there_are_thirty_rules_at_most(alice: Member):
    for place in range(MOST):
        await case_rules.make(Act(alice, MONDAY), RuleGiven(name=str(place), owner=alice.id))
    with pytest.raises(TooManyRules):
        await case_rules.make(Act(alice, MONDAY), RuleGiven(name="more", owner=alice.id))


async def test_the_audit_log_says_what_stood_in_a_rule_by_names(alice: Member):
    first, second, third, fourth = (Act(alice, MONDAY + hours * HOUR) for hours in range(4))
    rule_id = await case_rules.make(first, RuleGiven(name="Ours", words="cake", owner=alice.id))
    await case_rules.switch(second, rule_id, on=True)
    await case_rules.change(third, rule_id, RuleGiven(name="Ours", words="bread", owner=alice.id))
    await case_rules.remove(fourth, rule_id)
    found, _ = await audit.page(Filters())
    events = [one.told["changes"] for one in reversed(found) if one.about == "case_rules"]
    assert events[0]["Ours.words"] == ["", "cake"]
    assert events[0]["Ours.owner"] == ["", "Alice"]
    assert events[1] == {"Ours.on": ["False", "True"]}
    assert events[2] == {"Ours.on": ["True", "False"], "Ours.words": ["cake", "bread"]}
    assert events[3]["Ours.words"] == ["bread", ""]
