"""What was altered is said on the page of records and on that of a case."""

import pytest

from amends.database import run
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.time_stamps import Answered
from amends.rules.operation import rolling
from amends.services.case import anchors
from amends.services.operation import nightly_verification, time_stamps
from amends.services.team.members import Member
from tests.services.case.test_anchors import unlock_anchors
from tests.services.operation.test_time_stamps import Answers
from tests.time_authority import self_signed
from tests.web.site import Site
from tests.world import DAY, HOUR, make_case, make_member


@pytest.fixture
async def dora(site: Site) -> Member:
    return await make_member("dora", role="admin")


async def test_the_page_says_what_the_last_look_found(site: Site, dora: Member):
    number = await make_case(dora)
    desk = await site.visit_as(dora)
    assert "Nothing was checked yet." in (await desk.get("/settings/records")).text
    files = FolderEvidenceFiles(site.settings.evidence_dir)
    await nightly_verification.look(files, now=site.clock())
    assert "Nothing was altered." in (await desk.get("/settings/records")).text
    await run("UPDATE capture SET text = 'All is well'")
    page = (await desk.get(f"/cases/{number}/verification")).text
    assert "the copy of the post that it names was altered" in page
    await desk.send_form("/settings/records")
    await nightly_verification.look(files, now=site.clock() + HOUR)
    page = (await desk.get("/settings/records")).text
    assert "1 thing does not fit." in page
    assert f'href="/cases/{number}"' in page


async def test_the_page_says_how_far_the_round_of_the_files_is(
    site: Site, dora: Member, monkeypatch: pytest.MonkeyPatch
):
    files = FolderEvidenceFiles(site.settings.evidence_dir)
    desk = await site.visit_as(dora)
    monkeypatch.setattr(rolling, "ALL_AT_ONCE", -1)
    for night in range(1, 9):
        await nightly_verification.look(files, now=site.clock() + night * DAY)
        page = (await desk.get("/settings/records")).text
        assert "every one at least once in 7 nights." in page
        assert ("Every file was read since" in page) is (night >= 7)
        assert ("The first round is not complete yet." in page) is (night < 7)
    monkeypatch.undo()
    await nightly_verification.look(files, now=site.clock() + 9 * DAY)
    assert "All files were read." in (await desk.get("/settings/records")).text


async def test_the_page_shows_the_newest_anchor_and_names_an_altered_one(site: Site, dora: Member):
    desk = await site.visit_as(dora)
    assert "There is none yet." in (await desk.get("/settings/records")).text
    await make_case(dora)
    anchor = await anchors.make(now=site.clock())
    assert anchor
    page = (await desk.get("/settings/records")).text
    assert "Anchor 1" in page
    assert f"{anchor.hash[:8]} {anchor.hash[8:16]}" in page
    await unlock_anchors()
    await run("UPDATE anchor SET root = 'x'")
    await nightly_verification.look(FolderEvidenceFiles(site.settings.evidence_dir), now=site.clock())
    page = (await desk.get("/settings/records")).text
    assert "Anchor 1 · it was altered, or one before it is gone" in page


async def test_an_admin_names_an_authority_and_hears_what_is_wrong_with_it(site: Site, dora: Member):
    desk = await site.visit_as(dora)
    fields = {"address": "tsa", "certificates": "none"}
    refused = await desk.send_form("/settings/records/authority", **fields)
    assert refused.status_code == 422
    assert "Enter the web address of the authority" in refused.text
    assert "Paste the certificate in PEM" in refused.text
    fields = {"address": "https://tsa.example.org", "certificates": self_signed()}
    await desk.send_form("/settings/records/authority", **fields)
    page = (await desk.get("/settings/records")).text
    assert 'value="https://tsa.example.org"' in page
    assert "Asked for within a minute." in page
    await make_case(dora)
    await anchors.make(now=site.clock())
    await time_stamps.ask_for_newest(Answers(Answered(outcome="slow")), now=site.clock())
    assert "It did not answer in time." in (await desk.get("/settings/records")).text


async def test_members_verify_a_case_and_leads_alone_see_all_records(site: Site, dora: Member):
    number = await make_case(dora)
    agent = await site.visit_as(await make_member("eve"))
    assert f"/cases/{number}/verification" in (await agent.get(f"/cases/{number}")).text
    assert "Nothing was altered." in (await agent.get(f"/cases/{number}/verification")).text
    assert (await agent.get("/settings/records")).status_code == 403
    assert (await agent.get("/cases/4711/verification")).status_code == 404
