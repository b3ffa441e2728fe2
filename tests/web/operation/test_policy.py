"""Can an admin give the team other times, see what would move first, and lose nothing that was typed?"""

import re

import pytest

from amends.rules.team.policies import REGULATED_FR, SMALL_SHOP, SOLO
from amends.rules.vocabulary import Severity
from amends.services.follow_up import policy_changes
from amends.services.team import policies
from amends.services.team.members import Act, Member
from amends.web.operation import policy_form
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member, owed

PAGE = "/settings/policy"


@pytest.fixture
async def root(site: Site) -> Member:
    return await make_member("root", role="admin")


@pytest.fixture
async def desk(site: Site, root: Member) -> Visitor:
    return await site.visit_as(root)


def fields(policy=SMALL_SHOP, **changes: str) -> dict[str, object]:
    return {"version": "0", **policy_form.typed_of(policy), **changes}


def hidden(page: str) -> dict[str, object]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page):
        found.setdefault(name, []).append(value)
    return {
        name: values if len(values) > 1 else values[0] for name, values in found.items() if name != "csrf"
    }


async def test_the_page_shows_the_times_that_count_and_who_made_them(desk: Visitor, root: Member):
    assert "Not changed yet." in (await desk.get(PAGE)).text
    await policy_changes.adopt(Act(root, MONDAY), SOLO, move=False, after=0)
    page = (await desk.get(PAGE)).text
    assert "<h2>Solo: twice the time</h2>" in page
    assert "Version 1 · Root" in page
    assert '<input id="triage-s1" name="triage-s1" value="60"' in page


async def test_a_preset_fills_the_form_and_changes_nothing(desk: Visitor):
    page = (await desk.get(f"{PAGE}?preset=regulated_fr")).text
    assert 'name="resolve_by-s4" value="59"' in page
    assert (await policies.standing()).version == 0
    assert (await desk.get(f"{PAGE}?preset=nonsense")).status_code == 200


async def test_the_preview_lists_what_would_move_and_asks(desk: Visitor, root: Member):
    number = await make_case(root)
    answer = await desk.send_form(f"{PAGE}/preview", **fields(SOLO))
    assert "1 open due date would move" in answer.text
    assert f'href="/cases/{number}"' in answer.text
    assert "12:00" in answer.text
    assert "14:00" in answer.text
    assert (await policies.standing()).version == 0


@pytest.mark.parametrize(("answer", "hours"), [("yes", 4), ("no", 2)])
async def test_what_is_owed_moves_when_the_admin_says_so(
    desk: Visitor, root: Member, answer: str, hours: int
):
    number = await make_case(root)
    asked = await desk.send_form(f"{PAGE}/preview", **fields(SOLO))
    saved = await desk.send_form(PAGE, **hidden(asked.text), move=answer)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{PAGE}?notice=saved")
    assert await policies.current() == SOLO
    due_at = (await owed(number))["triage"]["due_at"]
    assert (due_at - MONDAY).total_seconds() == hours * 3600
    told = (await desk.get(f"/cases/{number}")).text
    assert ("due dates changed with the team’s times: Decide" in told) is (answer == "yes")


async def test_an_own_table_is_kept_as_it_was_typed(desk: Visitor):
    typed = fields(**{"triage-s3": "3", "triage-s3-unit": "hours", "resolve_by-s1": ""})
    typed["second_chance_days"] = ["0", "4"]
    asked = await desk.send_form(f"{PAGE}/preview", **typed)
    await desk.send_form(PAGE, **hidden(asked.text), move="no")
    found = await policies.current()
    assert (found.name, found.rows["resolve_by"][0], found.second_chance_days) == ("own", None, {0, 4})
    assert 'name="triage-s3" value="3"' in (await desk.get(PAGE)).text


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("triage-s3", "", "Enter a time"),
        ("triage-s3", "0", "Enter a number from 1 to 999."),
        ("triage-s3", "soon", "Enter a number from 1 to 999."),
        ("triage-s3", "²", "Enter a number from 1 to 999."),
        ("triage-s3-unit", "fortnights", "Choose one from the list."),
        ("second_chance-s2-unit", "working_days", "This one must be in real time, 24/7."),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    desk: Visitor, field: str, given: str, sentence: str
):
    answer = await desk.send_form(f"{PAGE}/preview", **fields(**{"contact-s4": "77", field: given}))
    assert answer.status_code == 422
    assert f'id="{field.removesuffix("-unit")}-error">{sentence}' in answer.text
    assert 'name="contact-s4" value="77"' in answer.text


async def test_a_change_that_somebody_else_made_meanwhile_is_told(desk: Visitor, root: Member):
    asked = await desk.send_form(f"{PAGE}/preview", **fields(SOLO))
    await policy_changes.adopt(Act(root, MONDAY), REGULATED_FR, move=False, after=0)
    answer = await desk.send_form(PAGE, **hidden(asked.text), move="yes")
    assert answer.status_code == 409
    assert "Someone else has changed the times in the meantime." in answer.text
    assert 'name="triage-s1" value="60"' in answer.text, "what was typed"
    assert await policies.current() == REGULATED_FR


async def test_a_lead_reads_the_times_and_has_no_form(site: Site):
    page = (await (await site.signed_in("lead")).get(PAGE)).text
    assert "2 working hours" in page
    assert 'name="triage-s1"' not in page


async def test_it_is_told_in_french(site: Site):
    visitor = await site.signed_in("admin", language="fr")
    page = (await visitor.send_form(f"{PAGE}/preview", **fields(SOLO))).text
    assert "Aucune échéance ouverte ne bougerait." in page


async def test_which_cases_go_back_to_the_pool_is_chosen_with_the_times(desk: Visitor):
    asked = await desk.send_form(f"{PAGE}/preview", **fields(back_to_pool="s2"))
    await desk.send_form(PAGE, **hidden(asked.text), move="no")
    assert (await policies.current()).back_to_pool is Severity.S2
    assert '<option value="s2" selected>' in (await desk.get(PAGE)).text
    refused = await desk.send_form(f"{PAGE}/preview", **fields(back_to_pool="s9"))
    assert "Choose one from the list." in refused.text
