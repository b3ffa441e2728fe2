"""Does the page of backups say how they stand, and the sheet what somebody needs to bring all back?"""

import pytest

from amends import tables
from amends.rules.operation.backups import fingerprint
from amends.services.operation.backups import schedule
from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member

PAGE = "/settings/backups"


@pytest.fixture
async def admin(site: Site) -> Member:
    return await make_member("ada", role="admin")


@pytest.fixture
async def desk(site: Site, admin: Member) -> Visitor:
    return await site.visit_as(admin)


async def test_before_the_first_one_the_page_and_today_say_so(desk: Visitor, admin: Member):
    await make_case(admin)
    assert "No backup was ever made here" in (await desk.get(PAGE)).text
    assert "No backup was ever made here" in (await desk.get("/")).text


async def test_an_admin_chooses_how_often_and_how_many_stay(desk: Visitor):
    answer = await desk.send_form(PAGE, every_days="1", kept="14")
    assert answer.status_code == 303
    plan = await schedule.plan()
    assert (plan.every_days, plan.kept) == (1, 14)
    wrong = await desk.send_form(PAGE, every_days="7", kept="99")
    assert wrong.status_code == 422
    assert "Keep between 1 and 60 backups." in wrong.text
    assert 'value="99"' in wrong.text, "what was typed is not lost"


async def test_the_last_ones_are_listed_with_what_became_of_them(desk: Visitor, admin: Member):
    await make_case(admin)
    await schedule.note_made_by_hand(name="amends-<b>.tar", size=5_400_000, rows=7, files=2, now=MONDAY)
    page = (await desk.get(PAGE)).text
    assert "Written and checked" in page
    assert "by hand" in page
    assert "5.1 MB" in page
    assert "amends-&lt;b&gt;.tar" in page
    today = (await desk.get("/")).text
    assert 'href="/settings/backups"' not in today.partition("<main")[2]


async def test_the_sheet_shows_fingerprints_and_never_a_key(site: Site, desk: Visitor):
    page = (await desk.get(f"{PAGE}/recovery-kit")).text
    for key in site.settings.encryption_keys:
        assert fingerprint(key) in page
        assert key not in page
    assert site.settings.secret_key not in page
    assert site.settings.base_url in page
    assert "amends restore FILE" in page
    kinds = [row["kind"] for row in await tables.AuditEvent.select(tables.AuditEvent.kind)]
    assert "recovery_kit_opened" in kinds
    assert "exported" not in kinds, "a page that was opened may never be printed"


@pytest.mark.parametrize("role", ["agent", "lead"])
async def test_only_admins_open_it(site: Site, role: str):
    visitor = await site.visit_as(await make_member("bob", role=role))
    for address in (PAGE, f"{PAGE}/recovery-kit"):
        assert (await visitor.get(address)).status_code == 403
