"""Days in words, in the language of the context: the one place where a date is written for people.

Small letters throughout: who begins a line with one makes its first letter large.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_interval, format_skeleton

from amends.i18n import LOCALES, language

FIRST_IN_FRENCH = re.compile(r"(?<![\d.,:])1(?= (?:[^\W\d_]{3,}))")
"""The first of a month, before its name; "1–7 mai" counts days and stays."""


def short(on: date) -> str:
    """A near day: "Fri 8 Nov"."""
    return _skeleton("MMMEd", on, language())


def with_year(on: date) -> str:
    """Any day: "Tue 14 May 2026"."""
    return _pattern("EEE d MMM y", on, language())


def full(on: date) -> str:
    """A day in full: "Thursday 14 May 2026"."""
    return _pattern("EEEE d MMMM y", on, language())


def of_year(on: date) -> str:
    """A day without its name: "14 May 2026"."""
    return _skeleton("yMMMd", on, language())


def long(on: date) -> str:
    """A day without its name, its month in full: "14 May 2026"."""
    return _pattern("d MMMM y", on, language())


def of_month(on: date) -> str:
    """A day of a near month: "14 May"."""
    return _skeleton("MMMd", on, language())


def by_name(on: date) -> str:
    """A near day by its name: "Thursday 14 May"."""
    return _pattern("EEEE d MMMM", on, language())


def name(on: date) -> str:
    """The name of a day within a week: "Thu"."""
    return _skeleton("E", on, language())


def month(on: date) -> str:
    """The month of a day: "May 2026"."""
    return _skeleton("yMMMM", on, language())


def between(first: date, last: date) -> str:
    """From a day to another: "4–10 May 2026"."""
    spoken = language()
    return _ordinal(str(format_interval(first, last, "yMMMd", locale=LOCALES[spoken])), spoken)


def at_clock(at: datetime) -> str:
    """An instant in its own zone: "Thursday 14 May, 09:30"."""
    return f"{_pattern('EEEE d MMMM', at.date(), language())}, {at:%H:%M}"


@lru_cache(maxsize=8192)
def _pattern(pattern: str, on: date, spoken: str) -> str:
    return _ordinal(str(format_date(on, pattern, locale=LOCALES[spoken])), spoken)


@lru_cache(maxsize=8192)
def _skeleton(skeleton: str, on: date, spoken: str) -> str:
    """Kept, for Babel reads its pattern anew each time."""
    return _ordinal(str(format_skeleton(skeleton, on, locale=LOCALES[spoken])), spoken)


def _ordinal(written: str, spoken: str) -> str:
    return FIRST_IN_FRENCH.sub("1er", written) if spoken == "fr" else written
