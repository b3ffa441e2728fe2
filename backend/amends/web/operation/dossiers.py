"""Dossiers: what goes in, and the ZIP (P18, P68)."""

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Stream
from msgspec import Meta

from amends.gateways import pdf_sandbox
from amends.i18n import use_language
from amends.rules.desk.case_numbers import numbers_in
from amends.rules.operation.dossiers import Reader
from amends.rules.vocabulary import Language
from amends.services.operation import dossiers
from amends.services.operation.dossiers import Choice, Gathered
from amends.services.team import teams
from amends.web.confirmation import confirmed
from amends.web.operation import dossier_paper, dossiers_view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.security import Policy

PAGE = "/dossiers/new"
IN_MEMORY = 8 * 2**20
"""Bytes of a ZIP that are kept in memory; more go into a file that has no name."""
CHUNK = 2**16


class DossierForm(msgspec.Struct):
    """The cases by number, for whom, in which language, and what goes in."""

    cases: str = ""
    reader: Reader = Reader.OTHER
    language: Language = Language.ENGLISH
    notes: bool = False
    keep: Annotated[list[UUID], Meta(max_length=5_000)] = []
    shown: Annotated[list[UUID], Meta(max_length=5_000)] = []

    def choice(self) -> Choice:
        """What is left out is what was offered and not ticked; what came meanwhile goes in."""
        return Choice(
            reader=self.reader,
            without_notes=not self.notes,
            without=frozenset(self.shown) - frozenset(self.keep),
        )


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """What goes into a dossier of the cases that the address or the form names."""
    cases = typed.values.get("cases") or here.query.get("cases", "")
    numbers = sorted(numbers_in(cases))
    gathered = await dossiers.gather(numbers, Choice(), by=here.member, now=here.now) if numbers else None
    return await here.render(
        "dossiers/new.html",
        status=typed.status,
        page=dossiers_view.shown(gathered, cases, typed, here.member, now=here.now),
        problem=typed.problem,
        can_draw=pdf_sandbox.is_installed(),
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def new(here: NamedDependency[Here]) -> Response[bytes]:
    """The form, with every post of the cases to be ticked off."""
    return await page(here)


@post("/dossiers", opt={"policy": Policy.LEAD})
@confirmed
@redisplayed(page)
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """The ZIP; its cases say that it was made, and the SHA-256 of its manifest."""
    form = await here.form(DossierForm)
    numbers = sorted(numbers_in(form.cases))
    if not numbers:
        raise dossiers.DossierIsEmpty
    gathered = await dossiers.gather(numbers, form.choice(), by=here.member, now=here.now, anchoring=True)
    sheets = await sheets_of(here, gathered, form.language)
    pack = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    await dossiers.pack(here.act, gathered, sheets, pack, files=here.files)
    name = "-".join(str(number) for number in numbers[:5])
    headers = {
        "content-disposition": f'attachment; filename="dossier-{name}.zip"',
        "content-length": str(pack.tell()),
    }
    return Stream(_chunks(pack), media_type="application/zip", headers=headers)


async def sheets_of(here: Here, gathered: Gathered, language: Language) -> list[bytes]:
    """The volumes of the PDF; none where this server draws no PDF."""
    if not pdf_sandbox.is_installed():
        return []
    team = await teams.find()
    with use_language(language):
        return await dossier_paper.volumes(
            gathered, team=team.name if team else "", by=here.member.name, files=here.files
        )


def _chunks(pack: IO[bytes]) -> Iterator[bytes]:
    with pack:
        pack.seek(0)
        while chunk := pack.read(CHUNK):
            yield chunk


routes = (new, make)
