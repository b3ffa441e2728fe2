"""Dossiers: what goes in, and the ZIP (P18, P68)."""

import tempfile
from collections.abc import Iterable, Iterator
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
from amends.rules.operation.redacting import names_in
from amends.rules.vocabulary import Language
from amends.services.operation import dossiers
from amends.services.operation.dossiers import Choice, Gathered, Subject
from amends.services.team import teams
from amends.web.confirmation import confirmed
from amends.web.operation import dossier_paper, dossiers_view
from amends.web.operation.dossiers_view import OthersShown
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.security import Policy

PAGE = "/dossiers/new"
IN_MEMORY = 8 * 2**20
"""Bytes of a ZIP that are kept in memory; more go into a file that has no name."""
CHUNK = 2**16


Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class RedactionForm(msgspec.Struct):
    """Attached files that go in, and names of other people that stay out."""

    keep_files: Annotated[list[Digest], Meta(max_length=5_000)] = []
    shown_files: Annotated[list[Digest], Meta(max_length=5_000)] = []
    redact: Annotated[list[str], Meta(max_length=500)] = []
    redact_also: Annotated[str, Meta(max_length=20_000)] = ""
    their_pictures: bool = False

    def applied(self, choice: Choice) -> Choice:
        """The choice with what is redacted; what was offered and not ticked is left out."""
        return msgspec.structs.replace(
            choice,
            without_files=frozenset(self.shown_files) - frozenset(self.keep_files),
            redact=names_in(self.redact_also, self.redact),
            with_their_pictures=self.their_pictures,
        )


class DossierForm(RedactionForm):
    """The cases by number, for whom, in which language, and what goes in."""

    cases: str = ""
    reader: Reader = Reader.OTHER
    language: Language = Language.ENGLISH
    notes: bool = False
    keep: Annotated[list[UUID], Meta(max_length=5_000)] = []
    shown: Annotated[list[UUID], Meta(max_length=5_000)] = []
    about: str = ""

    def choice(self) -> Choice:
        """What is left out is what was offered and not ticked; what came meanwhile goes in."""
        left_out = frozenset(self.shown) - frozenset(self.keep)
        return self.applied(Choice(reader=self.reader, without_notes=not self.notes, without=left_out))


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """What goes into a dossier of the cases that the address or the form names, and whom it may name."""
    about = typed.values.get("about") or here.query.get("about", "")
    subject = await _subject(about)
    cases = typed.values.get("cases") or here.query.get("cases", "") or _numbers(subject)
    numbers = sorted(numbers_in(cases))
    gathered = await dossiers.gather(numbers, Choice(), by=here.member, now=here.now) if numbers else None
    return await here.render(
        "dossiers/new.html",
        status=typed.status,
        page=dossiers_view.shown(gathered, cases, typed, here.member, now=here.now),
        others=await _others(here, gathered, typed) if gathered else None,
        about=about if subject else "",
        subject=subject,
        problem=typed.problem,
        can_draw=await pdf_sandbox.can_draw(),
    )


async def _others(here: Here, gathered: Gathered, typed: Typed) -> OthersShown:
    """What is proposed to keep other people out, and characters that the PDF cannot show."""
    unknown = await pdf_sandbox.unknown_in(dossiers_view.everything(gathered))
    return await others_of(here, gathered, typed, unknown)


async def others_of(here: Here, gathered: Gathered, typed: Typed, unknown: Iterable[str] = ()) -> OthersShown:
    """What is proposed to keep other people out, or what was typed and refused."""
    names = dossiers.names_of(gathered.exhibits, gathered.cases)
    kept = [one for case in gathered.cases for one in case.files]
    naming = await dossiers.naming(kept, names, here.files)
    return dossiers_view.others(names, kept, naming, unknown, typed)


async def _subject(about: str) -> Subject | None:
    """The person or incident that the address names, if it names one. Raises NotFound."""
    kind, _colon, which = about.partition(":")
    if kind == "incident" and which.isdecimal():
        return await dossiers.of_incident(int(which[:9]))
    if kind == "person":
        try:
            return await dossiers.of_person(UUID(which))
        except ValueError:
            return None
    return None


def _numbers(subject: Subject | None) -> str:
    return ", ".join(f"#{number}" for number in subject.numbers) if subject else ""


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
    subject = await _subject(form.about)
    gathered = dossiers.redacted(
        await dossiers.gather(numbers, form.choice(), by=here.member, now=here.now, anchoring=True)
    )
    sheets = await sheets_of(here, gathered, form.language, subject)
    pack = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    await dossiers.pack(here.act, gathered, sheets, pack, files=here.files)
    name = "-".join(str(number) for number in numbers[:5])
    headers = {
        "content-disposition": f'attachment; filename="dossier-{name}.zip"',
        "content-length": str(pack.tell()),
    }
    return Stream(_chunks(pack), media_type="application/zip", headers=headers)


async def sheets_of(
    here: Here, gathered: Gathered, language: Language, subject: Subject | None = None
) -> list[bytes]:
    """The volumes of the PDF; none where this server draws no PDF."""
    if not await pdf_sandbox.can_draw():
        return []
    team = await teams.find()
    with use_language(language):
        return await dossier_paper.volumes(
            gathered,
            team=team.name if team else "",
            by=here.member.name,
            files=here.files,
            subject=subject,
        )


def _chunks(pack: IO[bytes]) -> Iterator[bytes]:
    with pack:
        pack.seek(0)
        while chunk := pack.read(CHUNK):
            yield chunk


routes = (new, make)
