"""Is any secret written where it could be read later: in the log, in the database?"""

import sqlite3
import subprocess
from pathlib import Path

import pytest

from amends import logs
from amends.services.follow_up import calendar_feeds
from amends.services.team import codes
from amends.services.team.members import Act
from amends.settings import Settings, from_environ
from amends.web.operation import setup
from tests.postgres import binaries
from tests.web.site import FROM_OUR_PAGE, Site
from tests.world import make_member

PASSWORD = "canary-violet-umbrella"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return from_environ(
        {
            "AMENDS_DATA_DIR": str(tmp_path / "data"),
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_METRICS_TOKEN": "canary-monitor-0123456789-abcdefghij",
        }
    )


async def test_no_secret_and_nothing_that_was_typed_is_logged(
    fresh_site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure(as_json=True)
    secrets = await everything(fresh_site)
    written = "".join(capfd.readouterr())
    ours = "\n".join(line for line in written.splitlines() if "HTTP Request" not in line)  # the client's own
    assert '"event": "request answered"' in ours
    assert [name for name, secret in secrets.items() if secret in ours] == []
    assert "canary" not in ours


async def test_a_dump_of_the_database_holds_nothing_that_opens_a_door(fresh_site: Site) -> None:
    secrets = await everything(fresh_site)
    dump = dump_of(fresh_site.settings.database_url)
    assert "ada@example.org" in dump
    assert [name for name, secret in secrets.items() if secret in dump] == []


async def everything(site: Site) -> dict[str, str]:
    """Setting up, signing in, pairing, inviting, adding a place, mistakes: every secret met on the way."""
    visitor = site.visitor()
    token = setup.link(site.settings).rpartition("=")[2]
    await visitor.get(setup.link(site.settings))
    await visitor.send_form(
        "/setup",
        token=token,
        email="ada@example.org",
        name="Ada",
        password=PASSWORD,
        team_name="Bakers",
        team_language="en",
        zone="UTC",
        opens="09:00",
        closes="18:00",
        days=["0"],
    )
    other = await make_member("other")
    code = await codes.make("invite", other.id, now=site.clock())
    await site.visitor().get("/password", params={"purpose": "invite", "code": code})
    pairing = await codes.make("pair", other.id, now=site.clock())
    paired = await site.visitor().post("/api/v1/browsers", json={"code": pairing, "name": "x"})
    bearer = {"authorization": f"Bearer {paired.json()['token']}"}
    await site.visitor().get("/api/v1/summary", headers=bearer)
    monitor = {"authorization": f"Bearer {site.settings.metrics_token}"}
    assert (await site.visitor().get("/metrics", headers=monitor)).status_code == 200
    await site.visitor().get("/metrics", headers={"authorization": "Bearer canary-wrong"})
    await site.visitor().get("/nowhere?canary=canary", headers={**bearer, "cookie": "session=canary-cookie"})
    await site.visitor().post(
        "/sign-in", data={"email": "canary", "password": "canary"}, headers=FROM_OUR_PAGE
    )
    await visitor.send_form(
        "/setup/nudges",
        kind="address",
        name="Room",
        position="1",
        address="jsons://u:canary-place@example.org",
    )
    feed = await calendar_feeds.make(Act(other, site.clock()))
    await site.visitor().get(f"/calendar/{feed}.ics")
    return {
        "password": PASSWORD,
        "session": visitor.session_token,
        "setup": token,
        "invitation": code,
        "pairing": pairing,
        "browser": paired.json()["token"],
        "place": "canary-place",
        "monitor": site.settings.metrics_token,
        "feed": feed,
        "key": site.settings.secret_key,
        "encryption": site.settings.encryption_keys[0],
    }


def dump_of(url: str) -> str:
    if url.startswith("sqlite"):
        return "\n".join(sqlite3.connect(url.removeprefix("sqlite:///")).iterdump())
    program = Path(binaries()) / "pg_dump"
    return subprocess.run([program, "--inserts", url], capture_output=True, text=True, check=True).stdout
