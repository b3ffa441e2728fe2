"""Does every place of the list of commands lead somewhere, and does the list stand without a script?"""

import re

import pytest

from amends.web.operation.commands import PLACES
from tests.web.site import Site


@pytest.mark.parametrize("address", [address for address, _name, _keys in PLACES])
async def test_a_place_leads_somewhere(site: Site, address: str):
    lead = await site.signed_in("lead")
    assert (await lead.get(address)).status_code == 200


async def test_without_a_script_it_is_a_page_of_links_with_a_search(site: Site):
    page = (await (await site.signed_in()).get("/commands")).text
    assert set(re.findall(r'<li><a href="([^"]+)"', page)) >= {address for address, _name, _keys in PLACES}
    assert 'name="words"' in page


async def test_inside_a_dialog_it_is_a_list_to_choose_from(site: Site):
    part = (await (await site.signed_in()).get("/commands", headers={"hx-request": "true"})).text
    assert "<html" not in part
    assert part.count('role="option"') == len(PLACES)
