"""Figures in words: shares, lengths of time, counts with their bars; nothing is summed up of few."""

from collections.abc import Iterator

import msgspec

from amends.i18n import N_, number
from amends.i18n import gettext as _
from amends.rules.insight.case_facts import Measure
from amends.rules.insight.day_figures import Figures
from amends.rules.insight.durations import quantile
from amends.rules.insight.sentences import FEW
from amends.web import dates

NOTHING = "–"
MEASURES = {
    N_("First answer"): (Measure.ANSWER_WORK, Measure.ANSWER_CLOCK),
    N_("Private contact"): (Measure.CONTACT_WORK, Measure.CONTACT_CLOCK),
    N_("Resolved"): (Measure.RESOLVE_WORK, Measure.RESOLVE_CLOCK),
}


class TimeRow(msgspec.Struct, frozen=True):
    """How long something took, in working time and by the clock: of so many cases, half and nine in ten."""

    name: str
    count: str
    half: str
    nine_in_ten: str
    half_clock: str
    nine_in_ten_clock: str


class Count(msgspec.Struct, frozen=True):
    """A number with its name, its share of the longest bar in hundredths, and the list behind it."""

    name: str
    number: str
    before: str
    share: float
    href: str


def share_of(part: int, whole: int) -> str:
    """A share in hundredths; of few the two numbers, of nothing a dash."""
    if not whole:
        return NOTHING
    if whole < FEW:
        return _("%(count)s of %(due)s") % {"count": part, "due": whole}
    return _("%(percent)s%%") % {"percent": 100 * part // whole}


def times(figures: Figures) -> Iterator[TimeRow]:
    """How long the first answer, private contact and the end took."""
    for name, (work, by_clock) in MEASURES.items():
        count = sum(figures.times.get(work, {}).values())
        if count:
            yield TimeRow(
                _(name),
                number(count),
                quantile_in_words(figures, work, 0.5),
                quantile_in_words(figures, work, 0.9),
                quantile_in_words(figures, by_clock, 0.5),
                quantile_in_words(figures, by_clock, 0.9),
            )


def quantile_in_words(figures: Figures, measure: Measure, share: float) -> str:
    """In words, where there are enough for it to mean something."""
    counts = figures.times.get(measure)
    if not counts or counts.total() < FEW:
        return NOTHING
    minutes = quantile(counts, share) or 0
    is_long = measure.value.endswith("clock") and minutes >= 2 * 24 * 60
    return dates.span(60 * round(minutes)) if is_long else work(minutes)


def work(minutes: float) -> str:
    """Working minutes in words; an hour and more to the next five minutes, as exact as buckets are."""
    exact = round(minutes) if minutes < 60 else 5 * round(minutes / 5)
    return dates.work_span(60 * exact)


def ages(found: list[tuple[int | None, int]]) -> Iterator[Count]:
    """Open cases by age."""
    most = max((n for _age, n in found), default=0)
    for age, n in found:
        name = _("Up to %(count)s days") % {"count": age} if age and age > 1 else _("Up to a day")
        if age is None:
            name = _("Older")
        if most:
            yield Count(name, number(n), "", round(100 * n / most, 1), "")
