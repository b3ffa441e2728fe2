"""A screenshot is kept as the browser made it: its digest is checked, and what was hidden is said."""

import base64
import hashlib
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

from PIL import Image

from amends import tables
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.evidence_objects import ObjectEvidenceFiles
from amends.services.capture import captures, evidence
from amends.services.case import redrawing
from amends.services.team.members import Act
from amends.settings import Settings
from tests.object_storage import bucket_at
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
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    browser, address = await site.paired(bob), f"/api/v1/captures/{capture_id}/screenshot"
    wrong = await browser.put(address, content=picture(), headers={"content-digest": digest(b"another")})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:amends:problem:evidence-differs")
    assert await tables.Evidence.count() == 0
    right = await browser.put(address, content=picture(), headers={"content-digest": digest(picture())})
    assert right.json() == {"sha256": hashlib.sha256(picture()).hexdigest()}


async def test_while_the_storage_is_away_a_capture_is_kept_and_its_screenshot_is_to_be_sent_again(
    site: Site, object_storage: str
) -> None:
    bob, capture_id = await make_member("bob"), uuid4()
    state = site.app.state
    away = ObjectEvidenceFiles(bucket_at("http://127.0.0.1:9", made=False))
    state["site"] = replace(state["site"], files=away)
    browser, address = await site.paired(bob), f"/api/v1/captures/{capture_id}/screenshot"
    await captures.receive(Act(bob, MONDAY), capture_id, post(text="Cold soup"))
    refused = await browser.put(address, content=picture())
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:amends:problem:evidence-store-is-away")
    assert int(refused.headers["retry-after"]) > 0
    assert "Cold soup" in (await (await site.visit_as(bob)).get("/cases/1")).text
    state["site"] = replace(state["site"], files=ObjectEvidenceFiles(bucket_at(object_storage)))
    assert (await browser.put(address, content=picture())).is_success
    assert await tables.Evidence.count() == 1


async def test_what_was_hidden_before_it_was_sent_is_kept_with_it(site: Site) -> None:
    bob, capture_id = await make_member("bob"), uuid4()
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    browser, address = await site.paired(bob), f"/api/v1/captures/{capture_id}/screenshot"
    await browser.put(address, content=picture(), headers={"amends-redacted": "blurred"})
    await browser.put(address, content=picture() + b"2", headers={"amends-redacted": "<b>anything</b>"})
    rows = await tables.Evidence.select(tables.Evidence.redacted)
    assert sorted(str(row["redacted"]) for row in rows) == ["None", "blurred"]
    page = await (await site.visit_as(bob)).get("/cases/1")
    assert page.text.count("Parts were blurred in the browser before it was sent.") == 1


async def test_a_page_shows_the_redrawn_copy_and_the_original_is_only_a_file_to_keep(
    site: Site, settings: Settings
) -> None:
    bob, capture_id, content = await make_member("bob"), uuid4(), picture() + b"<script>alert(1)</script>"
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    files, visitor = FolderEvidenceFiles(settings.evidence_dir), await site.visit_as(bob)
    sha256 = await evidence.keep_screenshot(Act(bob, MONDAY), capture_id, content, files=files)
    address = f"/evidence/{(await tables.Evidence.select(tables.Evidence.id))[0]['id']}"
    assert (await visitor.get(address)).status_code == 404
    await redrawing.redraw_waiting(files, now=MONDAY)
    shown, original = await visitor.get(address), await visitor.get(f"{address}/original")
    assert b"<script>" not in shown.content
    assert original.content == content
    assert original.headers["content-disposition"] == f'attachment; filename="{sha256}"'
    assert original.headers["content-type"] == "application/octet-stream"
    for answer in (shown, original):
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = (await visitor.get("/cases/1")).text
    assert f'src="{address}"' in page
    assert sha256 in page
    assert f'href="{address}/original" download' in page


async def test_a_picture_of_a_part_of_the_post_is_said_to_be_one(site: Site) -> None:
    bob, capture_id = await make_member("bob"), uuid4()
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    browser, address = await site.paired(bob), f"/api/v1/captures/{capture_id}/screenshot"
    await browser.put(f"{address}?problem=<b>", content=picture())
    assert "the end of the screenshot" not in (await (await site.visit_as(bob)).get("/cases/1")).text
    await browser.put(f"{address}?problem=cut", content=picture() + b"2")
    page = (await (await site.visit_as(bob)).get("/cases/1")).text
    assert "Could not be read: the end of the screenshot (the post is longer than six screens)." in page


async def test_without_a_picture_the_case_says_why_there_is_none(site: Site) -> None:
    bob, capture_id = await make_member("bob"), uuid4()
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    browser, address = await site.paired(bob), f"/api/v1/captures/{capture_id}/screenshot"
    assert (await browser.put(f"{address}?problem=cut")).status_code == 422, "a part is a part of a picture"
    assert (await browser.put(f"{address}?problem=in_background")).json() == {"sha256": ""}
    page = (await (await site.visit_as(bob)).get("/cases/1")).text
    assert "Could not be read: the screenshot (another tab was in front)." in page
    assert await tables.Evidence.count() == 0
