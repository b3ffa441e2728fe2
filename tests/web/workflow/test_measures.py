"""Block and report by its page: what was done, with which proof, and what became of it."""

import re

import pytest

from amends.services.team.members import Member
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import MONDAY, make_case, make_member

REVIEW = MONDAY.replace(year=MONDAY.year + 1).date().isoformat()


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def number(alice: Member) -> int:
    return await make_case(alice)


async def form_of(desk: Visitor, number: int) -> dict[str, str]:
    page = (await desk.get(f"/cases/{number}/measures")).text
    [account] = re.findall(r'name="account" value="([^"]+)" checked', page)
    fields = {"account": account, "kind": "reported", "place": "Form", "reference": "T-<1>"}
    return fields | {"review_on": REVIEW}


async def test_the_page_knows_the_copy_the_platform_and_the_law(desk: Visitor, number: int):
    page = (await desk.get(f"/cases/{number}/measures")).text
    assert "a copy of the text is kept, without a picture" in page
    assert "https://help.x.com/forms" in page
    assert "article 16 of the Digital Services Act" in page
    assert "claims nothing that you did not see" in page


async def test_what_was_recorded_stands_on_case_person_and_lists(desk: Visitor, number: int):
    fields = await form_of(desk, number)
    answer = await desk.send_form(f"/cases/{number}/measures", **fields)
    assert answer.status_code == 303, answer.text
    page = (await desk.get(answer.headers["location"])).text
    assert "T-&lt;1&gt;" in page
    assert "Reported to the platform" in page
    case = (await desk.get(f"/cases/{number}")).text
    assert "reported to the platform: @dana (x)" in case
    assert "blocked or reported" in case
    person = (await desk.get(re.findall(r'href="(/people/[^"]+)"', page)[0])).text
    assert "T-&lt;1&gt;" in person
    assert "blocked or reported" in (await desk.get("/people")).text
    assert "blocked or reported" in (await desk.get("/cases")).text


async def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk: Visitor, number: int):
    fields = await form_of(desk, number) | {"reference": "", "words": "He writes every hour"}
    answer = await desk.send_form(f"/cases/{number}/measures", **fields)
    assert answer.status_code == 422
    assert "Give a proof" in answer.text
    assert "He writes every hour" in answer.text


async def test_a_file_proves_it(desk: Visitor, number: int):
    fields = await form_of(desk, number) | {"reference": ""}
    answer = await desk.post(
        f"/cases/{number}/measures",
        data=fields | {"csrf": csrf_token(desk.session_token, desk.settings)},
        files={"files": ("receipt.txt", b"Your report was received.", "text/plain")},
        headers=FROM_OUR_PAGE,
    )
    assert answer.status_code == 303, answer.text
    assert "receipt.txt" in (await desk.get(f"/cases/{number}")).text


async def test_what_became_of_it_is_what_a_member_saw(desk: Visitor, number: int):
    await desk.send_form(f"/cases/{number}/measures", **await form_of(desk, number))
    page = (await desk.get(f"/cases/{number}/measures")).text
    [settle] = re.findall(r'action="(/cases/\d+/measures/[^"]+)"', page)
    answer = await desk.send_form(settle, result="lifted")
    assert answer.status_code == 422
    assert "Choose what became of it." in answer.text
    await desk.send_form(settle, result="removed", result_words="Gone since noon")
    page = (await desk.get(f"/cases/{number}/measures")).text
    assert "removed, as seen by us" in page
    assert "Gone since noon" in page
    assert "noted what came of" in (await desk.get(f"/cases/{number}")).text
