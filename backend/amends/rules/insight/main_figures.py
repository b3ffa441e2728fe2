"""Main figures of a report in words: shares, lengths of time; nothing is summed up of few."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amends.i18n import gettext as _
from amends.i18n import ngettext, number, pgettext
from amends.rules.insight.case_facts import Event, Flag, Measure
from amends.rules.insight.counted import Counted
from amends.rules.insight.day_figures import Figures
from amends.rules.insight.durations import quantile
from amends.rules.insight.sentences import FEW, Facts
from amends.rules.team import relative_times
from amends.rules.team.percentages import percent

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class MainFigure:
    """A figure with its name, its value in words, and what it is made of or compared with.

    `counted` is what the list behind it asks by, `count` how many stand there.
    """

    name: str
    value: str
    note: str = ""
    counted: Counted | Literal["", "forgotten"] = ""
    count: int = 0
    tone: str = ""


def main_figures(facts: Facts, *, is_whole: bool) -> Iterator[MainFigure]:
    """The figures, in the language at hand; only a report of all cases knows of forgotten ones."""
    flags, events = facts.now.flags, facts.now.events
    before = facts.before.flags[Flag.CAPTURED] if facts.before else None
    yield MainFigure(
        name=pgettext("figure", "Captured"),
        value=number(flags[Flag.CAPTURED]),
        note="" if before is None else _("%(count)s in the period before") % {"count": number(before)},
        counted=Flag.CAPTURED,
        count=flags[Flag.CAPTURED],
    )
    yield _answered(facts)
    if is_whole:
        yield MainFigure(
            name=pgettext("figure", "Forgotten"),
            value=number(facts.forgotten),
            note=_("as the cases are now"),
            counted="forgotten",
            count=facts.forgotten,
            tone="late" if facts.forgotten else "",
        )
    half = quantile_in_words(facts.now, Measure.ANSWER_WORK, 0.5)
    yield MainFigure(name=_("First answer"), value=half, note=_("of work, or less, for half of them"))
    won, asked = events[Event.WON_BACK], events[Event.SECOND_CHANCE_ASKED]
    yield MainFigure(
        name=pgettext("figure", "Won back"),
        value=number(won),
        note=ngettext("%(count)s second-chance message sent", "%(count)s second-chance messages sent", asked)
        % {"count": number(asked)},
        counted=Event.WON_BACK,
        count=won,
        tone="won" if won else "",
    )


def _answered(facts: Facts) -> MainFigure:
    in_term, before = facts.now.flags[Flag.IN_TERM], facts.before
    due = facts.now.flags[Flag.ANSWERED] + facts.late
    note = _("%(count)s of %(due)s") % {"count": number(in_term), "due": number(due)} if due >= FEW else ""
    if facts.late:
        waiting = ngettext("%(count)s waits past its date", "%(count)s wait past their date", facts.late)
        waiting %= {"count": number(facts.late)}
        note = f"{note}; {waiting}" if note else waiting
    due_before = before.flags[Flag.ANSWERED] + facts.late_before if before else 0
    if before and due >= FEW and due_before >= FEW:
        share = share_of(before.flags[Flag.IN_TERM], due_before)
        note = _("%(now)s; %(share)s in the period before") % {"now": note, "share": share}
    return MainFigure(
        name=_("Answered on time"),
        value=share_of(in_term, due),
        note=note,
        counted=Flag.IN_TERM,
        count=in_term,
    )


def share_of(part: int, whole: int) -> str:
    """A share in hundredths; of few the two numbers, of nothing a dash."""
    if not whole:
        return NOTHING
    if whole < FEW:
        return _("%(count)s of %(due)s") % {"count": part, "due": whole}
    return _("%(percent)s%%") % {"percent": percent(part, whole)}


def quantile_in_words(figures: Figures, measure: Measure, share: float) -> str:
    """In words, where there are enough for it to mean something."""
    counts = figures.times.get(measure)
    if not counts or counts.total() < FEW:
        return NOTHING
    minutes = quantile(counts, share) or 0
    is_long = measure.value.endswith("clock") and minutes >= 2 * 24 * 60
    return relative_times.span(60 * round(minutes)) if is_long else work(minutes)


def work(minutes: float) -> str:
    """Working minutes in words; an hour and more to the next five minutes, as exact as buckets are."""
    exact = round(minutes) if minutes < 60 else 5 * round(minutes / 5)
    return relative_times.work_span(60 * exact)
