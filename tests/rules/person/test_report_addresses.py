"""Is it known where the main platforms take reports?"""

from datetime import date

from amends.rules.capture.links import safe_url
from amends.rules.case import platforms
from amends.rules.person.report_addresses import (
    AUTHORITIES,
    CHECKED_ON,
    COLLECTED_ON,
    NOTICE_LAW,
    PLATFORMS,
    places_of,
)


def test_every_address_is_one_that_can_be_opened():
    addresses = [one[-1] for one in (*PLATFORMS, *AUTHORITIES)]
    assert all(safe_url(address) == address for address in [*addresses, NOTICE_LAW])


def test_a_platform_is_found_by_its_name_and_others_are_left_out():
    assert places_of({"x"}) == (("X", "https://help.x.com/forms"),)
    assert places_of({"web"}) == ()
    assert [name for name, _address in places_of({"reddit", "tiktok"})] == ["Reddit", "TikTok"]


def test_every_line_begins_the_name_of_a_platform_that_exists():
    for begins, _name, _address in PLATFORMS:
        assert any(name.startswith(begins) for name in platforms.PLATFORMS), begins


def test_nobody_checked_them_before_they_were_collected():
    assert (CHECKED_ON or COLLECTED_ON) >= COLLECTED_ON >= date(2026, 1, 1)
