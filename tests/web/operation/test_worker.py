"""Does the page of the worker say what stands still, and what to do?"""

from datetime import timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.database import add
from amends.gateways.secrets import Secrets
from amends.rules.operation.recurring import Last, Outcome, Rhythm, Work
from amends.services.capture import captures
from amends.services.nudge import nudges, targets
from amends.services.operation import health, installation_work, recurring
from amends.services.operation.backups import schedule
from amends.services.team.members import Act, Member
from tests.fakes import RecordingNotifier
from tests.web.site import Site, Visitor
from tests.world import DAY, HOUR, MONDAY, make_case, make_member, post

PAGE = "/settings/worker"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def a_place(site: Site, member: Member | None, name: str = "Phone") -> str:
    target = await targets.add(
        await targets.checked("json://example.org/hook", RecordingNotifier()),
        member=member.id if member else None,
        name=name,
        position=1,
        by=member,
        now=site.clock(),
        secrets=Secrets(site.settings.encryption_keys),
    )
    return str(target)


async def test_without_a_worker_the_page_says_how_to_start_one(desk: Visitor) -> None:
    page = (await desk.get(PAGE)).text
    assert "No background worker has reported for a day, or ever. Start “amends work”." in page


async def test_a_worker_that_went_away_is_late_and_the_page_says_since_when(
    site: Site, desk: Visitor
) -> None:
    await health.beat("cellar:17", started_at=MONDAY - DAY, now=MONDAY, note="sweep nudges: OSError")
    page = (await desk.get(PAGE)).text
    assert "Failed recently: sweep nudges: OSError." in page
    assert "Reminders are being sent." not in page
    site.clock.move(6 * MINUTE)
    page = (await desk.get(PAGE)).text
    assert "The background worker has not reported for 6 min. Start “amends work”" in page
    assert "<code>cellar:17</code>" in page
    assert "sweep nudges: OSError" in page
    assert "Reminders are being sent." not in page


async def test_a_worker_that_lives_and_sends_nothing_is_told_too(site: Site, desk: Visitor, alice: Member):
    await a_place(site, alice)
    await make_case(alice)
    await tables.FollowUp.update({"owner": alice.id}, force=True)
    site.clock.move(4 * HOUR)
    await nudges.sweep(now=site.clock())
    site.clock.move(7 * MINUTE)
    await health.beat("cellar:17", started_at=MONDAY, now=site.clock())
    page = (await desk.get(PAGE)).text
    assert "A background worker is running, but a reminder has been waiting for 7 min." in page
    assert "<dt>Ready</dt><dd>1 " in page
    assert "Being sent, or retried." in page


async def test_what_is_overdue_and_was_told_to_nobody_stands_there_with_its_reason(
    site: Site, desk: Visitor, alice: Member
) -> None:
    assert "None: a reminder was sent for everything overdue." in (await desk.get(PAGE)).text
    numbers = [await make_case(alice) for _ in range(6)]
    site.clock.move(4 * HOUR)
    await nudges.sweep(now=site.clock())
    await health.beat("cellar:17", started_at=MONDAY, now=site.clock())
    page = (await desk.get(PAGE)).text
    assert "Some reminders cannot be sent." in page
    assert "Reminders are being sent." not in page
    assert f'href="/cases/{numbers[0]}"' in page
    assert "There is nowhere to send it. Add a destination for its owner or for the team." in page
    assert "there are more" in page
    assert 'href="/settings/delivery#team-targets"' in page


async def test_a_place_where_nothing_arrives_is_shown_to_be_changed_by_whoever_may(
    site: Site, desk: Visitor, alice: Member
) -> None:
    assert "None: no destination has failed recently." in (await desk.get(PAGE)).text
    own, teams = await a_place(site, alice, "Phone"), await a_place(site, None, "<i>Room")
    target = tables.Target
    await target.update({target.failures: 3, target.paused_until: MONDAY + HOUR}, force=True)
    page = (await desk.get(PAGE)).text
    assert "Nothing arrives there" in page
    assert "Its service asked for a pause. Resumes" in page
    assert f"/settings/targets/{own}" in page
    assert f"/settings/targets/{teams}" not in page
    assert "<i>Room" not in page
    assert f"/settings/targets/{teams}" in (await (await site.signed_in("admin")).get(PAGE)).text


async def test_dead_letters_lead_to_their_list(site: Site, desk: Visitor, alice: Member) -> None:
    await a_place(site, alice)
    await make_case(alice)
    await tables.FollowUp.update({"owner": alice.id}, force=True)
    site.clock.move(4 * HOUR)
    await nudges.sweep(now=site.clock())
    await tables.Nudge.update({"state": "dead", "settled_at": site.clock()}, force=True)
    page = (await desk.get(PAGE)).text
    assert "1 reminder failed and is still needed." in page
    assert 'href="/settings/delivery#nudges"' in page


async def test_what_runs_here_is_told_and_an_old_schema_is_noticed(site: Site, desk: Visitor) -> None:
    page = (await desk.get(PAGE)).text
    kind = "SQLite" if site.settings.database_url.startswith("sqlite") else "PostgreSQL"
    assert f"<dd>{kind}</dd>" in page
    told = (
        "PgQueuer: background workers are notified at once"
        if site.settings.has_queue
        else "local: background workers check"
    )
    assert told in page
    assert "amends migrate" not in page
    await tables.Heartbeat.raw("UPDATE alembic_version SET version_num = '0001'")
    assert "Run “amends migrate”." in (await desk.get(PAGE)).text


async def test_leads_and_admins_are_led_there_and_others_are_not(site: Site) -> None:
    for role, sees in (("agent", False), ("lead", True), ("admin", True)):
        page = await (await site.signed_in(role)).get("/settings")
        assert ('href="/settings/worker"' in page.text) is sees


async def test_it_is_told_in_french(site: Site) -> None:
    page = (await (await site.signed_in("lead", language="fr")).get(PAGE)).text
    assert "Le service d’envoi n’a pas donné signe de vie depuis un jour" in page


async def test_a_job_that_fails_is_named_by_readyz_and_takes_no_page_away(site: Site) -> None:
    await health.beat("cellar:17", started_at=MONDAY - DAY, now=MONDAY)
    well = await site.visitor().get("/readyz")
    assert (well.status_code, well.json()["status"], well.json()["failing_jobs"]) == (200, "ok", [])
    note = "deliver: OSError; plan digests: ExceptionGroup"
    await health.beat("cellar:17", started_at=MONDAY - DAY, now=MONDAY, note=note)
    answer = await site.visitor().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["failing_jobs"] == ["deliver: OSError", "plan digests: ExceptionGroup"]
    assert (
        "A job of the worker fails: plan digests: ExceptionGroup. Look at its log."
        in answer.json()["reasons"]
    )


async def test_damaged_screenshots_are_counted(site: Site, desk: Visitor, alice: Member) -> None:
    capture_id = uuid4()
    await captures.receive(Act(alice, MONDAY), capture_id, post())
    digest = "a" * 64
    facts = {"media_type": "image/png", "size": 1, "width": 1, "height": 1, "kept_at": MONDAY}
    await add(tables.Evidence, id=uuid4(), capture=capture_id, sha256=digest, damage="altered", **facts)
    assert "1 picture is missing or was altered." in (await desk.get(PAGE)).text
    assert "The screenshot was altered" in (await desk.get("/cases/1")).text


async def test_it_says_how_the_work_of_every_day_stands(site: Site, desk: Visitor, alice: Member):
    page = (await desk.get(PAGE)).text
    assert "Never done" in page
    assert "Only by hand" in page
    await schedule.change(Act(alice, site.clock()), every_days=1, kept=3)
    await make_case(alice)
    await installation_work.make_anchor(now=site.clock())
    assert "Last good" in (await desk.get(PAGE)).text

    async def fails(_begun: Last) -> Outcome:
        return Outcome(problem="The disk is full.", is_retried=True)

    await recurring.run_due(Work.BACKUP, Rhythm(every=DAY), fails, now=site.clock())
    section = (await desk.get(PAGE)).text.partition('id="work"')[2].partition("</section>")[0]
    assert [word in section for word in ("Failed", "Done", "Not yet")] == [True, True, True]
