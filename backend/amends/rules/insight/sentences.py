"""Plain sentences made from figures by rules: at most five, what must not be missed first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.insight.case_facts import Event, Flag, Measure
from amends.rules.insight.day_figures import Figures
from amends.rules.insight.durations import quantile

FEW = 10
"""Below it no share, no median and no comparison is worded: chance is larger than anything it could mean."""
MOST = 5
THEME_LEAST, THEME_SHARE = 5, 3
"""A theme is named from so many cases on, when it is at least one in three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What sentences are made of. `before` is None where the period before is not whole.

    `forgotten` and `late` are as the cases are now: of those captured then, still open and unanswered after
    their date, and forgotten; `late_before` of those of the period before. `theme` is the most frequent one
    with its number of cases. `late_when` says in words when people wrote to whom most late answers went,
    where there is such a time.
    """

    now: Figures
    before: Figures | None = None
    forgotten: int = 0
    late: int = 0
    late_before: int = 0
    theme: tuple[str, int] | None = None
    late_when: str = ""


Weighed = tuple[int, str]
Span = Callable[[float], str]
"""How minutes of work are said."""


def sentences(facts: Facts, span: Span) -> list[str]:
    """The sentences, in the language at hand; `span` says minutes of work in words."""
    if not facts.now.flags[Flag.CAPTURED]:
        return [_("No complaint was captured."), *(text for _weight, text in sorted(_events(facts)))][:MOST]
    found = [*_danger(facts), *_answers(facts), *_volume(facts), *_times(facts, span), *_events(facts)]
    return [text for _weight, text in sorted(found, key=lambda one: one[0])][:MOST]


def moved(now: int, before: int) -> bool:
    """Whether a change is more than chance, and enough to matter to a reader."""
    change = abs(now - before)
    return min(now, before) >= FEW and change >= max(0.2 * before, 2 * sqrt(now + before))


def _danger(facts: Facts) -> Iterator[Weighed]:
    if facts.forgotten:
        text = ngettext(
            "%(count)s case of this period is forgotten.",
            "%(count)s cases of this period are forgotten.",
            facts.forgotten,
        )
        yield 0, text % {"count": facts.forgotten}


def _answers(facts: Facts) -> Iterator[Weighed]:
    flags = facts.now.flags
    answered, in_term, silent = flags[Flag.ANSWERED], flags[Flag.IN_TERM], flags[Flag.SILENT]
    due = answered + facts.late
    if due > 1 and in_term == due:
        text = _("All %(count)s complaints that were to be answered were answered on time.")
        yield 1, text % {"count": due}
    elif due:
        text = ngettext(
            "We answered %(count)s of %(due)s complaint on time.",
            "We answered %(count)s of %(due)s complaints on time.",
            due,
        )
        yield 1, text % {"count": in_term, "due": due}
        if facts.late_when:
            yield 1, _("Most of the late answers were to posts written %(when)s.") % {"when": facts.late_when}
    if silent >= 3 and silent * 4 >= flags[Flag.CAPTURED]:
        yield 6, _("%(count)s were left unanswered on purpose, each with a reason.") % {"count": silent}


def _volume(facts: Facts) -> Iterator[Weighed]:
    captured = facts.now.flags[Flag.CAPTURED]
    before = facts.before.flags[Flag.CAPTURED] if facts.before else 0
    if facts.before and moved(captured, before):
        more = _("There were %(count)s, up from %(before)s in the period before.")
        fewer = _("There were %(count)s, down from %(before)s in the period before.")
        yield 4, (more if captured > before else fewer) % {"count": captured, "before": before}
    if facts.theme and facts.theme[1] >= THEME_LEAST and facts.theme[1] * THEME_SHARE >= captured:
        text = _("%(count)s of %(captured)s were about “%(theme)s”.")
        yield 5, text % {"count": facts.theme[1], "captured": captured, "theme": facts.theme[0]}


def _times(facts: Facts, span: Span) -> Iterator[Weighed]:
    median = _median(facts.now)
    if median is None:
        return
    before = _median(facts.before) if facts.before else None
    if before and not 0.8 < median / before < 1.25:
        shorter = _("Half of the first answers took %(time)s of work or less, down from %(before)s.")
        longer = _("Half of the first answers took %(time)s of work or less, up from %(before)s.")
        text = (shorter if median < before else longer) % {"time": span(median), "before": span(before)}
        yield 6, text
    else:
        yield 9, _("Half of the first answers took %(time)s of work or less.") % {"time": span(median)}


def _median(figures: Figures) -> float | None:
    counts = figures.times.get(Measure.ANSWER_WORK)
    return quantile(counts, 0.5) if counts and counts.total() >= FEW else None


def _events(facts: Facts) -> Iterator[Weighed]:
    events = facts.now.events
    kept = events[Event.PROMISE_KEPT]
    broken = events[Event.PROMISE_LATE] + events[Event.PROMISE_BROKEN]
    if broken:
        text = _("Promises not kept on time: %(broken)s of %(count)s.")
        yield 2, text % {"broken": broken, "count": kept + broken}
    elif kept >= 3:
        yield 8, _("All %(count)s promises were kept.") % {"count": kept}
    asked, won = events[Event.SECOND_CHANCE_ASKED], events[Event.WON_BACK]
    if won or asked >= 3:
        yield 7, _won(asked, won)
    if raised := events[Event.RATING_RAISED]:
        text = ngettext("%(count)s rating was raised.", "%(count)s ratings were raised.", raised)
        yield 7, text % {"count": raised}


def _won(asked: int, won: int) -> str:
    text = ngettext("%(won)s customer was won back", "%(won)s customers were won back", won) % {"won": won}
    then = ngettext(
        "; %(asked)s second-chance message was sent.", "; %(asked)s second-chance messages were sent.", asked
    )
    return text + then % {"asked": asked}
