"""Facts for writing or reading a public reply."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends import tables
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.reply.reply_lint import Finding
from amends.rules.reply.reply_templates import occasion_for
from amends.rules.vocabulary import Language, Occasion, Role, Stage
from amends.rules.workflow.moves import BY_NAME, refusal
from amends.rules.workflow.public_endings import PROPOSED
from amends.rules.workflow.reply_guards import may_read, must_be_read
from amends.services.case.access import find, mover_of
from amends.services.desk import cases
from amends.services.desk.cases import CaseDetail
from amends.services.person import customer_links
from amends.services.reply import drafts, reply_templates, variants
from amends.services.reply.variants import Variant
from amends.services.team import members, reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import public_endings


class NotToBeAnswered(Conflict):
    """No public reply can be written on this case now."""


class SoFar(msgspec.Struct, kw_only=True):
    """A reply that is being written; `use` is a prepared reply that shall stand in its place."""

    text: str = ""
    occasion: Occasion | None = None
    template: UUID | None = None
    use: UUID | None = None


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """A reply as it stands, beside its post: what fits, what the lint says, and who may be asked to read it.

    `findings` is None while nobody has asked for them. `must_be_read` when the rules ask for a lead: then the
    `readers` are leads and their deputies, else everybody else who is here. To a lead the starter set is
    offered where nothing fits and nobody has added it.
    """

    detail: CaseDetail
    text: str
    occasion: Occasion
    template: UUID | None
    variants: list[Variant]
    findings: tuple[Finding, ...] | None
    budget: int
    must_be_read: bool
    readers: list[Member]
    offers_starters: bool


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that waits to be read, with the template that it began as, if any, filled in for its author."""

    detail: CaseDetail
    template: Variant | None
    findings: tuple[Finding, ...]


async def begin(act: Act, number: int, so_far: SoFar | None = None, *, links_at: str = "") -> Writing:
    """A reply to be written, or written on and looked over. Changes nothing.

    `links_at` is the address of this installation, where a private link of the case leads to.

    Raises CaseUnknown, TemplateUnknown, NotToBeAnswered with what has to be done first.
    """
    detail = await cases.detail(act, number)
    _must_be_answerable(detail, act.now)
    return await _writing(act, detail, so_far, links_at)


async def beside(act: Act, detail: CaseDetail, *, links_at: str = "") -> Writing | None:
    """The reply as its case shows it beside everything else; None where none can be written now."""
    if _refusal(detail, act.now):
        return None
    return await _writing(act, detail, None, links_at)


async def _writing(act: Act, detail: CaseDetail, so_far: SoFar | None, links_at: str) -> Writing:
    case, rules = await find(detail.row.number, by=act.by), await reply_rules.current()
    is_ending = public_endings.is_owed_in(detail.facts)
    solved = is_ending or detail.row.stage is Stage.RESOLVED
    now = so_far or SoFar()
    moment = now.occasion or occasion_for(detail.row.public_replies, rules.budget, is_solved=solved)
    link = await customer_links.address(case.id, at=links_at, now=act.now)
    chosen = await variants.one(case, now.use, rules, by=act.by, link=link) if now.use else None
    written = chosen.text if chosen else now.text if so_far else detail.draft
    if is_ending and not so_far and not written:
        written = PROPOSED[await variants.spoken(case, otherwise=Language(act.by.language))]
    read_first = must_be_read(detail.facts, detail.mover)
    fitting = await variants.of(case, rules, occasion=moment, by=act.by, link=link)
    is_bare = not fitting and act.by.role.reaches(Role.LEAD)
    return Writing(
        detail=detail,
        text=written,
        occasion=moment,
        template=now.use or now.template or (None if so_far else case.draft_template),
        variants=fitting,
        findings=await drafts.findings(act, case, written, occasion=moment) if so_far and written else None,
        budget=rules.budget,
        must_be_read=read_first,
        readers=await _readers(act, detail, read_first),
        offers_starters=is_bare and not await reply_templates.has_starters(),
    )


def _refusal(detail: CaseDetail, now: datetime) -> str | None:
    return refusal(BY_NAME["submit_draft"], detail.facts, by=detail.mover, now=now)


def _must_be_answerable(detail: CaseDetail, now: datetime) -> None:
    if sentence := _refusal(detail, now):
        raise NotToBeAnswered(_(sentence))


async def _readers(act: Act, detail: CaseDetail, leads_only: bool) -> list[Member]:
    others = [one for one in await members.everyone() if one.works and one.id != act.by.id]
    if not leads_only:
        return others
    return [one for one in others if may_read(detail.facts, await mover_of(one, now=act.now))]


async def read(act: Act, number: int) -> Reading:
    """A draft that waits, for whoever may read it. Raises CaseUnknown, NotToBeAnswered."""
    detail = await cases.detail(act, number)
    if sentence := refusal(BY_NAME["approve"], detail.facts, by=detail.mover, now=act.now):
        raise NotToBeAnswered(_(sentence))
    case = await find(number, by=act.by)
    occasion = Occasion(case.draft_occasion) if case.draft_occasion else Occasion.FIRST
    return Reading(
        detail=detail,
        template=await _began_as(case),
        findings=await drafts.findings(act, case, case.draft, occasion=occasion),
    )


async def _began_as(case: tables.Case) -> Variant | None:
    if case.draft_template is None or case.draft_by is None:
        return None
    drafter = await members.find(case.draft_by)
    return await variants.one(case, case.draft_template, await reply_rules.current(), by=drafter)
