"""Draft on the page of its case."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.reply.reply_lint import Circumstances, Finding, LintRule, lint
from amends.rules.vocabulary import Occasion, Stage
from amends.services.desk.cases import CaseDetail
from amends.web import dates
from amends.web.dates import Moment
from amends.web.reply import findings_view
from amends.web.reply.findings_view import FindingShown
from amends.web.templating import query


class PromiseMade(msgspec.Struct, frozen=True):
    """A sentence of a draft that promises something for a day, and the way to write it down."""

    words: str
    href: str


class DraftShown(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The draft of a case; `held` until when it cools, and for what of its words."""

    caption: str
    tone: str
    text: str
    held: Moment | None
    hot: tuple[FindingShown, ...]
    promises: tuple[PromiseMade, ...]


def shown(detail: CaseDetail, *, now: datetime) -> DraftShown | None:
    """The draft as it stands; None where there is none, or it has been left behind."""
    if not detail.draft or not detail.approval:
        return None
    found = _findings(detail, now)
    held = detail.facts.held_until if detail.draft_held else None
    hot = [one for one in found if one.lesson.is_hot] if held else []
    caption, tone = _caption(detail)
    return DraftShown(
        caption=caption,
        tone=tone,
        text=detail.draft,
        held=dates.moment(held, now=now) if held else None,
        hot=findings_view.shown(hot),
        promises=tuple(_promise(detail.row.number, one) for one in found if one.due),
    )


def compose(detail: CaseDetail) -> str:
    """What leads to the page on which a reply is written; empty where none can be written."""
    if "submit_draft" not in {move.name for move in detail.moves}:
        return ""
    return _("Edit the reply") if detail.draft and detail.approval else _("Answer in public")


def counted(detail: CaseDetail) -> str:
    """How many public replies there were of how many there may be."""
    if detail.facts.thread_ended:
        return _("%(used)s, thread closed") % {"used": detail.row.public_replies}
    if not detail.row.public_replies:
        return ""
    return _("%(used)s of %(budget)s") % {
        "used": detail.row.public_replies,
        "budget": detail.facts.rules.budget,
    }


def _caption(detail: CaseDetail) -> tuple[str, str]:
    """Whose draft it is and how it stands, in words, and in which tone they are shown."""
    name = {"name": detail.draft_by.name if detail.draft_by else _("a former member")}
    if detail.draft_held:
        return _("Reply by %(name)s, held for ten minutes") % name, "today"
    captions = {
        "pending": (_("Draft by %(name)s, waiting for approval") % name, "theirs"),
        "approved": (_("Approved draft by %(name)s") % name, "won"),
        "rejected": (_("Draft by %(name)s, sent back") % name, "late"),
    }
    return captions.get(str(detail.approval), (_("Reply by %(name)s, ready to post") % name, "ours"))


def _findings(detail: CaseDetail, now: datetime) -> tuple[Finding, ...]:
    occasion = Occasion.SOLUTION if detail.row.stage is Stage.RESOLVED else Occasion.FOLLOWING
    circumstances = Circumstances(today=dates.local_day(now), occasion=occasion, platform=detail.row.platform)
    return lint(detail.draft, circumstances)


def _promise(number: int, finding: Finding) -> PromiseMade:
    assert finding.rule is LintRule.DATED_PROMISE
    given = {"promise": finding.sentence[:500], "by": f"{finding.due}T18:00"}
    return PromiseMade(finding.sentence, f"/cases/{number}{query(given)}#owed")
