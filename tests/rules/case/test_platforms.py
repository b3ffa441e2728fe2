"""The table of platforms, and platforms that are not in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.i18n import use_language
from amends.rules.case.platforms import (
    NAME,
    PLATFORMS,
    RESERVED,
    WEB,
    SiteKind,
    WrongPlatformName,
    is_platform_name,
    is_review_site,
    label,
    numbers_per_host,
    platform_name,
    probably_meant,
    site_kind,
)
from amends.rules.case.platforms.forums import FORUMS
from amends.rules.case.platforms.reviews import REVIEWS
from amends.rules.case.platforms.shops import SHOPS
from amends.rules.case.platforms.social import SOCIAL

NAMES = st.from_regex(NAME, fullmatch=True).filter(lambda name: name not in RESERVED)


def test_no_platform_stands_in_the_table_twice():
    assert sum(map(len, (SOCIAL, FORUMS, REVIEWS, SHOPS))) == len(PLATFORMS)
    hosts = [host for row in PLATFORMS.values() for host in f"{row.hosts} {row.link_hosts}".split()]
    assert len(set(hosts)) == len(hosts)


@pytest.mark.parametrize("row", PLATFORMS.values(), ids=PLATFORMS)
def test_a_row_says_how_its_platform_is_told(row):
    assert is_platform_name(row.name)
    assert row.name != WEB
    assert len(row.name) <= 16, "a prepared reply for one site keeps its name in 16 characters"
    assert row.hosts or row.address_pattern or row.runs_anywhere, (
        "give it hosts, or say that it runs anywhere"
    )
    assert row.numbers_per_host or not row.runs_anywhere, "software on any host numbers its posts on each"
    assert row.forms


def test_review_sites_are_those_where_people_expect_an_answer_in_days():
    assert is_review_site("google")
    assert not is_review_site("x")
    assert not is_review_site(WEB)


@given(NAMES)
def test_a_platform_outside_the_table_keeps_its_name_and_counts_as_a_place_of_posts(name: str):
    assert platform_name(platform_name(name)) == platform_name(name)
    if name.replace(" ", "") not in PLATFORMS and platform_name(name) == name != WEB:
        assert label(name) == name
        assert site_kind(name) is SiteKind.SOCIAL
        assert not is_review_site(name)
        assert numbers_per_host(name), "nobody knows whether two hosts give the same number"


@given(
    st.one_of(st.text(), NAMES.map(str.upper), st.sampled_from([" X ", "My Site", "url", "a" * 33, "x\n"]))
)
def test_what_is_written_is_a_harmless_name_or_refused(written: str):
    try:
        name = platform_name(written)
    except WrongPlatformName:
        return
    assert is_platform_name(name)
    assert name != WEB or written.strip().lower() in ("", "web"), "nothing becomes `web` in silence"
    assert label(name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("mynewsite", "mynewsite"),
        ("My New Site", "my-new-site"),
        ("forum.example", "forum.example"),
        (" Trustpilot ", "trustpilot"),
        ("Google Play", "play"),
        ("Hacker News", "hackernews"),
        ("", WEB),
    ],
)
def test_a_platform_is_known_by_its_name_and_by_its_label(written: str, name: str):
    assert platform_name(written) == name


@pytest.mark.parametrize(
    "written",
    ["x:1", "url", "Text", "-site", "a" * 33, "<b>", "si\u202ete", "\ud800", "微博", "a/b", "a\x00b"],
)
def test_what_cannot_be_a_name_is_refused_and_never_kept_as_another(written: str):
    with pytest.raises(WrongPlatformName) as refused:
        platform_name(written)
    assert set(refused.value.fields) == {"platform"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("facebok", "facebook"),
        ("trustpilott", "trustpilot"),
        ("facebook", None),
        ("mynewsite", None),
        (WEB, None),
        ("y", None),
    ],
)
def test_a_name_that_is_almost_a_known_one_was_probably_meant_to_be_it(name: str, meant: str | None):
    assert probably_meant(name) == meant


def test_the_open_web_has_a_label_in_every_language_and_names_have_one():
    for language in ("en", "fr"):
        with use_language(language):
            assert label(WEB)
            assert label("play") == "Google Play"
