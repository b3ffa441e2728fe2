"""Can the starter plan be saved as it is?"""

from amends.rules.follow_up import threat_plans
from amends.rules.follow_up.playbooks import GivenStep, check


def test_the_starter_plan_is_a_plan_that_a_lead_could_have_written():
    steps = [
        GivenStep(row, words, within_hours=hours)
        for row, (words, _role, hours) in enumerate(threat_plans.STARTER_STEPS, start=1)
    ]
    check(threat_plans.PLAN_NAME, steps)


def test_every_role_that_a_step_needs_has_a_contact():
    needed = {role for _words, role, _hours in threat_plans.STARTER_STEPS if role}
    assert needed <= {role for _name, role, _phone in threat_plans.STARTER_CONTACTS}


def test_danger_to_people_comes_before_everything_but_silence():
    assert threat_plans.STARTER_STEPS[1][1] == "police"
