"""One post has one key, in whatever form its address comes; and a case is told in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.addresses import canonical_url, platform_of, post_id
from amends.rules.capture.captures import marks, page_key, post_key, shares_address
from amends.rules.vocabulary import PostKind

FORMS = {
    "x:1700000000000000001": [
        "https://x.com/dana/status/1700000000000000001",
        "http://twitter.com/dana/status/1700000000000000001?s=20&t=abc",
        "https://mobile.twitter.com/dana/status/1700000000000000001/photo/1",
        "https://www.x.com/i/web/status/1700000000000000001#top",
        "https://m.twitter.com/dana/statuses/1700000000000000001/",
    ],
    "reddit:t3_abc123": [
        "https://www.reddit.com/r/test/comments/abc123/test_post/",
        "https://old.reddit.com/r/test/comments/abc123/test_post",
        "https://np.reddit.com/r/test/comments/ABC123/another_title/?utm_source=share",
        "https://redd.it/abc123",
        "https://reddit.com/comments/abc123",
    ],
    "reddit:t1_def456": [
        "https://www.reddit.com/r/test/comments/abc123/test_post/def456/",
        "https://old.reddit.com/r/test/comments/abc123/test_post/def456/?context=3",
        "https://www.reddit.com/r/test/comments/abc123/comment/def456/",
    ],
    "url:https://shop.example/reviews/12": [
        "https://shop.example/reviews/12",
        "https://SHOP.example:443/reviews/12/?utm_campaign=x&fbclid=y#top",
        "https://shop.example/reviews/1%32",
    ],
}


@pytest.mark.parametrize(("key", "form"), [(key, form) for key, forms in FORMS.items() for form in forms])
def test_every_form_of_an_address_gives_the_one_key(key: str, form: str):
    assert post_key(platform_of(form), "", form, "", "") == key
    folded = canonical_url(form)
    assert post_key(platform_of(folded), "", folded, "", "") == key


def test_the_sites_own_id_is_the_key_where_the_address_has_none():
    assert post_key("x", "17", "", "", "") == "x:17"
    assert post_key("trustpilot", "r-1", "https://www.trustpilot.com/review/shop", "", "") == "trustpilot:r-1"


def test_a_review_of_google_is_one_post_in_maps_behind_its_link_and_in_the_dashboard_of_its_business():
    number = "ChZReviewAAAA1234567890"
    places = [
        "https://www.google.com/maps/place/Garage/data=!4m8",
        "https://business.google.com/groups/1/reviews",
    ]
    seen = {
        page_key("google", number, url, "Nell", "Late", kind=PostKind.REVIEW, page_url=url) for url in places
    }
    link = f"https://www.google.com/maps/reviews/data=!4m8!14m7!1m6!2m5!1s{number}!2m1!1s0x0:0x1"
    assert {*seen, post_key("web", "", link, "", "")} == {f"google:{number}"}


def test_a_comment_seen_at_its_threads_address_is_not_the_thread():
    thread = "https://www.reddit.com/r/test/comments/abc123/test_post/"
    assert post_key("reddit", "t1_def456", thread, "", "") == "reddit:t1_def456"
    assert post_key("reddit", "t3_abc123", thread, "", "") == "reddit:t3_abc123"


def test_numbers_that_each_host_gives_for_itself_go_with_the_host():
    one, other = (f"https://{host}/comment/101" for host in ("one.example", "other.example"))
    assert post_key("lemmy", "101", one, "", "") != post_key("lemmy", "101", other, "", "")
    mobile = "https://m.one.example/comment/101"
    assert post_key("lemmy", "101", one, "", "") == post_key("lemmy", "101", mobile, "", "")


@pytest.mark.parametrize(
    "broken", ["https://[::1", "https://x.com:99999/a", "https://x.com:port/", "http://]/"]
)
def test_a_broken_address_is_no_reason_to_fail(broken: str):
    assert canonical_url(broken) == broken
    assert post_key(platform_of(broken), "", broken, "", "") == f"url:{broken}"


def test_a_short_address_with_strange_digits_is_no_post_of_reddit():
    assert post_id("https://redd.it/¹") is None
    assert canonical_url(canonical_url("https://redd.it/¹")) == canonical_url("https://redd.it/¹")


def test_a_post_without_id_and_address_is_known_by_author_and_words():
    one = post_key("web", "", "", "dana", "No cake")
    assert one == post_key("web", "", "", "dana", "No cake")
    assert one != post_key("web", "", "", "dana", "No bread")
    assert one != post_key("web", "", "", "ben", "No cake")


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://mobile.twitter.com/a", "x"),
        ("https://old.reddit.com/r/a", "reddit"),
        ("https://uk.trustpilot.com/review/a", "trustpilot"),
        ("https://notx.com/a", "web"),
        ("https://x.com.evil.example/a/status/1", "web"),
        ("not an address", "web"),
    ],
)
def test_the_host_tells_the_platform(url: str, platform: str):
    assert platform_of(url) == platform


def test_another_site_cannot_pose_as_a_post_of_x():
    assert post_id("https://x.com.evil.example/dana/status/17") is None
    assert post_key("x", "", "https://evil.example/dana/status/17", "", "").startswith("url:")


def test_what_names_an_item_in_a_page_is_kept():
    assert canonical_url("https://forum.example/t/1#comment-12").endswith("#comment-12")
    assert "#" not in canonical_url("https://forum.example/t/1#reply-box")


URLS = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}://{host}{port}/{path}{query}{fragment}",
    st.sampled_from(["http", "https"]),
    st.sampled_from(
        ["x.com", "twitter.com", "old.reddit.com", "redd.it", "Shop.Example", "exämple.com", "a.b.c"]
    ),
    st.sampled_from(["", ":80", ":443", ":8443"]),
    st.text(max_size=40),
    st.one_of(st.just(""), st.text(max_size=20).map("?".__add__)),
    st.one_of(st.just(""), st.text(max_size=10).map("#".__add__)),
)


@given(URLS)
def test_the_canonical_form_is_its_own_canonical_form(url: str):
    folded = canonical_url(url)
    assert canonical_url(folded) == folded


@given(URLS)
def test_the_canonical_form_belongs_to_the_same_platform_and_post(url: str):
    folded = canonical_url(url)
    assert platform_of(folded) == platform_of(url)
    assert post_id(folded) == post_id(url)


def test_a_browser_knows_a_post_by_its_id_and_by_its_own_address():
    status, article = "https://x.com/dana/status/17", "https://blog.example/a"
    assert marks("x:17", "17", status, shared=False) == ["x:17", "x.com/dana/status/17"]
    assert marks(f"url:{article}", "", article, shared=False) == ["blog.example/a"]
    assert marks("x:17", "17", "mailto:dana@example.org", shared=False) == ["x:17"]


def test_a_post_that_shares_its_address_is_known_by_its_id_alone():
    page = "https://shop.example/reviews"
    assert marks("text:abc", f"{page}#words-1", page, shared=True) == [f"web:{page}#words-1"]
    assert marks("google:abc", "abc", page, shared=True) == ["google:abc"]
    assert marks("text:abc", "", page, shared=True) == []


@pytest.mark.parametrize(
    ("external_id", "url", "kind", "shared"),
    [
        ("1", "https://x.com/dana/status/1", "post", False),
        ("abc", "https://shop.example/reviews", "review", True),
        ("abc", "https://shop.example/reviews/abc", "review", False),
        ("", "https://shop.example/reviews", "review", True),
        ("", "https://blog.example/a", "post", False),
    ],
)
def test_an_address_is_shared_when_it_is_the_pages_and_does_not_name_the_item(
    external_id: str, url: str, kind: str, shared: bool
):
    assert shares_address(external_id, url, kind=PostKind(kind), page_url=url) is shared
    assert not shares_address(external_id, url, kind=PostKind(kind), page_url="https://elsewhere.example/")


@pytest.mark.parametrize("seen_on", ["https://www.reddit.com/r/a/comments/c/d", "https://elsewhere.example/"])
def test_a_comment_that_only_has_its_threads_address_shares_it_wherever_it_was_seen(seen_on: str):
    thread = "https://www.reddit.com/r/a/comments/c/d"
    assert shares_address("t1_b", thread, kind=PostKind.COMMENT, page_url=seen_on)
    assert not shares_address("t3_c", thread, kind=PostKind.POST, page_url=seen_on)


def test_a_post_of_an_unknown_platform_is_known_by_its_number_on_its_host():
    one = post_key("mynewsite", "17", "https://www.mynewsite.example/p/17", "", "")
    assert one == "mynewsite:mynewsite.example/17"
    assert post_key("mynewsite", "17", "https://m.mynewsite.example/p/17?utm_source=x", "", "") == one
    assert post_key("mynewsite", "17", "https://mynewsite.test/p/17", "", "") != one
    assert marks(one, "17", "https://mynewsite.example/p/17", shared=False)[0] == one
