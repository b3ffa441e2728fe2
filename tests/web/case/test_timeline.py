"""Are notes and what was said kept, and shown with the voice of whoever said it?"""

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import entries, make_case, make_member


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_a_note_is_kept_with_its_lines_and_its_author(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/notes", text="First line\nSecond <line>")
    assert answer.headers["location"] == f"/cases/{number}?notice=noted"
    page = (await desk.get(f"/cases/{number}")).text
    assert 'data-voice="note"' in page
    assert "First line\nSecond &lt;line&gt;</p>" in page


async def test_an_empty_note_is_asked_for_beside_its_field(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/notes", text="   ")
    assert answer.status_code == 422
    assert 'id="note-error"' in answer.text
    assert await entries(number) == ["captured"]


async def test_what_the_person_said_is_told_as_theirs(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await desk.send_form(
        f"/cases/{number}/touchpoints", channel="email", direction="in", text="Thank you for calling"
    )
    page = (await desk.get(f"/cases/{number}")).text
    assert 'data-voice="theirs"' in page
    assert "Email · as recorded by Alice" in page


async def test_a_touchpoint_without_a_channel_keeps_what_was_typed(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/touchpoints", direction="out", text="We called them")
    assert answer.status_code == 422
    assert "We called them</textarea>" in answer.text
    assert 'id="touchpoint-channel-error"' in answer.text


async def test_a_case_is_assigned_weighed_put_to_sleep_and_woken(desk: Visitor, alice: Member):
    number = await make_case(alice)
    for path, fields, told in (
        ("owner", {"owner": str(alice.id)}, "took the case"),
        ("severity", {"severity": "s2"}, "set the severity to S2"),
        ("snooze", {"until": "2026-05-11T09:00", "wake_on_reply": "on"}, "snoozed the case until"),
        ("wake", {}, "ended the snooze"),
        ("owner", {"owner": ""}, "returned the case to the pool"),
    ):
        answer = await desk.send_form(f"/cases/{number}/{path}", **fields)
        assert answer.status_code == 303, path
        page = (await desk.get(f"/cases/{number}")).text
        assert told in page
        asleep = 'Snoozed until <time datetime="2026-05-11T07:00Z" title="Monday 11 May 2026, 09:00'
        assert (asleep in page) == (path == "snooze")


@pytest.mark.parametrize("until", ["", "2020-01-01T09:00", "soon"])
async def test_a_snooze_needs_a_moment_ahead(desk: Visitor, alice: Member, until: str):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/snooze", at=until)
    assert answer.status_code == 422
    assert 'id="snooze-error"' in answer.text


async def test_the_snooze_choices_print_their_dates(desk: Visitor, alice: Member):
    number = await make_case(alice)
    page = (await desk.get(f"/cases/{number}")).text
    assert 'value="2026-05-05T09:00" formnovalidate>Tomorrow (Tue 5 May, 09:00)' in page
    assert "In a week (Mon 11 May, 09:00)" in page
