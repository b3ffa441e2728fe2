"""Is a post assigned to the location on whose page it stands, and to none where that is not certain?"""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.location_pages import keys_of, location_of, page_key

GOOGLE = (
    "https://www.google.com/maps/place/Bean+%26+Co/@48.11,-1.67,17z/data="
    "!3m1!4b1!4m6!3m5!1s0x480ede2fa7d69085:0x40ca5cd36e4ab30!8m2!3d48.1!4d-1.6"
)
ADVISOR = "https://www.tripadvisor.fr/Restaurant_Review-g187103-d1234567-Reviews-Bean_Co-Rennes.html"


@pytest.mark.parametrize(
    ("known", "post"),
    [
        (GOOGLE, GOOGLE + "!9m1!1b1"),
        (GOOGLE, "https://www.google.fr/maps/reviews/@48.1,-1.6,17z/data=!1s0x0:0x40ca5cd36e4ab30!3m1"),
        (GOOGLE, "https://www.google.com/maps?cid=291790376680074032"),
        (GOOGLE, "https://www.google.com/search?q=bean+co&ludocid=291790376680074032"),
        (ADVISOR, ADVISOR.replace("Reviews-", "Reviews-or10-").replace(".fr", ".co.uk")),
        (ADVISOR, "https://www.tripadvisor.com/ShowUserReviews-g187103-d1234567-r99-Bean_Co.html"),
        ("https://www.facebook.com/beanco.rennes", "https://m.facebook.com/BeanCo.Rennes/posts/pfbid02"),
        (
            "https://www.facebook.com/profile.php?id=100063",
            "https://www.facebook.com/permalink.php?story_fbid=7&id=100063",
        ),
        (
            "https://www.trustpilot.com/review/bean.example",
            "https://fr.trustpilot.com/review/bean.example?page=2",
        ),
        ("https://bean.example/rennes/", "http://www.bean.example/rennes/menu#comment-3"),
        ("https://rennes.bean.example", "https://rennes.bean.example/blog/7"),
    ],
)
def test_a_post_on_a_page_of_a_location_belongs_to_it(known: str, post: str):
    rennes, nantes = uuid4(), uuid4()
    pages = {page_key(known): rennes, "facebook/somebody.else": nantes}
    assert location_of([post], pages) == rennes


@pytest.mark.parametrize(
    ("known", "post"),
    [
        (GOOGLE, GOOGLE.replace("0x40ca5cd36e4ab30", "0x99")),
        (GOOGLE, "https://www.google.com/maps/contrib/112233/reviews"),
        (ADVISOR, ADVISOR.replace("d1234567", "d12345678")),
        ("https://www.facebook.com/bean", "https://www.facebook.com/beanco"),
        ("https://bean.example/rennes", "https://evil.example/bean.example/rennes"),
        ("https://bean.example/rennes", "https://bean.example.evil.example/rennes"),
        ("https://bean.example/rennes", "https://bean.example/rennes-sud"),
    ],
)
def test_what_only_looks_alike_does_not(known: str, post: str):
    assert location_of([post], {page_key(known): uuid4()}) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bean",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "https://maps.app.goo.gl/abc",
        "https://g.page/bean",
        "https://www.google.com/",
        "https://www.google.com/maps/place/Bean+Co/@48.1,-1.6,17z",
        "https://www.tripadvisor.fr/Restaurants-g187103-Rennes.html",
        "https://www.facebook.com",
        "https://www.yelp.com/biz/",
        "https://www.trustpilot.com/review",
        "https://www.reddit.com/r",
        "https://user:secret@bean.example/",
        "https://[broken",
    ],
)
def test_an_address_that_names_no_one_page_is_no_page(address: str):
    assert page_key(address) == ""


def test_addresses_of_two_locations_are_of_none():
    rennes, nantes = uuid4(), uuid4()
    pages = {"bean.example/rennes": rennes, "bean.example/nantes": nantes, "bean.example": nantes}
    assert location_of(["https://bean.example/rennes/1", "https://bean.example/nantes/2"], pages) is None
    assert location_of(["https://bean.example/rennes/1", "https://bean.example/rennes"], pages) == rennes


def test_the_narrowest_page_counts():
    shop, brand = uuid4(), uuid4()
    pages = {"bean.example": brand, "bean.example/shops/rennes": shop}
    assert location_of(["https://bean.example/shops/rennes/12"], pages) == shop
    assert location_of(["https://bean.example/shops/paris"], pages) == brand


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_address_whatever_breaks_it_or_belongs_to_nobodys_page(address: str, path: str):
    for url in (address, f"https://{address}/{path}", f"https://www.google.com/{address}?{path}"):
        keys = keys_of(url)
        assert len(keys) == len(set(keys))
        assert location_of([url], {}) is None
        assert page_key(url) in ("", *keys)
