"""Is a rule tried on past cases, with what stands there now, before it counts?"""

from amends.rules.vocabulary import Severity
from amends.services.capture import case_rules, rule_previews
from amends.services.capture.case_rules import RuleGiven
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import MONDAY, make_case


async def test_a_preview_names_the_past_cases_and_changes_none(alice: Member):
    met, _other = await make_case(alice, text="I want a refund"), await make_case(alice, text="Too dear")
    given = RuleGiven(name="Refunds", words="refund", owner=alice.id)
    rule = await case_rules.find(await case_rules.make(Act(alice, MONDAY), given))
    found, tried = await rule_previews.preview(rule)
    assert ([one.number for one in found], tried) == ([met], 2)


async def test_a_preview_says_what_stands_now_and_what_would_be_set(alice: Member, bob: Member):
    act = Act(alice, MONDAY)
    number = await make_case(alice)
    await case_commands.assign(act, number, owner=bob.id, note="", version=None)
    rule = RuleGiven(name="Ours", words="cake", owner=alice.id, severity=Severity.S2)
    [past] = (await rule_previews.preview(await case_rules.find(await case_rules.make(act, rule))))[0]
    assert (past.owner, past.severity, past.has_theme, past.value) == ("Bob", None, False, "")
