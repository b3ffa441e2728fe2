"""Is the list of time zones short and without aliases, and does a zone know whose holidays go with it?"""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from amends.rules.team.zones import REGIONS, Place, choices, country_of, place_of, present_name


def test_the_list_is_short_and_every_zone_of_it_can_be_read():
    assert 250 < len(choices()) < 350 < len(available_timezones())
    assert all(ZoneInfo(zone) for zone in choices())
    assert len(set(choices())) == len(choices())


@pytest.mark.parametrize(
    "dead", ["Asia/Calcutta", "Europe/Kiev", "US/Eastern", "America/Buenos_Aires", "Etc/GMT+5", "GB", "EST"]
)
def test_no_alias_is_in_the_list(dead: str):
    assert dead not in choices()


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("US/Eastern", "America/New_York"),
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("America/Indiana/Vevay", "America/Indiana/Vevay"),
        ("UTC", "UTC"),
        ("nowhere", "nowhere"),
    ],
)
def test_an_alias_is_known_by_its_present_name(zone: str, name: str):
    assert present_name(zone) == name


@pytest.mark.parametrize(
    ("left_out", "instead"),
    [
        ("America/Indiana/Vevay", "America/New_York"),
        ("America/Bahia", "America/Sao_Paulo"),
        ("America/Argentina/Salta", "America/Argentina/Buenos_Aires"),
        ("Europe/Busingen", "Europe/Berlin"),
    ],
)
def test_of_zones_whose_clocks_agree_in_one_country_the_largest_is_listed(left_out: str, instead: str):
    assert left_out not in choices()
    assert instead in choices()
    assert country_of(left_out) == country_of(instead)


def test_every_country_finds_its_own_zone():
    assert {"Europe/Amsterdam", "Europe/Stockholm", "Europe/Luxembourg", "Europe/Kyiv"} <= set(choices())
    assert set(REGIONS) <= set(choices())


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Europe/Paris", Place("FR")),
        ("Europe/London", Place("GB")),
        ("Australia/Melbourne", Place("AU", "VIC")),
        ("Atlantic/Canary", Place("ES", "CN")),
        ("America/New_York", Place("US")),
        ("America/Indiana/Vevay", Place("US")),
        ("Asia/Calcutta", Place("IN")),
        ("UTC", None),
        ("nowhere", None),
    ],
)
def test_a_zone_knows_whose_public_holidays_probably_go_with_it(zone: str, place: Place | None):
    assert place_of(zone) == place
