"""The date of a case is the same on its chip, in lists, on the board, on Today and for programs."""

import re
from datetime import datetime

import pytest

from amends.rules.team.scopes import Scope
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from amends.services.workflow import public_endings
from tests.web.site import Site
from tests.world import DAY, HOUR, lead_to, make_case, make_member, move, owed

SURFACES = {
    "chip": ("/cases/{number}", 'id="chip-due"', "</details>"),
    "list": ("/cases", 'class="row-due"', "</td>"),
    "board": ("/cases/board", 'class="stage-due"', "</p>"),
    "Today": ("/", 'class="card-when"', "</p>"),
}


async def dates(site: Site, member: Member, number: int) -> dict[str, tuple[datetime, str]]:
    """When the case is due, and the words beside it, as each surface says it that says one."""
    desk, found = await site.visit_as(member), {}
    for name, (path, begins, ends) in SURFACES.items():
        _before, is_there, rest = (await desk.get(path.format(number=number))).text.partition(begins)
        if is_there:
            part = rest.partition(ends)[0]
            [at] = set(re.findall(r'datetime="([^"]+)"', part))
            found[name] = datetime.fromisoformat(at), part
    program = await site.program(member, Scope.CASES_READ)
    [sent] = (await program.get("/api/v1/cases")).json()["cases"]
    return found | {"API": (datetime.fromisoformat(sent["dueAt"]), sent["dueKind"])}


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice")


@pytest.fixture
async def ended(site: Site, alice: Member) -> tuple[int, datetime]:
    """A case that was settled in private: how it ended is owed in public, and a call is noted for Alice."""
    number = await make_case(alice)
    now = await lead_to(number, "second_chance", by=alice)
    at = now + 3 * DAY
    await follow_ups.remind(Act(alice, now), number, words="Call the baker", due_at=at, owner=alice.id)
    return number, now


async def test_a_public_ending_dates_its_case_everywhere_until_it_is_skipped(
    site: Site, alice: Member, ended: tuple[int, datetime]
):
    number, now = ended
    due = await owed(number)
    site.clock.move(now - site.clock() + 2 * DAY - 2 * HOUR)
    found = await dates(site, alice, number)
    assert {at for at, _words in found.values()} == {due["public_ending"]["due_at"]}, found
    await public_endings.skip(Act(alice, now), number, "They asked us not to")
    found = await dates(site, alice, number)
    assert found["chip"][0] == found["list"][0] == found["API"][0] == due["second_chance"]["due_at"]


async def test_a_date_that_is_not_that_of_the_next_step_says_what_it_is_for(site: Site, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "waiting", by=alice)
    found = await dates(site, alice, number)
    del found["API"]
    assert found.keys() >= {"chip", "list", "board"}
    for name, (_at, words) in found.items():
        assert "Write again" in words, name


async def test_a_closed_case_says_how_and_when_it_ended_and_waits_for_no_answer(site: Site, alice: Member):
    number = await make_case(alice)
    now = await lead_to(number, "waiting", by=alice)
    desk = await site.visit_as(alice)
    assert "no answer yet" in (await desk.get(f"/cases/{number}")).text
    await move(number, "let_go", by=alice, now=now, reason="They stay silent")
    page = (await desk.get(f"/cases/{number}")).text
    assert "no answer yet" not in page.lower()
    assert re.search(r'id="next-step-heading"[^>]*>How it ended: \w', page)
    table = (await desk.get("/cases?stage=closed")).text
    assert re.search(r'data-step="nothing">Closed [^<]*\d', table)
