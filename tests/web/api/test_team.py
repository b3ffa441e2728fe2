"""Does a program learn names and roles, and nothing else of members?"""

from amends.services.capture import case_rules
from amends.services.capture.case_rules import RuleGiven
from amends.services.desk import themes
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, make_member


async def test_members_are_told_by_name_and_role_alone(site: Site) -> None:
    bob = await make_member("bob")
    answer = await (await site.program(bob)).get("/api/v1/members")
    assert answer.json()["members"] == [
        {"id": str(bob.id), "name": "Bob", "role": "agent", "disabled": False}
    ]
    assert bob.email not in answer.text


async def test_themes_bear_their_whole_name(site: Site) -> None:
    alice = await make_member("alice", role="lead")
    wide = await themes.make(Act(alice, MONDAY), "Delivery")
    await themes.make(Act(alice, MONDAY), "Late", parent=wide)
    listed = (await (await site.program(alice)).get("/api/v1/themes")).json()["themes"]
    assert [one["path"] for one in listed] == ["Delivery", "Delivery › Late"]


async def test_rules_say_what_they_set_now(site: Site) -> None:
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    delivery = await themes.make(Act(alice, MONDAY), "Delivery")
    given = RuleGiven(name="Late", words="late", stars=2, owner=bob.id, theme=delivery)
    await case_rules.switch(Act(alice, MONDAY), await case_rules.make(Act(alice, MONDAY), given), on=True)
    await themes.retire(Act(alice, MONDAY), delivery)
    [rule] = (await (await site.program(bob)).get("/api/v1/rules")).json()["rules"]
    assert (rule["name"], rule["on"], rule["stars"], rule["words"]) == ("Late", True, 2, "late")
    assert rule["owner"] == {"id": str(bob.id), "name": "Bob"}
    assert (rule["theme"]["name"], rule["sets"]) == ("Delivery", ["owner"])
