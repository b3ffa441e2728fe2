"""Does a case that comes in get what the rules say, by name, and nothing of what is gone?"""

from amends import tables
from amends.rules.vocabulary import PlaybookSubject, Role, Severity, Stage
from amends.services.capture import case_rules
from amends.services.capture.case_rules import RuleGiven
from amends.services.case import field_values
from amends.services.desk import case_themes, cases, themes, watched_places
from amends.services.follow_up import checklists, playbooks
from amends.services.follow_up.playbooks import Given, Step
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act, Member
from amends.services.workflow import severities, triage
from amends.services.workflow.triage import Proposed
from tests.world import MONDAY, case_row, entries, make_case, make_order_number, owed


async def switched_on(by: Member, name: str, **given: object) -> None:
    rule = RuleGiven(name=name, **given)  # type: ignore[arg-type]
    await case_rules.switch(Act(by, MONDAY), await case_rules.make(Act(by, MONDAY), rule), on=True)


async def test_owner_theme_field_and_playbook_are_set_when_a_case_comes_in(alice: Member, bob: Member):
    act, field = Act(alice, MONDAY), await make_order_number()
    delivery = await themes.make(act, "Delivery")
    late = await themes.make(act, "Late", parent=delivery)
    steps = (Step(row=1, words="Ring the warehouse"),)
    subject = {"subject": PlaybookSubject.NATURE, "about": "complaint"}
    playbook = await playbooks.make(act, Given(name="Lost", **subject, steps=steps))
    effects = {"owner": bob.id, "theme": late, "playbook": playbook, "field": field, "value": "unknown"}
    await switched_on(alice, "Lost parcels", words="never arrived", **effects)
    number = await make_case(alice, text="It never arrived")
    row = await case_row(number)
    assert (row["owner"], row["stage"]) == (bob.id, Stage.NEW)
    assert {one["owner"] for one in (await owed(number)).values()} == {bob.id}
    assert await case_themes.given_to(number) == {late}
    assert [one.value for one in await field_values.of_case(number)] == ["unknown"]
    assert [one.name for one in await checklists.of_case(row["id"])] == ["Lost"]
    assert await entries(number) == ["captured", "rule_applied"]
    told = (await cases.detail(act, number)).timeline[-1]
    assert (told.by, told.actor) == (None, "system")
    assert told.particulars["name"] == "Lost parcels"
    assert (told.particulars["owner"], told.particulars["theme"]) == (bob.name, "Late")


async def test_what_does_not_fit_and_what_is_off_does_nothing(alice: Member):
    await switched_on(alice, "Refunds", words="refund", owner=alice.id)
    await case_rules.make(Act(alice, MONDAY), RuleGiven(name="Off", owner=alice.id))
    number = await make_case(alice)
    assert await entries(number) == ["captured"]
    assert (await case_row(number))["owner"] is None


async def test_a_post_that_is_seen_again_meets_no_rule(alice: Member):
    number = await make_case(alice, id="1", url="https://x.com/dana/status/1")
    await switched_on(alice, "All", owner=alice.id)
    await make_case(alice, id="1", url="https://x.com/dana/status/1")
    assert "rule_applied" not in await entries(number)


async def test_a_disabled_member_a_retired_theme_and_a_lost_choice_are_not_set(alice: Member, bob: Member):
    act, field = Act(alice, MONDAY), await make_order_number()
    late = await themes.make(act, "Late")
    await switched_on(alice, "All", owner=bob.id, theme=late, field=field, value="x")
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == bob.id)
    await tables.CaseField.update({tables.CaseField.retired_at: MONDAY}).where(tables.CaseField.name == field)
    await themes.retire(act, late)
    number = await make_case(alice)
    assert (await case_row(number))["owner"] is None
    assert await case_themes.given_to(number) == frozenset()
    assert await entries(number) == ["captured"]


async def test_whoever_became_a_reader_gets_no_case_by_a_rule(alice: Member, bob: Member):
    await switched_on(alice, "All", owner=bob.id)
    await tables.Member.update({tables.Member.role: Role.READER}).where(tables.Member.id == bob.id)
    assert (await case_row(await make_case(alice)))["owner"] is None


async def test_a_severity_is_proposed_to_the_member_who_decides_and_set_by_nobody(alice: Member):
    await switched_on(alice, "Leaks", words="cake", severity=Severity.S2)
    number = await make_case(alice)
    assert (await case_row(number))["severity"] is None
    begun = await triage.begin(Act(alice, MONDAY), number)
    assert begun.proposed == Proposed(Severity.S2, "Leaks")
    await severities.weigh(Act(alice, MONDAY), number, severity=Severity.S4)
    assert (await triage.begin(Act(alice, MONDAY), number)).proposed is None


async def test_a_rule_of_a_location_and_a_place_to_watch_meets_what_stands_there(alice: Member):
    act = Act(alice, MONDAY)
    rennes = await locations.make(act, NewLocation(name="Rennes"))
    page = "https://www.trustpilot.com/review/ours.example"
    given = watched_places.Given(name="Our reviews", address=page, every=7, members=(alice.id,))
    place = await watched_places.add_place(act, given)
    await switched_on(alice, "Rennes", location=rennes, place=place, owner=alice.id)
    there = {"platform": "trustpilot", "page": {"url": page, "title": ""}}
    assert (await case_row(await make_case(alice, location=rennes, **there)))["owner"] == alice.id
    assert (await case_row(await make_case(alice, **there)))["owner"] is None
    assert (await case_row(await make_case(alice, location=rennes)))["owner"] is None
