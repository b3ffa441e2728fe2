"""On the page of a case the public ending stands in what we owe: written in the composer, or skipped."""

from tests.web.site import Site
from tests.world import lead_to, make_case, make_member, move, owed


async def test_the_ending_is_offered_with_its_words_and_skipped_for_a_reason(site: Site):
    alice = await make_member("alice")
    number = await make_case(alice)
    await lead_to(number, "second_chance", by=alice)
    desk = await site.visit_as(alice)
    page = (await desk.get(f"/cases/{number}?write=reply")).text
    assert "Public ending" in page
    assert "We have been in touch in private and put this right." in page
    refused = await desk.send_form(f"/cases/{number}/public-ending/skip", reason=" ")
    assert refused.status_code == 422
    assert "Say why no public ending is written." in refused.text
    skipped = await desk.send_form(f"/cases/{number}/public-ending/skip", reason="<i>Asked</i> not to")
    assert skipped.headers["location"] == f"/cases/{number}?notice=skipped"
    page = (await desk.get(f"/cases/{number}")).text
    assert "&lt;i&gt;Asked&lt;/i&gt; not to" in page
    assert "skipped: Public ending" in page
    assert "public_ending" not in await owed(number)


async def test_without_an_ending_nothing_can_be_written_in_public_once_the_fix_is_confirmed(site: Site):
    alice = await make_member("alice")
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    url = "https://x.com/bakers/status/1"
    await move(number, "solve_in_public", by=alice, text="Here it is.", reply_url=url)
    await move(number, "confirm_fix", by=alice)
    page = (await (await site.visit_as(alice)).get(f"/cases/{number}?write=reply")).text
    assert "Public ending" not in page
    assert "put this right" not in page
