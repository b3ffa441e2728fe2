"""API: the team: members by name and role, themes, locations, and prepared replies."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from msgspec import Meta

from amends.rules.vocabulary import Language, LocationKind, Occasion, Role, Stance, Tone
from amends.services.desk import themes
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateFilters, TemplateRow
from amends.services.team import locations, members
from amends.web.api.kit import Asked, filled
from amends.web.api.paging import Paged, answered, cursor
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


class TemplatesAsked(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which prepared replies are asked for: what is absent does not narrow."""

    words: Annotated[str, Meta(max_length=200, description="Words of the title or the text.")] = ""
    language: Language | None = None
    stance: Stance | None = None
    occasion: Occasion | None = None
    tone: Tone | None = None
    archived: Annotated[bool, Meta(description="Those that are offered no more.")] = False


class TemplateSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One prepared reply; words in braces are filled in for a case."""

    id: UUID
    title: str
    text: str
    language: Language
    stance: Stance
    occasion: Occasion
    tone: Tone
    source: str
    archived: bool
    changed_at: datetime


class TemplatesSent(msgspec.Struct, frozen=True):
    """Some prepared replies by name, and the cursor of the page after."""

    replies: list[TemplateSent]
    next: str | None


def _template(row: TemplateRow) -> TemplateSent:
    return filled(TemplateSent, row)


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


@get(
    "/prepared-replies",
    operation_id="listPreparedReplies",
    opt={"policy": Policy.TOKEN_TEAM, "query": TemplatesAsked},
    tags=["replies"],
)
async def templates(asked: NamedDependency[Asked]) -> TemplatesSent:
    """Lists the prepared replies that fit, by name."""
    wanted = asked.query(TemplatesAsked)
    same = [name for name in TemplateFilters.__struct_fields__ if name != "source"]
    filters = TemplateFilters(**{name: getattr(wanted, name) for name in same})
    found = await reply_templates.page(filters, after=wanted.id(), limit=wanted.limit)
    following = cursor(found.next_after)
    return answered(asked, TemplatesSent([_template(row) for row in found.rows], following), following)


routes = (everyone, every_theme, every_location, templates)
