"""Late answers and the hours of the week: whether most of them were to people who wrote at one time."""

from collections import Counter
from collections.abc import Callable, Mapping

from babel.dates import get_day_names

from amends.i18n import LOCALES, N_, language
from amends.i18n import gettext as _

Slot = tuple[int, int]
"""A day of the week, 0 is Monday, and a part of the day, 0 is before 6 (`case_facts.HOURS_A_PART`)."""
Time = tuple[int | None, int | None]
"""A slot, or a whole day of the week, or a part of every day."""
LEAST = 3
"""Fewer late answers are no pattern."""
SHARE_OF_ALL = 4
"""Where one answer in so many belongs to a time anyway, late ones there mean nothing."""
BOTH = (
    N_("on %(weekday)ss before 6 am"),
    N_("on %(weekday)s mornings"),
    N_("on %(weekday)s afternoons"),
    N_("on %(weekday)s evenings"),
)
EVERY_DAY = (N_("before 6 am"), N_("in the mornings"), N_("in the afternoons"), N_("in the evenings"))
WHOLE_DAY = N_("on %(weekday)ss")


def pattern(late: Mapping[Slot, int], answered: Mapping[Slot, int]) -> Time | None:
    """The time at which people wrote to whom most late answers went, the narrowest; None where there is none.

    More than half of the late ones belong to it, at least three, and less than a quarter of all answers.
    """
    all_late, all_answered = sum(late.values()), sum(answered.values())
    for of in (_slot, _weekday, _part):
        counts, usual = _counted(late, of), _counted(answered, of)
        time, most = max(counts.items(), key=lambda one: one[1], default=((None, None), 0))
        if most >= LEAST and 2 * most > all_late and SHARE_OF_ALL * usual[time] < all_answered:
            return time
    return None


def _counted(slots: Mapping[Slot, int], of: Callable[[Slot], Time]) -> Counter[Time]:
    found: Counter[Time] = Counter()
    for slot, n in slots.items():
        found[of(slot)] += n
    return found


def _slot(slot: Slot) -> Time:
    return slot


def _weekday(slot: Slot) -> Time:
    return slot[0], None


def _part(slot: Slot) -> Time:
    return None, slot[1]


def in_words(time: Time) -> str:
    """When that is, in the language at hand: "on Sunday evenings"."""
    weekday, part = time
    if weekday is None:
        return _(EVERY_DAY[part or 0])
    name = get_day_names("wide", locale=LOCALES[language()])[weekday]
    return _(WHOLE_DAY if part is None else BOTH[part]) % {"weekday": name}
