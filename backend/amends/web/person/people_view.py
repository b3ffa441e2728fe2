"""A person and their accounts, ready to show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.capture import account_dates
from amends.rules.capture.links import safe_url
from amends.rules.case import platforms
from amends.rules.case.author_names import author_name
from amends.rules.person.recovery import TOWARDS, Track
from amends.rules.vocabulary import CustomerStatus, Role
from amends.services.case.weekly import Counts
from amends.services.person.account_matches import Suspect
from amends.services.person.author_pairs import PairShown
from amends.services.person.measures import MeasureShown
from amends.services.person.people import Account, Given, PersonRow, PersonShown
from amends.services.team.members import Member
from amends.services.team.seen import fingerprint
from amends.web import dates
from amends.web.case import weekly_view
from amends.web.case.weekly_view import Spark
from amends.web.dates import Moment
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.labels import label
from amends.web.page_kit import NOTHING_TYPED, Typed
from amends.web.person import measures_view
from amends.web.person.labels import persons
from amends.web.person.measures_view import MeasureLine


class AccountShown(msgspec.Struct, frozen=True, kw_only=True):
    """One account, every string ready."""

    platform: str
    name: str
    handle: str
    url: str
    since: str
    first: Moment
    last: Moment


class CaseLine(msgspec.Struct, frozen=True):
    """One case, and in which tone it began."""

    card: Card
    opened: Moment
    nature: str


class BlockLine(msgspec.Struct, frozen=True, kw_only=True):
    """A block or a report, with its proof."""

    case: int
    at: Moment
    by: str
    reason: str
    proof_url: str
    review_on: str


class SuspectLine(msgspec.Struct, frozen=True, kw_only=True):
    """An account that may be theirs too: how likely, and every reason."""

    author: UUID
    name: str
    platform: str
    percent: int
    reasons: tuple[str, ...]


class PairLine(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that can be taken back."""

    undo_href: str
    other_href: str
    name: str
    platform: str
    verdict: str
    by: str
    at: Moment


class TrackShown(msgspec.Struct, frozen=True, kw_only=True):
    """The recovery track in words: how far, what counted and where, and a gentle idea for the next."""

    progress: str
    counted: int
    towards: int
    since: Moment
    lines: list[tuple[str, int, Moment]]
    idea: str


class PersonPage(msgspec.Struct, frozen=True, kw_only=True):
    """A person, every string ready."""

    author: UUID
    href: str
    name: str
    seen: str
    contact: str
    notes: str
    status: str
    statuses: list[tuple[str, str]]
    accounts: list[AccountShown]
    cases: list[CaseLine]
    exchanges: int
    blocks: list[BlockLine]
    measures: tuple[MeasureLine, ...]
    given: list[tuple[Given, Moment]]
    suspects: list[SuspectLine]
    pairs: list[PairLine]
    track: TrackShown | None
    leads: bool
    administers: bool


class PersonLink(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the list."""

    href: str
    name: str
    handle: str
    platform: str
    status: str
    last: Moment
    cases: int
    measured: bool
    spark: Spark


def person_page(
    person: PersonShown,
    *,
    suspects: Iterable[Suspect],
    pairs: Iterable[PairShown],
    track: Track | None,
    found: Sequence[MeasureShown],
    reader: Member,
    now: datetime,
    typed: Typed = NOTHING_TYPED,
) -> PersonPage:
    """Everything that the page of a person shows to one member, with what they typed and was refused."""
    rows = cards_view.shown([row for row, _nature in person.cases], reader=reader.id, now=now)
    href = f"/people/{person.author}"
    return PersonPage(
        author=person.author,
        href=href,
        name=author_name(person.name),
        seen=fingerprint(person.known.values()),
        contact=typed.values.get("contact", person.known.contact),
        notes=typed.values.get("notes", person.known.notes),
        status=typed.values.get("customer_status", person.known.customer_status.value),
        statuses=[(status.value, label(status)) for status in CustomerStatus],
        accounts=[_account(one, now) for one in person.accounts],
        cases=[
            CaseLine(card, dates.moment(row.opened_at, now=now), label(nature) if nature else "")
            for card, (row, nature) in zip(rows, person.cases, strict=True)
        ],
        exchanges=person.exchanges,
        measures=measures_view.lines(found, NOTHING_TYPED, now=now),
        blocks=[
            BlockLine(
                case=one.case,
                at=dates.moment(one.at, now=now),
                by=one.by,
                reason=one.reason,
                proof_url=safe_url(one.proof_url) or "",
                review_on=one.review_on,
            )
            for one in person.blocks
            if one.case not in {measure.case for measure in found}
        ],
        given=[(one, dates.moment(one.at, now=now)) for one in person.given],
        suspects=[_suspect(one) for one in suspects],
        pairs=[_pair(one, href, now) for one in pairs],
        track=_track(track, now) if track else None,
        leads=reader.role.reaches(Role.LEAD),
        administers=reader.role.reaches(Role.ADMIN),
    )


def _track(track: Track, now: datetime) -> TrackShown:
    done = min(len(track.counted), TOWARDS)
    return TrackShown(
        progress=_("%(done)s of %(all)s") % {"done": done, "all": TOWARDS},
        counted=done,
        towards=TOWARDS,
        since=dates.moment(track.since, now=now),
        lines=[
            (_(persons.TOUCHES[one.touch]), one.case, dates.moment(one.at, now=now))
            for one in reversed(track.counted)
        ],
        idea=_(track.idea),
    )


def links(found: Sequence[PersonRow], weekly: Mapping[UUID, Counts], *, now: datetime) -> list[PersonLink]:
    """The accounts that were seen last, with their cases a week."""
    sparks = weekly_view.sparks(weekly, (one.author for one in found))
    return [
        PersonLink(
            href=f"/people/{one.author}",
            name=author_name(one.name, one.handle),
            handle=one.handle if one.handle != one.name else "",
            platform=platforms.label(one.platform),
            status="" if one.customer_status is CustomerStatus.UNKNOWN else label(one.customer_status),
            last=dates.moment(one.last_seen_at, now=now),
            cases=one.cases,
            measured=one.measured,
            spark=sparks[one.author],
        )
        for one in found
    ]


def suspects_of(found: Iterable[Suspect]) -> list[SuspectLine]:
    """The same lines where there is no page of a person around them."""
    return [_suspect(one) for one in found]


def _account(one: Account, now: datetime) -> AccountShown:
    return AccountShown(
        platform=platforms.label(one.platform),
        name=one.name,
        handle=one.handle if one.handle != one.name else "",
        url=safe_url(one.url) or "",
        since=_since(one.account_since),
        first=dates.moment(one.first_seen_at, now=now),
        last=dates.moment(one.last_seen_at, now=now),
    )


def _since(stated: str | None) -> str:
    """Since when the account exists, as precise as its site; the day of an instant is the reader's."""
    if not stated:
        return ""
    if "T" in stated:
        return dates.day(dates.local_day(account_dates.span(stated).earliest))
    year, month, day = account_dates.parts_of(stated)
    if month is None:
        return str(year)
    return dates.day(date(year, month, day)) if day else dates.month(date(year, month, 1))


def _suspect(one: Suspect) -> SuspectLine:
    return SuspectLine(
        author=one.author,
        name=author_name(one.name, one.handle),
        platform=platforms.label(one.platform),
        percent=round(one.likeness.share * 100),
        reasons=tuple(persons.reason(reason) for reason in one.likeness.reasons),
    )


def _pair(one: PairShown, href: str, now: datetime) -> PairLine:
    return PairLine(
        undo_href=f"{href}/pairs/{one.id}/take-back",
        other_href=f"/people/{one.other}",
        name=author_name(one.name),
        platform=platforms.label(one.platform),
        verdict=persons.verdict(one.verdict),
        by=one.by.name if one.by else "",
        at=dates.moment(one.at, now=now),
    )
