"""A date is written in one way wherever people read it: in small letters; the first is "1er" in French."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import amends
from amends.i18n import LANGUAGES, use_language
from amends.rules.team import written_days

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
FORMS = (
    written_days.short,
    written_days.with_year,
    written_days.full,
    written_days.of_year,
    written_days.long,
    written_days.of_month,
    written_days.by_name,
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            [
                "mar. 1er déc.",
                "mar. 1er déc. 2026",
                "mardi 1er décembre 2026",
                "1er déc. 2026",
                "1er décembre 2026",
                "1er déc.",
                "mardi 1er décembre",
            ],
        ),
        (
            "en",
            [
                "Tue 1 Dec",
                "Tue 1 Dec 2026",
                "Tuesday 1 December 2026",
                "1 Dec 2026",
                "1 December 2026",
                "1 Dec",
                "Tuesday 1 December",
            ],
        ),
    ],
)
def test_each_form_of_the_first_of_a_month(language: str, expected: list[str]):
    with use_language(language):
        assert [form(FIRST) for form in FORMS] == expected
        at = written_days.at_clock(datetime(2026, 12, 1, 9, 5, tzinfo=UTC))
        assert at == f"{expected[-1]}, 09:05"


def test_only_the_first_of_a_month_is_an_ordinal_in_french():
    with use_language("fr"):
        for form in FORMS:
            days = [form(FIRST + timedelta(days=at)) for at in range(366)]
            assert sum("1er" in day for day in days) == 13
            assert all(day == day.lower() for day in days)
        assert written_days.between(FIRST, LAST) == "1–31 déc. 2026"
        over_months = written_days.between(date(2026, 11, 1), FIRST)
        assert " ".join(over_months.split()) == "1er nov. – 1er déc. 2026"


def test_no_other_module_writes_dates():
    modules = (path for path in Path(amends.__file__).parent.rglob("*.py") if path.name != "written_days.py")
    said = re.compile(r"\bformat_date\b|babel.*\bformat_datetime\b")
    assert [path.name for path in modules if said.search(path.read_text())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_and_the_name_of_a_day(language: str):
    with use_language(language):
        assert (written_days.month(FIRST), written_days.name(FIRST)) == {
            "en": ("December 2026", "Tue"),
            "fr": ("décembre 2026", "mar."),
        }[language]
