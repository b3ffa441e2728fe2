"""Can somebody write a case by hand, from a phone too, without losing a word or making it twice?"""

import io
import re
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from amends import tables
from amends.rules.vocabulary import Role
from amends.services.team import members
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import HOUR, case_row, make_case, make_member

POST = "https://x.com/dana/status/1700000000000055555"
SHARED = {"title": "Dana on X", "text": f"Still no cake, 3 < 4 & counting.\n{POST}"}
WRITTEN = {"url": POST, "text": "Still no cake.", "author": "Dana", "handle": "@dana", "severity": "s2"}


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.signed_in("agent")


def written(**changes: object) -> dict[str, object]:
    return {"form_id": str(uuid4()), **WRITTEN, **changes}


async def upload(desk: Visitor, content: bytes, **fields: object) -> httpx.Response:
    form = {"csrf": csrf_token(desk.session_token, desk.settings), **written(**fields)}
    files = {"picture": ("proof.png", content, "image/png")}
    return await desk.post("/cases/new", data=form, files=files, headers=FROM_OUR_PAGE)


def png() -> bytes:
    image = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(image, "PNG")
    return image.getvalue()


async def test_what_was_written_is_a_case_and_its_page_says_so(desk: Visitor) -> None:
    answer = await desk.send_form("/cases/new", **written(note="Rang about it."))
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases/1?notice=opened")
    page = (await desk.get(answer.headers["location"])).text
    assert "Case opened." in page
    for words in ("Still no cake.", "Dana", "Rang about it.", 'data-severity="S2"'):
        assert words in page


async def test_a_second_click_leads_to_the_same_case(site: Site, desk: Visitor) -> None:
    form = written()
    for _ in range(2):
        answer = await desk.send_form("/cases/new", **form)
        assert answer.headers["location"].startswith("/cases/1?")
        site.clock.move(HOUR / 60)
    assert await tables.Capture.count() == 1


async def test_a_post_that_is_a_case_already_opens_it(desk: Visitor) -> None:
    number = await make_case(await make_member("alice"), id="1700000000000055555")
    answer = await desk.send_form("/cases/new", **written())
    assert answer.headers["location"] == f"/cases/{number}?notice=known"
    assert "This post already has a case." in (await desk.get(answer.headers["location"])).text


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(desk: Visitor) -> None:
    form = written(url="javascript:alert(1)", posted_at="2030-01-01T10:00", text="<b>Still</b> no cake.")
    answer = await desk.send_form("/cases/new", **form)
    assert answer.status_code == 422
    assert re.search(r'id="new-url-error">Paste the full address', answer.text)
    assert re.search(r'id="new-posted_at-error">This time is in the future', answer.text)
    for kept in ("javascript:alert(1)", "2030-01-01T10:00", "&lt;b&gt;Still&lt;/b&gt; no cake.", "@dana"):
        assert kept in answer.text
    assert form["form_id"] in answer.text
    assert 'href="javascript:' not in answer.text
    assert '<details class="more-fields" open>' in answer.text


async def test_an_empty_form_asks_for_the_post(desk: Visitor) -> None:
    answer = await desk.send_form("/cases/new", form_id=str(uuid4()))
    assert answer.status_code == 422
    assert answer.text.count("Enter the address of the post, its text, or both.") == 2


async def test_a_form_whose_id_was_tampered_with_gets_another(desk: Visitor) -> None:
    answer = await desk.send_form("/cases/new", **written(form_id="1; DROP TABLE"))
    assert answer.status_code == 422
    assert re.search('name="form_id" value="[0-9a-f-]{36}"', answer.text)


async def test_a_picture_is_kept_as_evidence(desk: Visitor) -> None:
    answer = await upload(desk, png())
    assert answer.headers["location"] == "/cases/1?notice=opened"
    kept = await tables.Evidence.select()
    assert [(one["width"], one["height"]) for one in kept] == [(40, 30)]


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nbroken"])
async def test_what_is_no_picture_is_refused_before_a_case_is_made(desk: Visitor, content: bytes) -> None:
    answer = await upload(desk, content)
    assert answer.status_code == 422
    assert 'id="new-picture-error">This is not a PNG, JPEG or WebP image' in answer.text
    assert "Still no cake." in answer.text
    assert await tables.Case.count() == 0


async def test_a_field_of_files_left_empty_is_no_picture(desk: Visitor) -> None:
    assert (await upload(desk, b"")).status_code == 303


@pytest.mark.parametrize("path", ["/cases/new", "/share"])
async def test_what_a_phone_shares_fills_the_form_and_opens_nothing(desk: Visitor, path: str) -> None:
    page = await desk.get(path, params=SHARED)
    assert page.status_code == 200
    assert f'value="{POST}"' in page.text
    assert "Still no cake, 3 &lt; 4 &amp; counting.</textarea>" in page.text
    assert 'value="Dana on X"' in page.text
    assert "From the address: X" in page.text
    assert await tables.Case.count() == 0


async def test_whoever_is_not_signed_in_signs_in_and_finds_all_that_was_shared(site: Site) -> None:
    await members.add(
        "ada@example.org",
        name="Ada",
        role=Role.AGENT,
        password="violet umbrella sings",
        now=site.clock(),
        by=None,
    )
    phone = site.visitor()
    shared = {"title": "Dana", "text": f"{'Encore rien reçu. ' * 200}\n{POST}"}
    turned = await phone.get(f"/share?{urlencode(shared)}")
    signing_in = await phone.get(turned.headers["location"])
    asked = re.search('name="next" value="([^"]+)"', signing_in.text)
    assert asked
    form = {"email": "ada@example.org", "password": "violet umbrella sings"}
    back = await phone.send_form("/sign-in", next=asked[1].replace("&amp;", "&"), **form)
    page = await phone.get(back.headers["location"])
    assert page.text.count("Encore rien reçu.") == 200
    assert f'value="{POST}"' in page.text


async def test_hostile_words_in_an_address_stay_words(desk: Visitor) -> None:
    attack = '"><script>alert(1)</script>\x00'
    page = await desk.get("/cases/new", params={"url": attack, "title": attack, "text": attack})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


async def test_the_lists_offer_it_with_its_key(desk: Visitor) -> None:
    for path in ("/", "/cases"):
        assert re.search(
            'href="/cases/new" data-keys="a" title="New case [(]a[)]"', (await desk.get(path)).text
        )


async def test_a_rating_is_kept_with_its_most(desk: Visitor) -> None:
    await desk.send_form("/cases/new", **written(rating="2"))
    assert "2 out of 5" in (await desk.get("/cases/1")).text
    assert (await case_row(1))["platform"] == "x"


async def test_a_platform_that_is_not_in_the_list_is_kept_and_what_is_no_name_is_refused(
    desk: Visitor,
) -> None:
    await desk.send_form("/cases/new", **written(platform="mynewsite"))
    assert (await case_row(1))["platform"] == "mynewsite"
    refused = await desk.send_form("/cases/new", **written(platform="<b>"))
    assert refused.status_code == 422
    assert "a to z, digits" in refused.text
