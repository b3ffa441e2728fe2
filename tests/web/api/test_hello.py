"""Anybody may find out that an Amends is here, and what its clock says; nothing else."""

from amends import __version__
from tests.web.site import Site
from tests.world import make_member, make_team

CHROME = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


async def test_an_extension_learns_who_is_here_without_a_token(fresh_site: Site) -> None:
    answer = await fresh_site.visitor().get("/api/v1/hello", headers={"origin": CHROME})
    assert answer.json() == {
        "name": "Amends",
        "version": __version__,
        "now": "2026-05-04T08:00:00Z",
        "setUp": False,
    }
    assert answer.headers["access-control-allow-origin"] == CHROME
    await make_team()
    assert (await fresh_site.visitor().get("/api/v1/hello")).json()["setUp"] is True


async def test_nobody_may_ask_without_end(site: Site) -> None:
    await make_member("bob")
    site.app.state.site.greetings._burst = 1
    codes = [(await site.visitor().get("/api/v1/hello")).status_code for _ in range(2)]
    assert codes == [200, 429]
    assert (await site.visitor(address="192.0.2.1").get("/api/v1/hello")).status_code == 200
