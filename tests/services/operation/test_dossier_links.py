"""Does a link open its dossier for seven days, for whoever has it and nobody else?"""

from datetime import timedelta
from pathlib import Path

import pytest

from amends import tables
from amends.gateways.evidence_files import EvidenceIsMissing, FolderEvidenceFiles
from amends.services.operation import dossier_links
from amends.services.operation.backups import after_restoring
from amends.services.operation.backups.after_restoring import Beside
from amends.services.operation.dossier_links import (
    DossierLinkGone,
    DossierLinkNameless,
    DossierLinkNotYours,
    Given,
)
from amends.services.team.members import Act, Member
from amends.services.workflow import removals
from tests.world import DAY, MONDAY, entries, make_case, make_member

ZIP = Given(name="Police", content=b"PK a dossier", manifest="a" * 64)


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
async def lead(alice: Member) -> Member:
    return await make_member("leila", role="lead")


@pytest.fixture
async def number(lead: Member) -> int:
    return await make_case(lead)


async def test_whoever_has_the_link_opens_it_and_it_is_counted(number, lead, files):
    token = await dossier_links.make(Act(lead, MONDAY), number, ZIP, files=files)
    [row] = await tables.DossierLink.select()
    assert token not in str(row)
    assert len(token) == 43  # 256 bits
    assert (await dossier_links.opened(token, now=MONDAY)).name == "Police"
    assert await dossier_links.fetched(token, files=files, now=MONDAY) == (number, ZIP.content)
    await dossier_links.fetched(token, files=files, now=MONDAY)
    [link] = await dossier_links.of_case(Act(lead, MONDAY), number)
    assert (link.opened, link.fetched) == (1, 2)
    assert (await entries(number))[-2:] == ["threat", "threat"]


@pytest.mark.parametrize("token", ["", "guessed", "x" * 43])
async def test_a_guess_opens_nothing(number, lead, files, token):
    await dossier_links.make(Act(lead, MONDAY), number, ZIP, files=files)
    with pytest.raises(DossierLinkGone):
        await dossier_links.opened(token, now=MONDAY)


async def test_after_seven_days_it_opens_nothing_and_its_file_is_erased(number, lead, files):
    token = await dossier_links.make(Act(lead, MONDAY), number, ZIP, files=files)
    sha256 = (await tables.DossierLink.select())[0]["sha256"]
    week = MONDAY + 7 * DAY
    await dossier_links.opened(token, now=week - timedelta(seconds=1))
    assert await dossier_links.erase_ended(files, now=week - timedelta(seconds=1)) == 0
    for try_it in (
        dossier_links.opened(token, now=week),
        dossier_links.fetched(token, files=files, now=week),
    ):
        with pytest.raises(DossierLinkGone):
            await try_it
    assert await dossier_links.erase_ended(files, now=week) == 1
    assert await dossier_links.erase_ended(files, now=week) == 0
    with pytest.raises(EvidenceIsMissing):
        await files.fetch(sha256)


async def test_revoked_it_opens_nothing_and_the_same_dossier_by_another_link_stays(number, lead, files):
    first = await dossier_links.make(Act(lead, MONDAY), number, ZIP, files=files)
    [one] = await dossier_links.of_case(Act(lead, MONDAY), number)
    second = await dossier_links.make(Act(lead, MONDAY), number, ZIP, files=files)
    agent = await make_member("bob")
    with pytest.raises(DossierLinkNotYours):
        await dossier_links.revoke(Act(agent, MONDAY), number, one.id)
    await dossier_links.revoke(Act(lead, MONDAY), number, one.id)
    with pytest.raises(DossierLinkGone):
        await dossier_links.opened(first, now=MONDAY)
    await dossier_links.erase_ended(files, now=MONDAY)
    assert await dossier_links.fetched(second, files=files, now=MONDAY) == (number, ZIP.content)


async def test_only_leads_hand_one_out_and_say_for_whom(number, lead, files):
    with pytest.raises(DossierLinkNotYours):
        await dossier_links.make(Act(await make_member("bob"), MONDAY), number, ZIP, files=files)
    nobody = Given(name=" ", content=b"PK", manifest="")
    with pytest.raises(DossierLinkNameless):
        await dossier_links.make(Act(lead, MONDAY), number, nobody, files=files)


async def test_a_restored_backup_brings_no_link_back_to_life(number, lead, files):
    token = await dossier_links.make(Act(lead, MONDAY), number, ZIP, files=files)
    await after_restoring.run(Beside(folder=Path("nowhere"), evidence=files))
    with pytest.raises(DossierLinkGone):
        await dossier_links.opened(token, now=MONDAY)


async def test_a_removed_case_takes_its_dossiers_along(number, lead, files):
    token = await dossier_links.make(Act(lead, MONDAY), number, ZIP, files=files)
    await removals.remove(Act(lead, MONDAY), number, reason="Wrong")
    assert await removals.erase_files(files, now=MONDAY) == 1
    with pytest.raises(DossierLinkGone):
        await dossier_links.opened(token, now=MONDAY)
