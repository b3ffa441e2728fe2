"""May a monitor, and nobody else, read our numbers, in a form that it understands?"""

from pathlib import Path

import pytest
from prometheus_client import parser
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families

import amends
from amends.services.operation import health
from amends.services.team import counters
from amends.settings import Settings, from_environ
from tests.web.site import Site, Visitor
from tests.world import make_case, make_member

TOKEN = "a-monitor-with-a-long-memory-0123456789"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    secret = tmp_path / "metrics_token"
    secret.write_text(f"{TOKEN}\n")
    return from_environ(
        {
            "AMENDS_DATA_DIR": str(tmp_path / "data"),
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_METRICS_TOKEN_FILE": str(secret),
        }
    )


@pytest.fixture
def monitor(site: Site) -> Visitor:
    return site.visitor(headers={"authorization": f"Bearer {TOKEN}"})


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Every sample, by its name and the values of its labels in the order of their names."""
    return {
        (sample.name, *(value for _label, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_the_numbers_are_read_by_a_parser_of_prometheus(site: Site, monitor: Visitor) -> None:
    await make_case(await make_member("bob"), text="Dana's cake", author={"name": "Dana", "handle": "@dana"})
    await health.beat("worker", started_at=site.clock(), now=site.clock())
    await counters.count_up({"deliveries:delivered": 3, "nudges:sent": 2})
    answer = await monitor.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = samples(answer.text)
    assert found["amends_worker_last_seen_timestamp_seconds",] == site.clock().timestamp()
    assert found["amends_workers", "live"] == 1
    assert found["amends_open_cases", "new"] == 1
    assert found["amends_deliveries_total", "delivered"] == 3
    assert found["amends_deliveries_total", "timeout"] == 0
    assert found["amends_nudges_settled_total", "sent"] == 2
    database = site.settings.database_url.partition(":")[0]
    assert found["amends_build_info", database, site.settings.dispatcher, amends.__version__] == 1
    assert not {word for word in ("Dana", "cake", "bob", "worker:") if word in answer.text}


async def test_every_name_has_our_prefix_its_help_and_a_type(monitor: Visitor) -> None:
    families = list(parser.text_string_to_metric_families((await monitor.get("/metrics")).text))
    assert len(families) > 10
    assert not [one.name for one in families if not one.name.startswith("amends_")]
    assert not [one.name for one in families if not one.documentation or one.type not in ("gauge", "counter")]


async def test_openmetrics_is_spoken_where_it_is_asked_for(monitor: Visitor) -> None:
    wanted = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2"
    answer = await monitor.get("/metrics", headers={"accept": wanted})
    assert answer.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    assert len(list(openmetrics.text_string_to_metric_families(answer.text))) > 10


@pytest.mark.parametrize(
    "header", ["", TOKEN, "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", "Bearer é"]
)
async def test_without_its_token_nothing_is_told(site: Site, header: str) -> None:
    answer = await site.visitor().get("/metrics", headers={"authorization": header.encode()})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "amends_" not in answer.text


async def test_no_cookie_and_no_token_of_a_browser_opens_it(site: Site) -> None:
    paired = await site.paired(await make_member("paired", role="admin"))
    for visitor in (await site.signed_in("admin"), paired):
        assert (await visitor.get("/metrics")).status_code == 401
    assert (await site.visitor().get("/metrics", params={"token": TOKEN})).status_code == 401


class TestWithoutTheSetting:
    """There is no such address."""

    @pytest.fixture
    def settings(self, database_url: str, tmp_path: Path) -> Settings:
        return from_environ({"AMENDS_DATA_DIR": str(tmp_path), "AMENDS_DATABASE_URL": database_url})

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}"])
    async def test_there_is_nothing_at_the_address(self, site: Site, header: str) -> None:
        answer = await site.visitor().get("/metrics", headers={"authorization": header})
        assert answer.status_code == 404
