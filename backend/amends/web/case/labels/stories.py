"""What was done with the story of a case, in the words of its timeline."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _

DEEDS = {
    "kept": N_("kept a story of this case, without names"),
    "changed": N_("changed the story of this case"),
    "agreed": N_("noted that the person agrees to be named in its story: %(how)s"),
    "withdrawn": N_("made its story anonymous again"),
    "removed": N_("deleted the story of this case"),
}


def told(particulars: Mapping[str, Any]) -> str:
    """What somebody did."""
    words = DEEDS[particulars["deed"]]
    return _(words) % {"how": particulars.get("how", "")}
