"""API: prepared replies, the library from which members answer; leads write it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.reply.reply_templates import ANYWHERE, LONGEST_TEXT, LONGEST_TITLE
from amends.rules.vocabulary import Language, Occasion, Stance, Tone
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateFilters, Written
from amends.services.team.seen import fingerprint
from amends.web.api.changes import change
from amends.web.api.kit import Asked, as_shown, filled
from amends.web.api.paging import Paged, answered, cursor
from amends.web.security import Policy

LIST = "/prepared-replies"
ONE = f"{LIST}/{{reply:uuid}}"
WRITE = Policy.TOKEN_REPLIES_WRITE


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


class TemplateWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prepared reply as it is to read; all of it is set. `source` is `any`, a kind of site, or a site."""

    title: Annotated[str, Meta(min_length=1, max_length=LONGEST_TITLE)]
    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
    language: Language
    stance: Stance
    occasion: Occasion = Occasion.FIRST
    tone: Tone = Tone.EMPATHY
    source: Annotated[str, Meta(max_length=60)] = ANYWHERE


class TemplateChange(msgspec.Struct, frozen=True):
    """The prepared reply that was changed, and whether it is offered no more."""

    id: UUID
    archived: bool


class StartersAdded(msgspec.Struct, frozen=True):
    """How many of the starter set were not there yet."""

    added: int


@get(
    LIST,
    operation_id="listPreparedReplies",
    opt={"policy": Policy.TOKEN_TEAM, "query": TemplatesAsked},
    tags=["replies"],
)
async def index(asked: NamedDependency[Asked]) -> TemplatesSent:
    """Lists the prepared replies that fit, by name."""
    wanted = asked.query(TemplatesAsked)
    same = [name for name in TemplateFilters.__struct_fields__ if name != "source"]
    filters = TemplateFilters(**{name: getattr(wanted, name) for name in same})
    found = await reply_templates.page(filters, after=wanted.id(), limit=wanted.limit)
    following = cursor(found.next_after)
    return answered(
        asked, TemplatesSent([filled(TemplateSent, row) for row in found.rows], following), following
    )


@get(ONE, operation_id="getPreparedReply", opt={"policy": Policy.TOKEN_TEAM}, tags=["replies"])
async def show(asked: NamedDependency[Asked], reply: FromPath[UUID]) -> Response[TemplateSent]:
    """One prepared reply. Its ETag stands for its wording, which a change asks for."""
    row = await reply_templates.find(reply)
    standing = {name: str(getattr(row, name)) for name in Written.__struct_fields__}
    return Response(filled(TemplateSent, row), headers={"ETag": f'"{fingerprint(standing)}"'})


async def _changed(reply: UUID) -> TemplateChange:
    return filled(TemplateChange, await reply_templates.find(reply))


@change(LIST, "addPreparedReply", tag="replies", policy=WRITE, makes=True)
async def add(asked: NamedDependency[Asked], data: JSONBody[TemplateWanted]) -> TemplateChange:
    """Adds a prepared reply to the library. Nothing is sent by this."""
    return await _changed(await reply_templates.add(filled(Written, data), by=asked.member, now=asked.now))


@put(ONE, operation_id="editPreparedReply", opt={"policy": WRITE, "matches": True}, tags=["replies"])
async def edit(
    asked: NamedDependency[Asked], reply: FromPath[UUID], data: JSONBody[TemplateWanted]
) -> TemplateChange:
    """Sets another wording; drafts that were made from it stay as they are."""
    with as_shown(asked) as seen:
        await reply_templates.change(asked.act, reply, filled(Written, data), seen=seen)
    return await _changed(reply)


@change(f"{ONE}/archive", "archivePreparedReply", tag="replies", policy=WRITE)
async def archive(asked: NamedDependency[Asked], reply: FromPath[UUID]) -> TemplateChange:
    """Offers a prepared reply no more; what it was used for can still be read."""
    await reply_templates.archive(asked.act, reply)
    return await _changed(reply)


@change(f"{ONE}/restore", "restorePreparedReply", tag="replies", policy=WRITE)
async def restore(asked: NamedDependency[Asked], reply: FromPath[UUID]) -> TemplateChange:
    """Offers a prepared reply again."""
    await reply_templates.restore(asked.act, reply)
    return await _changed(reply)


@change(f"{LIST}/starters", "addStarterReplies", tag="replies", policy=WRITE)
async def install(asked: NamedDependency[Asked]) -> StartersAdded:
    """Adds the starter set to the library; what was changed or archived since stays so."""
    return StartersAdded(await reply_templates.install(by=asked.member, now=asked.now))


routes = (index, show, add, edit, archive, restore, install)
