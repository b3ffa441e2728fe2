"""May a member make a key for a program, and see it once?"""

import re

from amends import tables
from amends.services.team import browsers
from tests.web.site import Site
from tests.world import make_member

KEY = "0123456789abcdef-0"
SHAPE = re.compile("amends_[a-z0-9]{8}_[A-Za-z0-9_-]{43}")


async def test_a_token_is_shown_once_and_listed_without_its_secret(site: Site) -> None:
    bob = await site.signed_in("agent", name="bob")
    answer = await bob.send_form(
        "/settings/tokens", name="Sheet", scopes=["cases:read", "team:read"], days="30", form_key=KEY
    )
    [token] = SHAPE.findall(answer.text)
    assert "amends_accepted" in answer.headers["set-cookie"], "what was typed is not brought back"
    holder = await browsers.member_of(token, now=site.clock())
    assert holder is not None
    assert holder.scopes == {"cases:read", "team:read"}
    page = await bob.get("/settings/tokens")
    assert "Sheet" in page.text
    assert SHAPE.findall(page.text) == []
    assert "Sheet" not in (await bob.get("/settings/browsers")).text


async def test_a_form_that_is_refused_keeps_what_was_typed(site: Site) -> None:
    bob = await site.signed_in("agent")
    answer = await bob.send_form("/settings/tokens", name="Sheet", days="30")
    assert answer.status_code == 422
    assert "Choose what the token may do." in answer.text
    assert 'value="Sheet"' in answer.text
    wrong = await bob.send_form("/settings/tokens", name="Sheet", scopes="moon:write", days="30")
    assert wrong.status_code == 422


async def test_a_reader_is_offered_what_reads_and_their_token_changes_nothing(site: Site) -> None:
    rita = await site.signed_in("reader")
    page = await rita.get("/settings/tokens")
    assert "cases:read" in page.text
    assert "cases:write" not in page.text
    refused = await rita.send_form("/settings/tokens", name="x", scopes="cases:write", days="30")
    assert refused.status_code == 403


async def test_an_admin_revokes_the_token_of_another(site: Site) -> None:
    bob = await site.signed_in("agent", name="bob")
    made = await bob.send_form("/settings/tokens", name="Sheet", scopes="cases:read", days="30")
    [token] = SHAPE.findall(made.text)
    admin = await site.signed_in("admin")
    page = (await admin.get("/settings/tokens")).text
    [address] = re.findall("/settings/tokens/[0-9a-f-]{36}/revoke", page)
    assert "Bob" in page
    assert (await (await site.signed_in("agent", name="eve")).send_form(address)).status_code == 404
    assert (await admin.send_form(address)).status_code == 303
    assert await browsers.member_of(token, now=site.clock()) is None


async def test_a_token_does_no_more_than_its_member_may(site: Site) -> None:
    """The scopes stay when a member becomes a reader; what they may do does not."""
    program = await site.program(await make_member("bob"))
    assert (await program.get("/api/v1/summary")).status_code == 200
    await tables.Member.update({tables.Member.role: "reader"}, force=True)
    assert (await program.get("/api/v1/summary")).status_code == 200
    refused = await program.put("/api/v1/captures/00000000-0000-4000-8000-000000000000", json={})
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:amends:problem:not-your-role")
