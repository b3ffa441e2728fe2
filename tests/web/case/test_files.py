"""Files are attached by a plain form, shown beside their entry, never as pages, and removed by a lead."""

import re
from io import BytesIO

import httpx
import pytest
from PIL import Image

from amends import tables
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.case.attachments import LIMITS
from amends.services.case import redrawing
from amends.services.team.members import Member
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import MONDAY, case_row, entries, lead_to, make_case, make_member

PDF = ("invoice 4711.pdf", b"%PDF-1.7 invoice")
HOSTILE = '"><img src=x onerror=alert(1)>\r\nX-Evil: 1;é.pdf'
SANDBOX = "sandbox; default-src 'none'"


def photo() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return drawn.getvalue() + b"CANARY"


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def send(desk: Visitor, path: str, *files: tuple[str, bytes], **fields: str) -> httpx.Response:
    """A form as a browser sends it that was given these files."""
    form = {"csrf": csrf_token(desk.session_token, desk.settings), **fields}
    sent = [("files", (name, content, "text/html")) for name, content in files or [("", b"")]]
    return await desk.post(path, data=form, files=sent, headers=FROM_OUR_PAGE)


async def kept() -> list[dict[str, object]]:
    return await tables.Attachment.select().order_by(tables.Attachment.name)


async def redraw(site: Site) -> None:
    await redrawing.redraw_waiting(FolderEvidenceFiles(site.settings.evidence_dir), now=MONDAY)


async def test_files_are_listed_on_the_case_and_stand_beside_their_entry(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await send(desk, f"/cases/{number}/files", PDF, ("parcel.png", photo()))
    assert answer.headers["location"] == f"/cases/{number}?notice=files-added"
    page = (await desk.get(answer.headers["location"])).text
    assert "Attached." in page
    assert "added 2 files" in page
    entry, listed = page[page.index('id="entry-2"') :], page[page.index('id="files"') :]
    for part in (entry, listed):
        assert re.search(r'href="/files/[0-9a-f-]{36}/original" download="invoice 4711.pdf"', part)
        assert "PDF · 1 kB" in part
        assert "The preview is being prepared." in part


async def test_a_picture_is_shown_as_it_was_drawn_anew(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    await send(desk, f"/cases/{number}/files", ("parcel.png", photo()))
    [row] = await kept()
    assert (await desk.get(f"/files/{row['id']}")).status_code == 404
    await redraw(site)
    shown = await desk.get(f"/files/{row['id']}")
    assert shown.headers["content-type"] == "image/webp"
    assert shown.headers["content-security-policy"] == SANDBOX
    assert b"CANARY" not in shown.content
    page = (await desk.get(f"/cases/{number}")).text
    size = 'width="40" height="30" loading="lazy" alt="Preview of parcel.png"'
    assert page.count(f'<img src="/files/{row["id"]}" {size}>') == 2


async def test_the_bytes_as_they_came_are_a_file_to_keep_and_never_a_page(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await send(desk, f"/cases/{number}/files", ("page.txt", b"<script>alert(1)</script>"))
    [row] = await kept()
    answer = await desk.get(f"/files/{row['id']}/original")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == SANDBOX
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert (await desk.get(f"/files/{row['id']}")).status_code == 404


async def test_a_hostile_name_is_text_on_the_page_and_one_header(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await send(desk, f"/cases/{number}/files", (HOSTILE, b"%PDF-1.7"))
    [row] = await kept()
    answer = await desk.get(f"/files/{row['id']}/original")
    assert "x-evil" not in answer.headers
    disposition = answer.headers["content-disposition"]
    assert re.fullmatch(
        r"attachment; filename=\"[^\"\\%\r\n]*\.pdf\"; filename\*=UTF-8''[\w.~%-]+", disposition
    )
    page = (await desk.get(f"/cases/{number}")).text
    assert "<img src=x" not in page
    assert "&gt;&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("logo.svg", b"<svg onload=alert(1)>"), "“logo.svg” cannot be attached. Accepted are pictures"),
        (("page.html", b"<script>alert(1)</script>"), "“page.html” cannot be attached."),
        (("a.png", b"\x89PNG\r\n\x1a\nbroken"), "“a.png”: This is not a PNG, JPEG or WebP image"),
        (("a.txt", b""), "“a.txt” is empty."),
        (("a.txt", b"x" * (LIMITS.file_bytes + 1)), "“a.txt” is too large. A file has at most 15 MB."),
        (("", b""), "Choose a file first."),
    ],
)
async def test_what_is_refused_is_said_beside_the_field(
    desk: Visitor, alice: Member, file: tuple[str, bytes], sentence: str
):
    number = await make_case(alice)
    answer = await send(desk, f"/cases/{number}/files", file)
    assert answer.status_code == 422
    assert f'<p class="field-error" id="case-files-error">{sentence}' in answer.text
    assert '<details class="add-any" open>' in answer.text
    assert await entries(number) == ["captured"]


async def test_far_too_much_is_not_read(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await send(desk, f"/cases/{number}/files", ("a.txt", b"x" * 45 * 1024 * 1024))
    assert answer.status_code == 413


async def test_a_form_that_is_sent_twice_attaches_once(desk: Visitor, alice: Member):
    number = await make_case(alice)
    for _click in range(2):
        answer = await send(desk, f"/cases/{number}/files", PDF, form_key="0123456789abcdef-3")
        assert answer.headers["location"] == f"/cases/{number}?notice=files-added"
    assert len(await kept()) == 1


@pytest.mark.parametrize(
    "second", [("right.txt", b"right"), ("right.txt", b"wrong"), ("wrong.txt", b"right")], ids=str
)
async def test_another_file_under_the_same_words_is_another_form(
    desk: Visitor, alice: Member, second: tuple[str, bytes]
):
    number = await make_case(alice)
    for file in (("wrong.txt", b"wrong"), second):
        answer = await send(desk, f"/cases/{number}/notes", file, text="Look", form_key="0123456789abcdef-1")
        assert answer.status_code == 303
    assert sorted((row["name"], row["size"]) for row in await kept()) == sorted(
        [("wrong.txt", 5), (second[0], 5)]
    )


async def test_a_lead_removes_a_file_with_a_reason_and_the_entry_says_so(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await send(desk, f"/cases/{number}/files", PDF)
    [row] = await kept()
    path = f"/cases/{number}/files/{row['id']}/remove"
    refused = await desk.send_form(path, file=str(row["id"]), reason=" ")
    assert refused.status_code == 422
    assert f'id="removal-{row["id"]}-error">Say why' in refused.text
    answer = await desk.send_form(path, file=str(row["id"]), reason="Someone else’s invoice")
    assert answer.headers["location"] == f"/cases/{number}?notice=file-removed"
    page = (await desk.get(f"/cases/{number}")).text
    assert "/original" not in page
    assert re.search(r"<s[^>]*>invoice 4711.pdf</s>", page)
    assert "removed the file “invoice 4711.pdf”" in page
    assert "Someone else’s invoice" in page
    assert (await desk.get(f"/files/{row['id']}/original")).status_code == 404


async def test_who_is_no_lead_is_offered_no_removal(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    await send(desk, f"/cases/{number}/files", PDF)
    [row] = await kept()
    bob = await site.visit_as(await make_member("bob"))
    assert "file-removal" not in (await bob.get(f"/cases/{number}")).text
    path = f"/cases/{number}/files/{row['id']}/remove"
    assert (await bob.send_form(path, file=str(row["id"]), reason="x")).status_code == 403


async def test_a_stranger_opens_no_file(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    await send(desk, f"/cases/{number}/files", PDF)
    [row] = await kept()
    for path in (f"/files/{row['id']}", f"/files/{row['id']}/original"):
        assert (await site.visitor().get(path)).headers["location"].startswith("/sign-in")


async def test_a_note_keeps_its_files_with_or_without_words(desk: Visitor, alice: Member):
    number = await make_case(alice)
    for text in ("Their invoice", ""):
        answer = await send(desk, f"/cases/{number}/notes", PDF, text=text)
        assert answer.headers["location"] == f"/cases/{number}?notice=noted"
    page = (await desk.get(f"/cases/{number}")).text
    for entry in ("entry-2", "entry-3"):
        bubble = page[page.index(f'id="{entry}"') :].partition("</li>\n</ul>")[0]
        assert "invoice 4711.pdf" in bubble
    assert "added 1 file" in page
    assert await entries(number) == ["captured", "noted", "noted"]


async def test_a_refused_file_keeps_what_was_typed_into_the_note(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await send(desk, f"/cases/{number}/notes", ("logo.svg", b"<svg>"), text="Their <logo>")
    assert answer.status_code == 422
    assert "Their &lt;logo&gt;</textarea>" in answer.text
    assert 'id="note-files-error">“logo.svg” cannot be attached.' in answer.text
    assert "Choose them again." in answer.text
    assert re.search(r'id="tab-note"[^>]* checked', answer.text)
    assert await entries(number) == ["captured"]


@pytest.mark.parametrize(("tab", "scope"), [("", "log"), ("private", "private")])
async def test_an_exchange_keeps_its_files_and_its_words_when_one_is_refused(
    desk: Visitor, alice: Member, tab: str, scope: str
):
    number = await make_case(alice)
    form = {"channel": "email", "direction": "out", "text": "We wrote to them", "tab": tab}
    refused = await send(desk, f"/cases/{number}/touchpoints", ("logo.svg", b"<svg>"), **form)
    assert refused.status_code == 422
    assert f'id="{scope}-files-error"' in refused.text
    assert "We wrote to them</textarea>" in refused.text
    assert (await send(desk, f"/cases/{number}/touchpoints", PDF, **form)).status_code == 303
    page = (await desk.get(f"/cases/{number}")).text
    assert "invoice 4711.pdf" in page[page.index('id="entry-2"') : page.index('id="composer"')]


async def test_a_private_message_that_is_a_move_keeps_its_files(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "contact", by=alice)
    form = {"move": "contact_in_private", "channel": "email", "text": "We wrote to them"}
    refused = await send(desk, f"/cases/{number}/moves", ("logo.svg", b"<svg>"), **form)
    assert refused.status_code == 422
    assert 'id="contact_in_private-files-error"' in refused.text
    assert "We wrote to them</textarea>" in refused.text
    assert (await send(desk, f"/cases/{number}/moves", PDF, **form)).status_code == 303
    assert (await case_row(number))["stage"] == "waiting"
    page = (await desk.get(f"/cases/{number}")).text
    assert page.count("/original") == 2
