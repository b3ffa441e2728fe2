"""Location of a new case: chosen, that of the page on which the post stands, or the default."""

from typing import Any, Literal
from uuid import UUID

import msgspec

from amends.rules.capture.cleaning import Clean
from amends.rules.capture.location_pages import location_of
from amends.services.team import locations


class Located(msgspec.Struct, frozen=True):
    """The location of a new case, and by what it is known."""

    id: UUID
    name: str
    by: Literal["chosen", "page", "default"]


async def of_capture(capture: Clean) -> Located | None:
    """Where a captured post belongs; None where nothing says so. Raises LocationNotOffered."""
    if capture.about.location:
        chosen = await locations.choosable(capture.about.location)
        return Located(chosen.id, chosen.name, "chosen")
    offered = await locations.offered()
    if not offered:
        return None
    page = location_of(_addresses(capture), locations.page_keys(offered))
    default = next((one.id for one in offered if one.is_default), None)
    found = next((one for one in offered if one.id == (page or default)), None)
    return Located(found.id, found.name, "page" if page else "default") if found else None


def told(location: Located | None) -> dict[str, Any]:
    """What the first entry of the timeline tells of it."""
    return {"location": location.name, "located_by": location.by} if location else {}


def _addresses(capture: Clean) -> list[str]:
    """The post itself, the page on which it was seen, and the business that it is about."""
    business = capture.context.get("businessUrl")
    return [one for one in (capture.url, capture.page_url, business) if isinstance(one, str) and one]
