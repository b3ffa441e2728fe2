"""Dates named in a sentence, as its reader understands them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {
    **dict(one=1, two=2, three=3, four=4, five=5, six=6, seven=7, eight=8, nine=9, ten=10, a=1, an=1),
    **{"twelve": 12, "fourteen": 14, "twenty-four": 24},
    **dict(un=1, une=1, deux=2, trois=3, quatre=4, cinq=5, sept=7, huit=8, neuf=9, dix=10),
    **{"douze": 12, "quinze": 15, "vingt-quatre": 24},
}
MONTHS = {
    **dict(january=1, february=2, march=3, april=4, may=5, june=6, july=7, august=8, september=9),
    **dict(october=10, november=11, december=12),
    **dict(jan=1, feb=2, mar=3, apr=4, jun=6, jul=7, aug=8, sep=9, sept=9, oct=10, nov=11, dec=12),
    **dict(janvier=1, fevrier=2, mars=3, avril=4, mai=5, juin=6, juillet=7, aout=8, septembre=9),
    **dict(octobre=10, novembre=11, decembre=12),
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))

SPAN = re.compile(
    r"\b(?:in|within|under|less than|next|dans|sous|d'ici|en) (?:the next |the |moins de |les )?"
    rf"(?P<number>{_NUMBER})(?: ?- ?\d{{1,2}}| to \d{{1,2}}| a \d{{1,2}})? ?"
    r"(?P<unit>h\b|hours?|heures?|days?|jours?|weeks?|semaines?|(?:working|business|week) ?days?"
    r"|minutes?|min\b|months?|mois)(?P<open> ouvres?| ouvrables?)?"
)
ON_DAY = re.compile(
    rf"(?<![\d/.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?(?: of)? (?P<month>{_MONTH})\b(?: (?P<year>20\d\d))?"
)
MONTH_FIRST = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])")
IN_FIGURES = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})(?:/(?P<month>\d\d)|[/.](?P<m>\d\d?)[/.](?P<year>20\d\d))(?![\d/%])"
)
ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """A day that is named, and by which words; no day where the words name one that does not exist."""

    words: tuple[int, int]
    day: date | None


def named(plain: str, days: Mapping[str, str], *, today: date) -> Named | None:
    """The first day that a plain sentence names, counted from today; None when it names none."""
    found = [(match, reader) for pattern, reader in _READERS if (match := pattern.search(plain))]
    if words := _words(tuple(days)).search(plain):
        found.append((words, lambda given, now: _by_word(days[given[0]], now)))
    if not found:
        return None
    match, reader = min(found, key=lambda one: one[0].start())
    return Named(match.span(), reader(match, today))


@cache
def _words(days: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(days, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _by_word(meaning: str, today: date) -> date:
    if meaning.isdigit():
        return today + timedelta(days=int(meaning))
    if meaning == "week":
        return today + timedelta(days=(4 - today.weekday()) % 7)
    if meaning == "next_week":
        return today + timedelta(days=11 - today.weekday())
    if meaning == "month":
        first_of_next = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first_of_next - timedelta(days=1)
    return today + timedelta(days=(WEEK.index(meaning) - today.weekday() - 1) % 7 + 1)


def _span(match: re.Match[str], today: date) -> date:
    given = match["number"]
    count, unit = int(given) if given.isdigit() else NUMBERS[given], match["unit"]
    if unit.startswith(("work", "business", "week d", "weekd")) or match["open"]:
        return _working_days(today, count)
    if unit.startswith(("min", "h")):
        return today + timedelta(days=count // 24 if unit.startswith("h") else 0)
    if unit.startswith(("week", "semaine")):
        return today + timedelta(weeks=count)
    if unit.startswith("mo"):
        return today + timedelta(days=30 * count)
    return today + timedelta(days=count)


def _working_days(today: date, count: int) -> date:
    """Monday to Friday; holidays are the calendar's business once it is written down."""
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _calendar_day(match: re.Match[str], today: date) -> date | None:
    """The next such day; one that lies less than half a year back is meant as it stands."""
    given = match.groupdict()
    said = given["month"] or given["m"]
    month = MONTHS.get(said) or int(said)
    try:
        if year := given.get("year"):
            return date(int(year), month, int(given["day"]))
        this_year = date(today.year, month, int(given["day"]))
        passed = today - this_year > timedelta(days=182)
        return this_year.replace(year=today.year + 1) if passed else this_year
    except ValueError:
        return None


Reader = Callable[[re.Match[str], date], date | None]
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (SPAN, _span),
    (ISO, _calendar_day),
    (ON_DAY, _calendar_day),
    (MONTH_FIRST, _calendar_day),
    (IN_FIGURES, _calendar_day),
)
