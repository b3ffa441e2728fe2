"""Tables of a report: times, counts with their bars, open cases by age."""

from collections.abc import Iterable, Iterator

import msgspec

from amends.i18n import N_, number
from amends.i18n import gettext as _
from amends.rules.insight.case_facts import Measure
from amends.rules.insight.day_figures import Figures
from amends.rules.insight.main_figures import quantile_in_words, share_of
from amends.rules.insight.owners import Owned

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


class OwnerRow(msgspec.Struct, frozen=True):
    """What somebody owns: counts, and the share of answers on time."""

    name: str
    cases: str
    answered: str
    on_time: str


def owner_rows(owned: Iterable[Owned]) -> list[OwnerRow]:
    """Owners in the order in which they are given."""
    return [
        OwnerRow(one.name, number(one.cases), number(one.answered), share_of(one.in_term, one.answered))
        for one in owned
    ]


def ages(found: list[tuple[int | None, int]]) -> Iterator[Count]:
    """Open cases by age."""
    most = max((n for _age, n in found), default=0)
    for age, n in found:
        name = _("Up to %(count)s days") % {"count": age} if age and age > 1 else _("Up to a day")
        if age is None:
            name = _("Older")
        if most:
            yield Count(name, number(n), "", round(100 * n / most, 1), "")
