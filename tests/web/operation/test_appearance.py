"""Are theme and language chosen from every page, and is the member back there afterwards?"""

import pytest

from tests.web.site import Site


async def test_a_theme_is_kept_by_the_browser_and_stands_in_each_page(site: Site) -> None:
    desk = await site.signed_in()
    assert "data-theme" not in (await desk.get("/")).text
    answer = await desk.send_form("/settings/theme", theme="dark", page="/people")
    assert answer.headers["location"] == "/people"
    page = (await desk.get("/people")).text
    assert '<html lang="en" data-theme="dark">' in page
    assert 'name="color-scheme" content="dark"' in page


@pytest.mark.parametrize("theme", ["purple", "<b>", ""])
async def test_an_unknown_theme_is_refused_and_a_foreign_cookie_says_nothing(site: Site, theme: str) -> None:
    desk = await site.signed_in()
    assert (await desk.send_form("/settings/theme", theme=theme)).status_code == 422
    assert "data-theme" not in (await desk.get("/", headers={"cookie": f"amends_theme={theme}"})).text


async def test_a_language_is_the_members_own_on_every_device(site: Site) -> None:
    desk = await site.signed_in(language="en")
    answer = await desk.send_form("/settings/language", language="fr", page="//evil.example")
    assert answer.headers["location"] == "/"
    assert '<html lang="fr">' in (await desk.get("/people")).text
