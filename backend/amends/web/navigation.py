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
    Place("/settings", N_("Settings"), "g s", "settings"),
)
"""The others: below them on a wide screen, behind a button on a phone."""


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
