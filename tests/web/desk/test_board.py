"""Is the board a page like the others?"""

import re

from tests.web.site import Site
from tests.world import make_case, make_member


async def test_the_board_shows_the_open_cases_and_ones_own(site: Site):
    alice = await make_member("alice")
    desk = await site.visit_as(alice)
    number = await make_case(alice, text="<b>Late</b>")
    page = (await desk.get("/cases/board")).text
    assert f'href="/cases/{number}"' in page
    assert "&lt;b&gt;Late&lt;/b&gt;" in page
    [facts] = re.findall(r'class="stage-facts">.*?data-step="decide">Decide', page, re.DOTALL)
    assert facts.count('<time datetime="2026') == 1, "one date, and it is that of the step"
    assert f'href="/cases/{number}/moves"' in page, "what is dragged can be moved by a link, too"
    [stages] = re.findall(r'data-to="([^"]*)"', page)
    assert stages.split() == ["acknowledge", "contact", "watched", "escalated"]
    assert f'href="/cases/{number}"' not in (await desk.get("/cases/board?who=mine")).text


async def test_an_empty_board_says_so_and_offers_what_is_next(site: Site):
    alice = await make_member("alice")
    desk = await site.visit_as(alice)
    assert "No open case." in (await desk.get("/cases/board")).text
    await make_case(alice, text="Late")
    assert "No open case" not in (await desk.get("/cases/board")).text
    mine = (await desk.get("/cases/board?who=mine")).text
    assert "No open case is yours." in mine
    assert 'href="/cases/board">Show all' in mine
