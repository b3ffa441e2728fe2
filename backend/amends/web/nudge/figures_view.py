"""Figures and proposals of longer terms, ready to show."""

from collections.abc import Iterable, Mapping

import msgspec

from amends.i18n import gettext as _
from amends.i18n import number
from amends.rules.follow_up.promises import Record
from amends.rules.insight.main_figures import share_of
from amends.rules.insight.sentences import FEW
from amends.rules.nudge.figures import Figure
from amends.rules.nudge.proposals import Change, Proposal
from amends.rules.vocabulary import FollowUpKind
from amends.web.labels import label
from amends.web.team.labels import terms


class Part(msgspec.Struct, frozen=True):
    """One part of a bar, in hundredths of its length."""

    name: str
    start: float
    length: float


class FigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the nudges of one kind; the shares in words, of those of which something can be said."""

    name: str
    sent: int
    acted: str
    ignored: str
    too_early: int
    parts: tuple[Part, ...]


class ProposalShown(msgspec.Struct, frozen=True, kw_only=True):
    """More time for a kind of follow-up: why, and from which to which times."""

    kind: str
    name: str
    why: str
    changes: tuple[str, ...]


def rows(found: Mapping[FollowUpKind, Figure]) -> list[FigureRow]:
    """A row for each kind, and the sum of them where there are several."""
    kinds = [_row(label(kind), figure) for kind, figure in found.items()]
    return [*kinds, _row(_("All of them"), _sum(found.values()))] if len(kinds) > 1 else kinds


def proposal(given: Proposal) -> ProposalShown:
    """A proposal, ready to show."""
    figure = given.figure
    why = _("%(ignored)s of %(judged)s reminders of the last %(days)s days were ignored (%(percent)s%%).")
    counts = {"ignored": figure.ignored, "judged": figure.judged, "percent": figure.ignored_percent}
    return ProposalShown(
        kind=given.kind.value,
        name=label(given.kind),
        why=why % {**counts, "days": given.days},
        changes=tuple(_change(one) for one in given.changes),
    )


def _change(change: Change) -> str:
    row, severity, before, after = change
    return _("%(duty)s, %(severity)s: %(before)s → %(after)s") % {
        "duty": terms.duty(row),
        "severity": label(severity),
        "before": terms.term(before),
        "after": terms.term(after),
    }


def _row(name: str, figure: Figure) -> FigureRow:
    return FigureRow(
        name=name,
        sent=figure.sent,
        acted=_share(figure.acted, 100 - figure.ignored_percent, figure),
        ignored=_share(figure.ignored, figure.ignored_percent, figure),
        too_early=figure.too_early,
        parts=tuple(_parts(figure)),
    )


def kept(record: Record) -> str:
    """The share of promises that were kept on time; nothing while too few have ended for one."""
    return share_of(record.kept, record.ended) if record.ended >= FEW else ""


def _share(count: int, percent: int, figure: Figure) -> str:
    if not figure.judged:
        return "–"
    if figure.judged < FEW:
        return number(count)
    return _("%(count)s (%(percent)s%%)") % {"count": count, "percent": percent}


def _parts(figure: Figure) -> Iterable[Part]:
    counts = {"acted": figure.acted, "ignored": figure.ignored, "too-early": figure.too_early}
    start = 0.0
    for name, count in counts.items():
        length = round(100 * count / figure.sent, 2)
        if length:
            yield Part(name, round(start, 2), length)
        start += length


def _sum(several: Iterable[Figure]) -> Figure:
    found = list(several)
    return Figure(
        sum(one.acted for one in found),
        sum(one.ignored for one in found),
        sum(one.too_early for one in found),
    )
