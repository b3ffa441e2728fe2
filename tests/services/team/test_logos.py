"""A logo is drawn anew and made small, by an admin; without one there is none."""

import io

import pytest
from PIL import Image, PngImagePlugin

from amends.gateways.images import LOGO, ImageIsUnreadable
from amends.services.team import logos
from amends.services.team.logos import NoLogo
from amends.services.team.members import Act, OnlyAdminsMay
from tests.world import MONDAY, make_member

pytestmark = pytest.mark.usefixtures("database")


def drawn(size: tuple[int, int] = (1_800, 300)) -> bytes:
    """A picture with something written beside its pixels."""
    notes, output = PngImagePlugin.PngInfo(), io.BytesIO()
    notes.add_text("comment", "<script>alert(1)</script>")
    Image.new("RGB", size, "teal").save(output, "PNG", pnginfo=notes)
    return output.getvalue() + b"<script>"


async def test_a_logo_is_what_its_pixels_say_and_no_larger_than_a_page_shows() -> None:
    act = Act(await make_member("ada", role="admin"), MONDAY)
    with pytest.raises(NoLogo):
        await logos.find()
    assert await logos.version() == ""
    await logos.change(act, drawn())
    kept = await logos.find()
    assert b"script" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (600, 100)
        assert image.width <= LOGO[0]
    first = await logos.version()
    await logos.change(act, drawn((100, 100)))
    assert await logos.version() not in ("", first)
    await logos.remove(act)
    with pytest.raises(NoLogo):
        await logos.find()


async def test_only_admins_change_it_and_only_pictures_are_taken() -> None:
    lead, admin = await make_member("lea", role="lead"), await make_member("ada", role="admin")
    with pytest.raises(OnlyAdminsMay):
        await logos.change(Act(lead, MONDAY), drawn())
    with pytest.raises(OnlyAdminsMay):
        await logos.remove(Act(lead, MONDAY))
    for wrong in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", drawn()[:60]):
        with pytest.raises(ImageIsUnreadable):
            await logos.change(Act(admin, MONDAY), wrong)
    assert await logos.version() == ""
