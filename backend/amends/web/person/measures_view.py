"""Blocks and reports of a person, ready to show, and the form for one more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.capture.links import safe_url
from amends.rules.case import platforms
from amends.rules.operation import own_texts
from amends.rules.person import report_addresses
from amends.rules.person.measures import OVER, RESULTS
from amends.rules.vocabulary import MeasureKind, Stage
from amends.services.desk.cases import CaseDetail
from amends.services.person.measures import AccountCopied, MeasureShown
from amends.web import dates
from amends.web.case.files_view import Picker, picker
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.page_kit import Typed
from amends.web.person.labels import measures as words

REVIEW_AFTER = timedelta(days=14)
"""What is proposed for the review."""


class MeasureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One block or report; `results` are what may be said to have come of it."""

    id: UUID
    case: int
    kind: str
    accounts: str
    place: str
    reference: str
    proof_url: str
    no_copy: str
    words: str
    by: str
    at: Moment
    due: Moment | None
    late: bool
    result: str
    result_words: str
    result_by: str
    result_at: Moment | None
    is_over: bool
    results: Options
    open: bool


class AccountLine(msgspec.Struct, frozen=True, kw_only=True):
    """An account that can be chosen, and which copies of it are kept."""

    id: str
    name: str
    platform: str
    copies: str
    is_copied: bool
    chosen: bool


class MeasuresPage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page shows."""

    number: int
    title: str
    is_hostile: bool
    person_href: str
    lines: tuple[MeasureLine, ...]
    accounts: tuple[AccountLine, ...]
    kinds: Options
    places: tuple[tuple[str, str], ...]
    authorities: tuple[tuple[str, str], ...]
    checked: str
    law: str
    may_end: bool
    picker: Picker
    form: str
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    problem: str


def lines(found: Sequence[MeasureShown], typed: Typed, *, now: datetime) -> tuple[MeasureLine, ...]:
    """What was done about the accounts of a person, the newest first."""
    return tuple(_line(one, typed, now) for one in found)


def page(
    detail: CaseDetail,
    found: Sequence[MeasureShown],
    accounts: Sequence[AccountCopied],
    *,
    typed: Typed,
    now: datetime,
) -> MeasuresPage:
    """The blocks and reports of the person of a case, and the form."""
    is_sent = typed.form == "measure"
    blank = dict.fromkeys(("place", "reference", "proof_url", "no_copy", "words", "ends_case"), "")
    given = blank | {"kind": "reported", "review_on": (dates.local_day(now) + REVIEW_AFTER).isoformat()}
    writer = (str(detail.author.id),) if detail.author else ()
    chosen = typed.several.get("account", ()) if is_sent else writer
    return MeasuresPage(
        number=detail.row.number,
        title=own_texts.title(detail.row.title),
        is_hostile=detail.is_hostile,
        person_href=f"/people/{detail.author.id}" if detail.author else "",
        lines=lines(found, typed, now=now),
        accounts=tuple(_account(one, chosen) for one in accounts),
        kinds=tuple((one.value, _(words.KINDS[one])) for one in words.KINDS),
        places=report_addresses.places_of({one.platform for one in accounts}),
        authorities=tuple((_(name), address) for name, address in report_addresses.AUTHORITIES),
        checked=words.checked(),
        law=report_addresses.NOTICE_LAW,
        may_end=detail.row.stage is not Stage.CLOSED,
        picker=picker(typed.of("measure")),
        form=typed.form,
        typed=given | dict(typed.values) if is_sent else given,
        wrong=typed.errors,
        problem=typed.problem,
    )


def _account(one: AccountCopied, chosen: Sequence[str]) -> AccountLine:
    if one.pictures:
        kept = _("a copy with a picture is kept")
    else:
        kept = _("a copy of the text is kept, without a picture") if one.copies else _("no copy is kept")
    return AccountLine(
        id=str(one.id),
        name=one.handle or one.name,
        platform=platforms.label(one.platform),
        copies=kept,
        is_copied=one.copies > 0,
        chosen=str(one.id) in chosen,
    )


def _line(one: MeasureShown, typed: Typed, now: datetime) -> MeasureLine:
    return MeasureLine(
        id=one.id,
        case=one.case,
        kind=_(words.KINDS[one.kind]),
        accounts=", ".join(one.accounts),
        place=one.place,
        reference=one.reference,
        proof_url=safe_url(one.proof_url) or "",
        no_copy=one.no_copy,
        words=one.words,
        by=one.made_by.name if one.made_by else "",
        at=dates.moment(one.made_at, now=now),
        due=dates.moment(one.due_at, now=now) if one.due_at else None,
        late=one.due_at is not None and one.due_at <= now,
        result=_(words.SEEN[one.result]) if one.result else "",
        result_words=one.result_words,
        result_by=one.result_by.name if one.result_by else "",
        result_at=dates.moment(one.result_at, now=now) if one.result_at else None,
        is_over=one.result in OVER,
        results=tuple((result.value, _(words.RESULTS[result])) for result in RESULTS[MeasureKind(one.kind)]),
        open=typed.form == f"settle-{one.id}",
    )
