"""Editor and reading page of a public reply."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.capture.rechecks import word_runs
from amends.rules.reply.reply_lint import longest
from amends.rules.reply.reply_templates import Why
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Occasion
from amends.services.desk.cases import CaseDetail
from amends.services.reply.variants import Variant
from amends.services.workflow.answers import Reading, Writing
from amends.web import dates
from amends.web.case import posts_view
from amends.web.case.labels import FAULTS
from amends.web.case.posts_view import Letter, Writer
from amends.web.case.snapshots_view import Stretch
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.reply import findings_view as findings
from amends.web.reply.findings_view import FindingShown
from amends.web.reply.labels import replies


class VariantShown(msgspec.Struct, frozen=True, kw_only=True):
    """A prepared reply that may be taken, as it would read here."""

    id: UUID
    title: str
    tone: str
    text: str
    lang: str
    chosen: bool
    why: str


class WritingPage(msgspec.Struct, frozen=True, kw_only=True):
    """The reply that is being written, every string ready."""

    number: int
    version: int
    writer: Writer
    post: Letter | None
    hostile: bool
    facts: Options
    budget: str
    is_last: bool
    text: str
    template: str
    occasion: str
    occasions: Options
    fits: str
    variants: tuple[VariantShown, ...]
    offers_starters: bool
    findings: tuple[FindingShown, ...] | None
    asks_why: bool
    reason: str
    on_hold: bool
    must_be_read: bool
    sent_back: bool
    readers: Options
    reader: str
    wrong: Mapping[str, str]
    problem: str


class ReadingPage(msgspec.Struct, frozen=True, kw_only=True):
    """The draft that waits to be read."""

    number: int
    version: int
    href: str
    writer: Writer
    post: Letter | None
    hostile: bool
    facts: Options
    draft: str
    lang: str
    drafter: str
    due: Moment | None
    late: bool
    template: str
    difference: tuple[Stretch, ...]
    findings: tuple[FindingShown, ...]


def writing_page(writing: Writing, typed: Typed, *, now: datetime) -> WritingPage:
    """The page on which a reply is written, with what was typed and what was wrong with it."""
    detail = writing.detail
    used, most = detail.row.public_replies, longest(detail.row.platform, writing.occasion)
    has_errors = any(one.is_error for one in writing.findings or ())
    return WritingPage(
        number=detail.row.number,
        version=detail.version,
        writer=posts_view.writer(detail.author),
        post=_post(detail, now),
        hostile=detail.is_hostile,
        facts=_facts(detail),
        budget=_budget(used, writing.budget),
        is_last=used >= writing.budget,
        text=writing.text,
        template=str(writing.template or ""),
        occasion=writing.occasion,
        occasions=tuple((one.value, label(one)) for one in Occasion),
        fits=_("Up to %(count)s characters.") % {"count": most} if most else "",
        variants=tuple(
            VariantShown(
                id=one.id,
                title=one.title,
                tone=label(one.tone),
                text=one.text,
                lang=one.language,
                chosen=one.id == writing.template,
                why=" · ".join(_reasons(one)),
            )
            for one in writing.variants
        ),
        offers_starters=writing.offers_starters,
        findings=None if writing.findings is None else findings.shown(writing.findings),
        asks_why=has_errors or "reason" in typed.errors or bool(typed.values.get("reason")),
        reason=typed.values.get("reason", ""),
        on_hold=detail.facts.on_hold,
        must_be_read=writing.must_be_read,
        sent_back=detail.approval == "rejected",
        readers=tuple((str(one.id), one.name) for one in writing.readers),
        reader=typed.values.get("reader", ""),
        wrong=typed.errors,
        problem=typed.problem,
    )


def _reasons(one: Variant) -> Iterator[str]:
    """What speaks for it here, and what became of the cases on which it was used; its tone is seen beside."""
    if Why.STANCE in one.why:
        yield _("for “%(what)s”") % {"what": label(one.stance)}
    if Why.SITE in one.why:
        yield _("for “%(what)s”") % {"what": replies.source(one.source)}
    if one.shares:
        yield _("says “%(what)s”") % {"what": one.shares[0]}
    if one.record.theme:
        yield _worked(one.record.on_theme, one.record.theme_cases, theme=one.record.theme)
    elif ended := one.record.well + one.record.badly:
        yield _worked(one.record.well, ended)
    elif one.record.last_used:
        yield _("last used %(date)s") % {"date": dates.day(dates.local_day(one.record.last_used))}


def _worked(well: int, ended: int, *, theme: str = "") -> str:
    words = ngettext("worked %(well)s of %(num)s time", "worked %(well)s of %(num)s times", ended)
    told = words % {"well": well, "num": ended}
    return _("for “%(theme)s”, %(worked)s") % {"theme": theme, "worked": told} if theme else told


def reading_page(reading: Reading, *, now: datetime) -> ReadingPage:
    """The page on which a colleague's draft is read."""
    detail = reading.detail
    due = next((one for one in detail.follow_ups if _is_for_reading(one.kind, one.state)), None)
    runs = word_runs(reading.template.text, detail.draft) if reading.template else []
    return ReadingPage(
        number=detail.row.number,
        version=detail.version,
        href=f"/cases/{detail.row.number}",
        writer=posts_view.writer(detail.author),
        post=_post(detail, now),
        hostile=detail.is_hostile,
        facts=_facts(detail),
        draft=detail.draft,
        lang=reading.template.language if reading.template else "",
        drafter=detail.draft_by.name if detail.draft_by else "",
        due=dates.moment(due.due_at, now=now) if due else None,
        late=due is not None and due.late,
        template=reading.template.title if reading.template else "",
        difference=tuple(Stretch(run.fate, run.text) for run in runs),
        findings=findings.shown(reading.findings),
    )


def _is_for_reading(kind: FollowUpKind, state: FollowUpState) -> bool:
    return kind is FollowUpKind.APPROVAL and state is FollowUpState.DUE


def _post(detail: CaseDetail, now: datetime) -> Letter | None:
    return posts_view.letter(detail.captures[0], now=now) if detail.captures else None


def _facts(detail: CaseDetail) -> Options:
    facts = [
        (_("We decided to"), label(detail.stance) if detail.stance else ""),
        (_("Nature"), label(detail.nature) if detail.nature else ""),
        (_("Severity"), label(detail.row.severity) if detail.row.severity else ""),
        (_("Fault"), _(FAULTS[detail.fault]) if detail.fault in FAULTS else ""),
    ]
    return tuple((name, fact) for name, fact in facts if fact)


def _budget(used: int, budget: int) -> str:
    if used >= budget:
        return _("No public reply is left: the next one is the last word, with a place to continue.")
    left = budget - used
    return ngettext(
        "%(num)d of %(budget)s public replies is left.",
        "%(num)d of %(budget)s public replies are left.",
        left,
    ) % {"num": left, "budget": budget}
