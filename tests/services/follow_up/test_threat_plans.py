"""Is the plan for threats one, the team's own, and there when it is needed?"""

import pytest

from amends import tables
from amends.i18n import use_language
from amends.rules.follow_up.playbooks import WrongPlaybook
from amends.services.follow_up import outside_contacts, playbooks, threat_plans
from amends.services.follow_up.outside_contacts import GivenContact
from amends.services.follow_up.playbooks import PlaybookChanged, Step
from amends.services.team.members import Act, Member
from tests.world import MONDAY


async def test_the_starter_plan_comes_in_the_language_of_the_team_and_is_read_in_the_readers(alice: Member):
    await tables.Team.update({tables.Team.language: "fr"}, force=True)
    await threat_plans.begin_starter(Act(alice, MONDAY))
    assert "Management" in {one.name for one in await outside_contacts.everyone()}
    with use_language("fr"):
        names = {one.name: one.phone for one in await outside_contacts.everyone()}
    assert "Direction" in names
    assert names["Police, numéro d’urgence"] == "112"
    steps = await playbooks.steps_of(threat_plans.PLAN)
    assert steps[0].words == "Ne répondez pas et ne supprimez rien."
    assert steps[1].contact_name == "Police, numéro d’urgence"


async def test_begun_twice_it_is_one_plan_and_contacts_that_exist_stay(alice: Member):
    await outside_contacts.add_contact(GivenContact(name="Legal", phone="12"))
    await threat_plans.begin_starter(Act(alice, MONDAY))
    await threat_plans.begin_starter(Act(alice, MONDAY))
    assert [one.phone for one in await outside_contacts.everyone() if one.name == "Legal"] == ["12"]
    assert await playbooks.everything() == []
    assert await playbooks.offered() == []


async def test_a_team_writes_its_own_and_two_do_not_overwrite_each_other(alice: Member):
    with pytest.raises(WrongPlaybook):
        await threat_plans.save(Act(alice, MONDAY), (), version=0)
    await threat_plans.save(Act(alice, MONDAY), (Step(row=1, words="Ring Ann"),), version=0)
    await threat_plans.save(Act(alice, MONDAY), (Step(row=1, words="Ring Ben"),), version=1)
    with pytest.raises(PlaybookChanged):
        await threat_plans.save(Act(alice, MONDAY), (Step(row=1, words="Ring Cy"),), version=1)
    assert [one.words for one in await playbooks.steps_of(threat_plans.PLAN)] == ["Ring Ben"]
