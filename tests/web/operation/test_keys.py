"""Does the page of keys say what each seals and what to do, and show no key to anybody?"""

from datetime import timedelta

import pytest

from amends.gateways.secrets import Secrets
from amends.rules.operation.backups import fingerprint
from amends.services.nudge import push_targets
from amends.services.operation import sealing
from amends.services.operation.backups import schedule
from amends.services.team.members import Member
from amends.web.operation.keys_view import KINDS
from tests.web.site import Site, Visitor
from tests.world import make_member

PAGE = "/settings/keys"


@pytest.fixture
async def admin(site: Site) -> Member:
    return await make_member("ada", role="admin")


@pytest.fixture
async def desk(site: Site, admin: Member) -> Visitor:
    return await site.visit_as(admin)


async def test_it_shows_fingerprints_and_what_is_sealed_and_never_a_key(site: Site, desk: Visitor):
    await push_targets.ensure_key(Secrets(site.settings.encryption_keys), now=site.clock())
    page = (await desk.get(PAGE)).text
    for key in site.settings.encryption_keys:
        assert fingerprint(key) in page
        assert key not in page
    assert "The key of push notifications: 1" in page
    assert "In use" in page
    assert "No backup was ever made here" in page


async def test_it_says_whether_a_backup_was_made_since_the_keys_were_written(site: Site, desk: Visitor):
    path = site.settings.data_dir / "encryption_keys"
    path.unlink(missing_ok=True)
    assert "does not know since when" in (await desk.get(PAGE)).text
    path.write_text(",".join(site.settings.encryption_keys))
    for days, words in ((-400, "No backup was made since"), (400, "A backup was made since")):
        at = site.clock() + timedelta(days=days)
        await schedule.note_made_by_hand(name="a.tar", size=1, rows=1, files=0, now=at)
        assert words in (await desk.get(PAGE)).text


async def test_nobody_else_opens_it_and_an_admin_only_after_showing_who_they_are(site: Site, desk: Visitor):
    lead = await site.visit_as(await make_member("lou", role="lead"))
    assert (await lead.get(PAGE)).status_code == 403
    site.clock.move(timedelta(minutes=6))
    assert "Encryption keys" not in (await desk.get(PAGE)).text


def test_every_kind_that_is_sealed_has_its_words():
    assert set(KINDS) == {kind.name for kind in sealing.KINDS}
