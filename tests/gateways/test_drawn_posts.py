"""Pictures of the demonstration: what the product takes for a screenshot, whatever the words."""

import pytest

from amends.gateways.drawn_posts import draw
from amends.gateways.images import inspect_image


@pytest.mark.parametrize("text", ["Late again.", "Déçue, et 🎂 jamais arrivé. " * 40, ""])
def test_a_drawn_post_is_a_picture_that_evidence_may_be(text: str):
    facts = inspect_image(draw("Odile Inventée", text, stars=2))
    assert facts.media_type == "image/png"
    assert facts.width == 640
