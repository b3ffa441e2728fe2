"""Can an admin give the team other times, see what would move first, and lose nothing that was typed?"""

import re
from urllib.parse import urlencode

import pytest

from amends.rules.team.policies import REGULATED_FR, SOLO
from amends.rules.vocabulary import Severity
from amends.services.follow_up import policy_changes
from amends.services.team import policies
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member, owed

PAGE = "/settings/policy"


@pytest.fixture
async def root(site: Site) -> Member:
    return await make_member("root", role="admin")


@pytest.fixture
async def desk(site: Site, root: Member) -> Visitor:
    return await site.visit_as(root)


def asked(**changes: str) -> str:
    return f"{PAGE}?{urlencode(changes)}"


def hidden(page: str) -> dict[str, object]:
    """What the form that saves carries: it stands last on the page."""
    form = page[page.rindex('<form method="post" action="/settings/policy"') :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(value)
    return {
        name: values if len(values) > 1 else values[0] for name, values in found.items() if name != "csrf"
    }


def cell(page: str, name: str) -> str:
    """The words of a cell, as they are read."""
    [words] = re.findall(rf'id="{name}" data-then="{name}"[^>]*>(?:<span.*?</span>)?(.*?)</button>', page)
    return words


async def test_the_page_shows_the_times_that_count_in_words_and_who_made_them(desk: Visitor, root: Member):
    assert "Not changed yet." in (await desk.get(PAGE)).text
    await policy_changes.adopt(Act(root, MONDAY), SOLO, move=False, after=0)
    page = (await desk.get(PAGE)).text
    assert "<b>Solo: twice the time</b> · Version 1 · Root" in page
    assert cell(page, "triage-s1") == "60 min, real time"
    assert cell(page, "triage-s4") == "2 days"
    assert "never</span>" in page, "the second chance of a rant"
    assert page.count("<input") < 20, "a table to read, not a form of 149 fields"


async def test_a_preset_is_tried_and_changes_nothing(desk: Visitor):
    page = (await desk.get(asked(preset="regulated_fr"))).text
    assert cell(page, "resolve_by-s4") == "59 days, real time"
    assert "11 changes, not saved" in page
    assert "was 4 h" in page
    assert (await policies.standing()).version == 0
    assert "not saved" not in (await desk.get(asked(preset="nonsense"))).text


async def test_one_cell_is_opened_and_takes_a_number_and_a_unit(desk: Visitor):
    page = (await desk.get(asked(**{"edit": "triage-s3", "contact-s3": "2"}))).text
    assert '<input id="triage-s3" name="triage-s3" value="2"' in page
    assert '<option value="working_hours" selected>working hours</option>' in page
    assert '<input type="hidden" name="contact-s3" value="2">' in page, "what was changed before"
    assert f'href="{PAGE}?contact-s3=2"' in page, "leaves the cell as it was"
    page = (await desk.get(asked(**{"triage-s3": "3", "triage-s3-unit": "hours", "contact-s3": "2"}))).text
    assert cell(page, "triage-s3") == "3 h, real time"
    assert "2 changes, not saved" in page
    assert "Small shop: 2 h" in page, "where the preset says another time"


async def test_what_would_move_is_listed_before_anything_is_saved(desk: Visitor, root: Member):
    number = await make_case(root)
    page = (await desk.get(asked(preset="solo"))).text
    assert "1 open due date would move" in page
    assert f'href="/cases/{number}"' in page
    assert "12:00" in page
    assert "14:00" in page
    assert (await policies.standing()).version == 0


@pytest.mark.parametrize(("answer", "hours"), [("yes", 4), ("no", 2)])
async def test_what_is_owed_moves_when_the_admin_says_so(
    desk: Visitor, root: Member, answer: str, hours: int
):
    number = await make_case(root)
    tried = await desk.get(asked(preset="solo"))
    saved = await desk.send_form(PAGE, **hidden(tried.text), move=answer)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{PAGE}?notice=saved")
    assert await policies.current() == SOLO
    due_at = (await owed(number))["triage"]["due_at"]
    assert (due_at - MONDAY).total_seconds() == hours * 3600
    told = (await desk.get(f"/cases/{number}")).text
    assert ("due dates changed with the team’s times: Decide" in told) is (answer == "yes")


async def test_an_own_table_is_kept_as_it_was_typed(desk: Visitor):
    typed = {"triage-s3": "3", "triage-s3-unit": "hours", "resolve_by-s1": "", "resolve_by-s1-unit": ""}
    tried = await desk.get(asked(**typed) + "&second_chance_days=&second_chance_days=0&second_chance_days=4")
    await desk.send_form(PAGE, **hidden(tried.text), move="no")
    found = await policies.current()
    assert (found.name, found.rows["resolve_by"][0], found.second_chance_days) == ("own", None, {0, 4})
    page = (await desk.get(PAGE)).text
    assert cell(page, "triage-s3") == "3 h, real time"
    assert cell(page, "resolve_by-s1") == "–"
    assert cell(page, "second_chance_days") == "Mon, Fri"
    assert "different from “Small shop”" in page


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
    page = (await desk.get(asked(**{"contact-s4": "77", field: given}))).text
    assert f'id="{field.removesuffix("-unit")}-error">{sentence}' in page
    assert '<input type="hidden" name="contact-s4" value="77">' in page
    assert 'name="move"' not in page, "nothing to save as it is"
    sent = await desk.send_form(PAGE, **{"version": "0", "contact-s4": "77", field: given})
    assert sent.status_code == 422
    assert f'id="{field.removesuffix("-unit")}-error">{sentence}' in sent.text
    assert cell(sent.text, "contact-s4") == "77 days"


async def test_second_chances_need_a_day(desk: Visitor):
    page = (await desk.get(asked(second_chance_days=""))).text
    assert 'id="policy-days-error">Choose at least one day.' in page


async def test_a_change_that_somebody_else_made_meanwhile_is_told(desk: Visitor, root: Member):
    tried = await desk.get(asked(preset="solo"))
    await policy_changes.adopt(Act(root, MONDAY), REGULATED_FR, move=False, after=0)
    answer = await desk.send_form(PAGE, **hidden(tried.text), move="yes")
    assert answer.status_code == 409
    assert "Someone else has changed the times in the meantime." in answer.text
    assert cell(answer.text, "triage-s1") == "60 min, real time", "what was tried"
    assert await policies.current() == REGULATED_FR
    again = await desk.send_form(PAGE, **hidden(answer.text), move="no")
    assert again.status_code == 303
    assert await policies.current() == SOLO


async def test_htmx_gets_the_table_alone_and_an_address_that_keeps_the_draft(desk: Visitor):
    answer = await desk.get(asked(**{"edit": "triage-s1", "triage-s3": "3"}), headers={"hx-request": "true"})
    assert answer.headers["hx-push-url"] == f"{PAGE}?triage-s3=3"
    assert "<html" not in answer.text


async def test_a_lead_reads_the_times_and_has_no_form(site: Site):
    page = (await (await site.signed_in("lead")).get(PAGE)).text
    assert "30 min, real time" in page
    assert "never" in page
    for control in ('name="edit"', 'name="move"', 'id="draft"', "?preset="):
        assert control not in page


async def test_a_lead_cannot_try_or_open_anything(site: Site):
    page = (await (await site.signed_in("lead")).get(asked(preset="solo", edit="triage-s1"))).text
    assert "60 min" not in page
    assert "<select" not in page[page.index('id="policy"') :]


async def test_it_is_told_in_french(site: Site):
    visitor = await site.signed_in("admin", language="fr")
    page = (await visitor.get(asked(preset="solo"))).text
    assert "Aucune échéance ouverte ne bougerait." in page


async def test_which_cases_go_back_to_the_pool_is_chosen_with_the_times(desk: Visitor):
    page = (await desk.get(asked(edit="back_to_pool"))).text
    assert '<select name="back_to_pool"' in page
    tried = await desk.get(asked(back_to_pool="s2"))
    await desk.send_form(PAGE, **hidden(tried.text), move="no")
    assert (await policies.current()).back_to_pool is Severity.S2
    assert cell((await desk.get(PAGE)).text, "back_to_pool") == "critical and serious"
    refused = await desk.get(asked(back_to_pool="s9"))
    assert 'id="policy-pool-error">Choose one from the list.' in refused.text
