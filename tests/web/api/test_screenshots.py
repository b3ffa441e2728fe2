"""A screenshot is kept as the browser made it: its digest is checked, and what was hidden is said."""

import base64
import hashlib
from io import BytesIO
from uuid import uuid4

from PIL import Image

from amends import tables
from amends.services import captures
from tests.web.site import Site
from tests.world import MONDAY, make_member, post


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


async def test_a_picture_that_was_changed_on_its_way_is_refused(site: Site) -> None:
    bob, capture_id = await make_member("bob"), uuid4()
    await captures.receive(capture_id, post(), by=bob, now=MONDAY)
    browser, address = await site.paired(bob), f"/api/v1/captures/{capture_id}/screenshot"
    wrong = await browser.put(address, content=picture(), headers={"content-digest": digest(b"another")})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:amends:problem:evidence-differs")
    assert await tables.Evidence.count() == 0
    right = await browser.put(address, content=picture(), headers={"content-digest": digest(picture())})
    assert right.json() == {"sha256": hashlib.sha256(picture()).hexdigest()}


async def test_what_was_hidden_before_it_was_sent_is_kept_with_it(site: Site) -> None:
    bob, capture_id = await make_member("bob"), uuid4()
    await captures.receive(capture_id, post(), by=bob, now=MONDAY)
    browser, address = await site.paired(bob), f"/api/v1/captures/{capture_id}/screenshot"
    await browser.put(address, content=picture(), headers={"amends-redacted": "blurred"})
    await browser.put(address, content=picture() + b"2", headers={"amends-redacted": "<b>anything</b>"})
    rows = await tables.Evidence.select(tables.Evidence.redacted)
    assert sorted(str(row["redacted"]) for row in rows) == ["None", "blurred"]
    page = await (await site.visit_as(bob)).get("/cases/1")
    assert page.text.count("Parts were blurred in the browser before it was sent.") == 1
