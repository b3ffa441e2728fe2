"""Labels of places to watch: how often one is visited, why one is proposed."""

from amends.i18n import N_
from amends.i18n import gettext as _

INTERVALS = {
    1: N_("Every working day"),
    2: N_("Every two days"),
    3: N_("Every three days"),
    7: N_("Every week"),
    14: N_("Every two weeks"),
    30: N_("Every month"),
}
"""By days; a visit that falls on a day off moves to the next working day."""
PROPOSED_NAMES = {
    "account": N_("Our account on %(platform)s"),
    "search": N_("Search on %(platform)s: %(words)s"),
}
"""A page is called by its own title."""
REASONS = {
    "account": N_("One of your own accounts"),
    "page": N_("Several cases were captured there"),
    "search": N_("Cases come from this site"),
}


def interval(days: int) -> str:
    """How often, in words."""
    return _(INTERVALS[days])
