"""Are pages compressed, and only for whom it cannot be turned into an oracle?"""

import pytest

from tests.web.site import Site
from tests.world import make_member

PLAIN = {"accept-encoding": "gzip, br", "sec-fetch-site": "same-origin"}


@pytest.mark.parametrize("sent_from", ["same-origin", "none"])
async def test_a_page_that_our_own_page_or_a_typed_address_asks_for_is_compressed(site: Site, sent_from: str):
    desk = await site.visit_as(await make_member("alice"))
    there = await desk.get("/cases", headers={**PLAIN, "sec-fetch-site": sent_from})
    assert there.headers["content-encoding"] == "gzip"
    assert there.headers["vary"] == "accept-encoding, sec-fetch-site"
    assert int(there.headers["content-length"]) < len(there.content) / 3
    assert "</html>" in there.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "anything"},
        {"accept-encoding": "identity"},
    ],
)
async def test_what_another_site_asks_for_is_as_long_as_it_is(site: Site, headers: dict[str, str]):
    """Whoever chooses words in the address learns nothing from the length of the answer."""
    desk = await site.visit_as(await make_member("alice"))
    there = await desk.get("/cases?words=guess", headers={**PLAIN, **headers})
    assert "content-encoding" not in there.headers
    assert there.headers["vary"] == "accept-encoding, sec-fetch-site"
    assert int(there.headers["content-length"]) == len(there.content)


async def test_who_does_not_say_where_from_gets_it_plain(site: Site):
    desk = await site.visit_as(await make_member("alice"))
    there = await desk.get("/cases", headers={"accept-encoding": "gzip", "sec-fetch-site": ""})
    assert "content-encoding" not in there.headers
