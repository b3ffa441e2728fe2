"""API kit: what each handler is asked by, its query as a struct, and what was seen of a case."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request
from msgspec import Meta

from amends.errors import Conflict, Invalid
from amends.gateways.evidence_files import EvidenceFiles
from amends.i18n import gettext as _
from amends.rules.team.outside_dates import EARLIEST
from amends.services.case.access import CaseChanged
from amends.services.desk.incidents import LineChanged
from amends.services.desk.problems import ProblemChanged
from amends.services.team.browsers import Holder
from amends.services.team.members import Act, Member
from amends.services.team.seen import ChangedMeanwhile
from amends.settings import Settings
from amends.web.forms import YEARS_AHEAD
from amends.web.requests import site, visit

Moment = Annotated[datetime, Meta(tz=True, description="An instant with its zone, as ISO 8601.")]
Text = Annotated[str, Meta(max_length=20_000)]
Query = TypeVar("Query", bound=msgspec.Struct)
Shape = TypeVar("Shape", bound=msgspec.Struct)
PLACE = re.compile(r" - at `\$\.?([^`.\[]*)")
VERSION = re.compile(r'"([0-9]{1,9})"')
FINGERPRINT = re.compile(r'"([0-9a-f]{16})"')


class QueryUnusable(Invalid):
    "A parameter of the address is unknown or cannot be read."


class DateImplausible(Invalid):
    "A date is too far in the past or the future."


class VersionMissing(Conflict):
    """Say in If-Match which version you saw: the ETag of what you read, or *."""

    status = 428


class VersionIsAnother(Conflict):
    """Someone else has changed this in the meantime. Read it again, then decide."""

    status = 412


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a program: what a handler needs of it."""

    request: Request[Any, Any, Any]

    @property
    def holder(self) -> Holder:
        """Whose token it is, and how far it reaches; the policy has asked for one."""
        holder = visit(self.request).holder
        assert holder is not None
        return holder

    @property
    def member(self) -> Member:
        """For whom the program speaks."""
        return self.holder.member

    @property
    def now(self) -> datetime:
        """The instant of the request."""
        return visit(self.request).now

    @property
    def act(self) -> Act:
        """The member, acting now."""
        return Act(self.member, self.now)

    @property
    def settings(self) -> Settings:
        """Those of the installation."""
        return site(self.request).settings

    @property
    def files(self) -> EvidenceFiles:
        """Where evidence is kept."""
        return site(self.request).files

    def address(self, path: str) -> str:
        """A page or a route of this installation, from anywhere."""
        return f"{self.settings.base_url}{path}"

    def query(self, shape: type[Query]) -> Query:
        """The parameters of the address as a struct. Raises QueryUnusable, naming the parameter."""
        try:
            return msgspec.convert(dict(self.request.query_params), shape, strict=False)
        except msgspec.ValidationError as error:
            words = str(error)
            place = PLACE.search(words)
            named = place[1] if place else words.rpartition(" field `")[2].partition("`")[0]
            raise QueryUnusable(fields={named or "query": PLACE.sub("", words).rstrip("`")}) from None


def filled(shape: type[Shape], source: object, **own: object) -> Shape:
    """A struct with the fields of `source` that are called and mean the same there, and with its `own`."""
    same = (name for name in shape.__struct_fields__ if name not in own)
    return shape(**{name: getattr(source, name) for name in same}, **own)


def seen_tag(asked: Asked, shape: re.Pattern[str]) -> str:
    """What If-Match names, without its quotes; empty for `*`, whatever it is now.

    Raises VersionMissing, VersionIsAnother for what is no ETag of this kind.
    """
    given = asked.request.headers.get("if-match", "").strip()
    if not given:
        raise VersionMissing(_("Say in If-Match which version you saw: the ETag of what you read, or *."))
    tag = shape.fullmatch(given)
    if tag is None and given != "*":
        raise VersionIsAnother(_("If-Match names no version of this. Use the ETag of what you read, or *."))
    return tag[1] if tag else ""


@contextmanager
def as_seen(asked: Asked) -> Iterator[int | None]:
    """Inside, a command is told the version that If-Match names; None for `*`.

    Raises VersionMissing, VersionIsAnother.
    """
    tag = seen_tag(asked, VERSION)
    try:
        yield int(tag) if tag else None
    except (CaseChanged, ProblemChanged, LineChanged) as error:
        raise VersionIsAnother(error.detail) from error


@contextmanager
def as_shown(asked: Asked) -> Iterator[str]:
    """Inside, a command is told the fingerprint that If-Match names, as of a form; empty for `*`.

    Raises VersionMissing, VersionIsAnother.
    """
    seen = seen_tag(asked, FINGERPRINT)
    try:
        yield seen
    except ChangedMeanwhile as error:
        raise VersionIsAnother(error.detail) from error


def must_be_plausible(asked: Asked, *given: msgspec.Struct) -> None:
    """Dates lie between 1990 and ten years ahead, as those of forms. Raises DateImplausible, naming each."""
    last = asked.now.year + YEARS_AHEAD
    wrong = [
        name
        for one in given
        for name in one.__struct_fields__
        if isinstance(at := getattr(one, name), date) and not EARLIEST.year <= at.year <= last
    ]
    if wrong:
        sentence = _("Enter a date between 1990 and %(year)s.") % {"year": last}
        raise DateImplausible(fields=dict.fromkeys(wrong, sentence))
