"""Navigation: the places of the rail, and which of them a role may open by the policies of the routes."""

from functools import lru_cache

import msgspec
from litestar import Litestar

from amends.i18n import N_
from amends.rules.vocabulary import Role
from amends.web.security import ROLES, Policy


class Place(msgspec.Struct, frozen=True):
    """A page with a name of its own: its address, the keys that lead there, and its icon in the rail."""

    address: str
    name: str
    keys: str = ""
    icon: str = ""


MAIN = (
    Place("/", N_("Today"), "g t", "today"),
    Place("/triage", N_("Triage"), "g n", "triage"),
    Place("/cases", N_("Cases"), "g c", "cases"),
    Place("/people", N_("People"), "g p", "people"),
)
"""The places that also stand in the bar of a phone."""
MORE = (
    Place("/agenda", N_("Agenda"), "g a", "agenda"),
    Place("/replies", N_("Replies"), "g l", "replies"),
    Place("/approvals", N_("Approvals"), "g d", "approvals"),
    Place("/insights", N_("Insights"), "g i", "insights"),
    Place("/settings", N_("Settings"), "g s", "settings"),
)
"""The others: below them on a wide screen, behind a button on a phone."""


SETTINGS = (
    (
        N_("You"),
        (
            Place("/settings", N_("Profile")),
            Place("/settings/reminders", N_("Your reminders")),
            Place("/settings/sign-in", N_("Password and sessions")),
            Place("/settings/browsers", N_("Paired browsers")),
        ),
    ),
    (
        N_("Team"),
        (
            Place("/settings/team", N_("General")),
            Place("/settings/calendar", N_("Hours and holidays")),
            Place("/settings/duties", N_("On duty")),
            Place("/settings/members", N_("Members")),
            Place("/settings/policy", N_("Times")),
            Place("/settings/themes", N_("Themes")),
            Place("/settings/replies", N_("Replies and approvals")),
            Place("/settings/reports", N_("Reports by mail")),
        ),
    ),
    (
        N_("System"),
        (
            Place("/settings/delivery", N_("Delivery")),
            Place("/settings/worker", N_("Background worker")),
            Place("/settings/figures", N_("Effect of reminders")),
            Place("/settings/extension", N_("Extension health")),
        ),
    ),
)
"""The pages of the settings in their groups."""


class SettingsNav(msgspec.Struct, frozen=True):
    """The groups of settings that a role may open, and the page at hand."""

    groups: tuple[tuple[str, tuple[Place, ...]], ...]
    here: str


def settings_nav(app: Litestar, role: Role, path: str) -> SettingsNav:
    """What stands beside a page of the settings."""
    groups = tuple(
        (name, tuple(place for place in places if may_open(app, role, place.address)))
        for name, places in SETTINGS
    )
    every = [place.address for _name, places in SETTINGS for place in places]
    within = [address for address in every if f"{path}/".startswith(f"{address}/")]
    return SettingsNav(tuple(group for group in groups if group[1]), max(within, key=len, default=""))


def place_of(path: str) -> str:
    """The address of the place that a page belongs to; nothing for a page of its own."""
    if path == "/":
        return path
    places = (place.address for place in (*MAIN, *MORE) if place.address != "/")
    return next((address for address in places if f"{path}/".startswith(f"{address}/")), "")


def may_open(app: Litestar, role: Role, address: str) -> bool:
    """Whether a page opens for a role: what its route says, and no second table of permissions."""
    policy = _policies(app).get(address.partition("#")[0])
    return policy is Policy.PUBLIC or (policy in ROLES and role.reaches(ROLES[policy]))


@lru_cache(maxsize=2)
def _policies(app: Litestar) -> dict[str, Policy | None]:
    """The policy of each page, by its address."""
    return {
        path: by_method["GET"].opt.get("policy")
        for path, by_method in app.route_handler_method_map.items()
        if "GET" in by_method
    }
