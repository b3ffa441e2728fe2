"""What a timeline tells of the location of a case."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _

KNOWN_BY = {
    "chosen": N_("location: %(name)s, chosen"),
    "page": N_("location: %(name)s, from the page of the post"),
    "default": N_("location: %(name)s, where no page says otherwise"),
}


def captured(particulars: Mapping[str, Any]) -> str:
    """That the post was captured, and where it belongs."""
    words = KNOWN_BY.get(str(particulars.get("located_by")))
    told = _("captured the post")
    return f"{told}; {_(words) % {'name': particulars.get('location', '')}}" if words else told


def told(particulars: Mapping[str, Any]) -> str:
    """From where to where a member moved the case."""
    names = {name: str(particulars.get(name) or "") for name in ("before", "after")}
    if not names["after"]:
        return _("took the case out of %(before)s") % names
    if names["before"]:
        return _("moved the case from %(before)s to %(after)s") % names
    return _("set the location to %(after)s") % names
