"""May a program open a case without the extension, and keep files with it?"""

from io import BytesIO

from PIL import Image

from amends import tables
from tests.web.site import Site
from tests.world import make_case, make_member

WORDS = {"text": "She called: the cake never arrived.", "author": "Dana"}


def picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "PNG")
    return written.getvalue()


async def test_words_alone_open_a_case_and_a_known_post_its_own(site: Site) -> None:
    bob = await make_member("bob")
    program = await site.program(bob)
    made = await program.post("/api/v1/cases", json=WORDS)
    assert (made.status_code, made.json()["existing"]) == (201, False)
    post = {"url": "https://x.com/dana/status/17", "text": "Stale bread."}
    first = await program.post("/api/v1/cases", json=post)
    again = await program.post("/api/v1/cases", json=post)
    assert again.json() == {**first.json(), "existing": True}


async def test_what_is_told_twice_is_one_case_and_with_a_key_one_sight(site: Site) -> None:
    program, key = await site.program(await make_member("bob")), {"idempotency-key": "call-1"}
    first = await program.post("/api/v1/cases", json=WORDS, headers=key)
    assert (await program.post("/api/v1/cases", json=WORDS, headers=key)).json() == first.json()
    assert await tables.Capture.count() == 1
    again = await program.post("/api/v1/cases", json=WORDS)
    assert again.json()["existing"] is True
    assert (await tables.Case.count(), await tables.Capture.count()) == (1, 2)


async def test_nothing_at_all_is_no_case(site: Site) -> None:
    program = await site.program(await make_member("bob"))
    empty = await program.post("/api/v1/cases", json={})
    assert (empty.status_code, set(empty.json()["fields"])) == (422, {"url", "text"})
    assert (await program.post("/api/v1/cases", json={"colour": "red"})).status_code == 422


async def test_a_file_is_kept_once_under_its_key_and_comes_back_byte_for_byte(site: Site) -> None:
    bob = await make_member("bob")
    number, content = await make_case(bob), picture()
    program, path = await site.program(bob), f"/api/v1/cases/{number}/files"
    key = {"idempotency-key": "photo", "content-type": "image/png"}
    for _ in range(2):
        kept = await program.post(path, content=content, params={"name": "cake.png"}, headers=key)
        assert kept.status_code == 201, kept.text
    [listed] = (await program.get(path)).json()["files"]
    assert (listed["name"], listed["size"], listed["id"]) == ("cake.png", len(content), kept.json()["id"])
    fetched = await program.get(f"/api/v1/files/{listed['id']}")
    assert fetched.content == content
    assert "sandbox" in fetched.headers["content-security-policy"]
    assert fetched.headers["content-disposition"].startswith("attachment")


async def test_a_file_of_another_kind_is_refused_as_on_the_page(site: Site) -> None:
    bob = await make_member("bob")
    number = await make_case(bob)
    program = await site.program(bob)
    refused = await program.post(
        f"/api/v1/cases/{number}/files", content=b"MZ\x00\x01", params={"name": "run.exe"}
    )
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:amends:problem:file-refused")
    assert (await program.post(f"/api/v1/cases/{number}/files", content=b"x")).status_code == 422
