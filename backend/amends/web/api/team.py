"""API: the team: members by name and role, themes and locations."""

from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency

from amends.rules.vocabulary import LocationKind, Role
from amends.services.desk import themes
from amends.services.team import locations, members
from amends.web.api.kit import Asked, filled
from amends.web.security import Policy


class MemberSent(msgspec.Struct, frozen=True, kw_only=True):
    """A member by name and role; one who is `disabled` can no longer sign in."""

    id: UUID
    name: str
    role: Role
    disabled: bool


class MembersSent(msgspec.Struct, frozen=True):
    """All members, those who may sign in first."""

    members: list[MemberSent]


class ThemeSent(msgspec.Struct, frozen=True, kw_only=True):
    """A theme; `parent` is the wider one, `retired` when it is offered no more, `path` its whole name."""

    id: UUID
    name: str
    path: str
    parent: UUID | None
    retired: bool


class ThemesSent(msgspec.Struct, frozen=True):
    """All themes: wide ones by name, each followed by its narrower ones."""

    themes: list[ThemeSent]


class LocationSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A shop or brand; `pages` are its public pages, `retired` when it is offered no more."""

    id: UUID
    name: str
    kind: LocationKind
    pages: list[str]
    is_default: bool
    retired: bool


class LocationsSent(msgspec.Struct, frozen=True):
    """All locations by name, retired ones last."""

    locations: list[LocationSent]


@get("/members", operation_id="listMembers", opt={"policy": Policy.TOKEN_TEAM}, tags=["team"])
async def everyone(asked: NamedDependency[Asked]) -> MembersSent:
    """Lists the members by name and role, and nothing else of them."""
    return MembersSent(
        [
            MemberSent(id=one.id, name=one.name, role=one.role, disabled=one.disabled)
            for one in await members.everyone()
        ]
    )


@get("/themes", operation_id="listThemes", opt={"policy": Policy.TOKEN_TEAM}, tags=["themes"])
async def every_theme(asked: NamedDependency[Asked]) -> ThemesSent:
    """Lists what cases may be about."""
    known = await themes.everything()
    paths = themes.paths(known)
    return ThemesSent(
        [
            ThemeSent(id=one.id, name=one.name, path=paths[one.id], parent=one.parent, retired=one.retired)
            for one in known
        ]
    )


@get("/locations", operation_id="listLocations", opt={"policy": Policy.TOKEN_TEAM}, tags=["team"])
async def every_location(asked: NamedDependency[Asked]) -> LocationsSent:
    """Lists the shops and brands of the team."""
    found = await locations.everything()
    return LocationsSent([filled(LocationSent, one, pages=one.addresses) for one in found])


routes = (everyone, every_theme, every_location)
