"""A person's data: the copy that they are given."""

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream
from msgspec import Meta

from amends.i18n import use_language
from amends.rules.vocabulary import Language
from amends.rules.vocabulary.audit import AuditKind
from amends.services.operation.privacy import copies
from amends.services.operation.privacy.copies import Choice
from amends.services.team import audit, teams
from amends.web.confirmation import confirmed
from amends.web.operation import privacy_view, readable_copy
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.security import Policy

PERSON = "/people/{author:uuid}"
IN_MEMORY = 8 * 2**20
"""Bytes of a ZIP that are kept in memory; more go into a file that has no name."""
CHUNK = 2**16
Parts = Annotated[list[str], Meta(max_length=5_000)]


class CopyForm(msgspec.Struct):
    """What goes in of what was offered, and in which language its page is."""

    language: Language = Language.ENGLISH
    members: bool = False
    keep: Parts = []
    shown: Parts = []

    def choice(self) -> Choice:
        """What of the parts goes in; what came meanwhile goes by its default."""
        return Choice(offered=frozenset(self.shown), kept=frozenset(self.keep), name_members=self.members)


async def copy_page(here: Here, *, author: UUID, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """What is held of a person, and what of it concerns others."""
    gathered = await copies.gather(author, by=here.member, now=here.now)
    return await here.render(
        "privacy/new_copy.html",
        status=typed.status,
        page=privacy_view.copy_page(gathered, typed, now=here.now),
        problem=typed.problem,
    )


@get(f"{PERSON}/copy", opt={"policy": Policy.LEAD})
async def new_copy(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[bytes]:
    """The form, with every part that may belong to others to be ticked off."""
    return await copy_page(here, author=author)


@post(f"{PERSON}/copy", opt={"policy": Policy.LEAD})
@confirmed
@redisplayed(copy_page)
async def give_copy(here: NamedDependency[Here], author: FromPath[UUID]) -> Response[Any]:
    """The ZIP; each of their cases says that it was made."""
    choice = (form := await here.form(CopyForm)).choice()
    gathered = await copies.gather(author, by=here.member, now=here.now)
    team = await teams.find()
    with use_language(form.language):
        page = readable_copy.page_of_copy(gathered, choice, team=team.name if team else "")
    pack = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    try:
        await copies.pack(here.act, gathered, choice, page, pack, files=here.files)
    except BaseException:
        pack.close()
        raise
    await audit.record(AuditKind.EXPORTED, by=here.member, now=here.now, what="person_copy")
    headers = {
        "content-disposition": f'attachment; filename="person-{str(author)[:8]}.zip"',
        "content-length": str(pack.seek(0, 2)),
    }
    return Stream(_chunks(pack), media_type="application/zip", headers=headers)


def _chunks(pack: IO[bytes]) -> Iterator[bytes]:
    with pack:
        pack.seek(0)
        while chunk := pack.read(CHUNK):
            yield chunk


routes = (new_copy, give_copy)
