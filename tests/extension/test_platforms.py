"""Which sites may be switched on, and how is software reached that runs on any host?"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from amends.rules.capture.hosts import platform_of
from amends.rules.case.platforms import PLATFORMS, label
from tests.extension.conftest import EXTENSION, PAGES, Installed, load_readers
from tests.extension.receiver import Receiver

FORUM = (PAGES / "discourse" / "topic.html").read_bytes()


def test_only_platforms_with_hosts_are_asked_for(browser_with_extension: Installed) -> None:
    platforms = browser_with_extension.call("async () => (await import('/lib/sites.js')).platforms()")
    origins = {platform["platform"]: platform["origins"] for platform in platforms}
    assert all(origins.values())
    assert "https://*.stackexchange.com/*" in origins["stackexchange"]
    assert not {"discourse", "lemmy"} & origins.keys()


def test_a_forum_on_any_host_is_read_as_one_through_the_toolbar(
    paired: Installed, receiver: Receiver
) -> None:
    popup = paired.press_toolbar(paired.open("https://forum.example/t/2026/88/5", FORUM))
    expect(popup.locator("#position")).to_have_text("Post 2 of 2")
    popup.keyboard.press("Enter")
    expect(popup.locator("#result a")).to_have_text("Case #142 created")
    [capture] = receiver.captures.values()
    assert (capture["platform"], capture["kind"]) == ("discourse", "comment")
    assert capture["url"] == "https://forum.example/t/2026/88/5"


@pytest.fixture
def readers(chrome: Browser) -> Iterator[list[dict[str, Any]]]:
    """What each reader says of its site."""
    page = chrome.new_context().new_page()
    load_readers(page)
    facts = "({ detect, ...site }) => ({ ...JSON.parse(JSON.stringify(site)), detects: Boolean(detect) })"
    yield page.evaluate(f"() => Amends.sites.map({facts})")
    page.context.close()


def test_every_platform_of_the_table_has_a_reader_and_every_reader_its_row(
    readers: list[dict[str, Any]],
) -> None:
    remedy = "add the row to backend/amends/rules/case/platforms, or the reader to extension/content/sites"
    assert {reader["platform"] for reader in readers} == set(PLATFORMS), remedy


def test_a_reader_calls_its_platform_as_the_table_does(readers: list[dict[str, Any]]) -> None:
    said = {reader["name"]: reader["label"] for reader in readers}
    assert said == {reader["name"]: label(reader["platform"]) for reader in readers}


def test_what_a_site_is_for_is_told_alike_by_its_reader_and_the_table(readers: list[dict[str, Any]]) -> None:
    said = {reader["name"]: reader["siteKind"] for reader in readers}
    assert said == {reader["name"]: PLATFORMS[reader["platform"]].kind for reader in readers}


def hosts_of(name: str, readers: list[dict[str, Any]]) -> set[str]:
    return {host for reader in readers if reader["platform"] == name for host in reader["hosts"]}


def test_the_hosts_of_the_readers_are_those_of_the_table(readers: list[dict[str, Any]]) -> None:
    by_host = [name for name, row in PLATFORMS.items() if not row.address_pattern]
    differing = {name: hosts_of(name, readers) ^ set(PLATFORMS[name].hosts.split()) for name in by_host}
    assert {name: hosts for name, hosts in differing.items() if hosts} == {}, (
        "only the row or the reader has them"
    )


def test_a_platform_that_is_told_by_its_paths_is_told_on_every_host_of_its_reader(
    readers: list[dict[str, Any]],
) -> None:
    maps = {host: platform_of(f"https://{host}/maps/place/x") for host in hosts_of("google", readers)}
    assert {host: name for host, name in maps.items() if name != "google"} == {}


def test_software_that_runs_on_any_host_is_known_by_its_pages(readers: list[dict[str, Any]]) -> None:
    detecting = {reader["platform"] for reader in readers if reader["detects"] and not reader["hosts"]}
    assert detecting == {name for name, row in PLATFORMS.items() if row.runs_anywhere}


def test_the_reader_of_every_site_is_loaded_by_the_extension(readers: list[dict[str, Any]]) -> None:
    loaded = re.findall(r"content/sites/(\w+)\.js'", (EXTENSION / "lib" / "sites.js").read_text())
    assert sorted(loaded) == sorted(reader["name"] for reader in readers), (
        "add its line to extension/lib/sites.js"
    )
