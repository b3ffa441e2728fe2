"""What a site says of a post's age becomes about an instant; what cannot be understood stays words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import format_timedelta, get_month_names

from amends.rules.capture.post_times import MONTH_OF, UNIT_OF, approximate
from tests.world import MONDAY

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi")
AGES = {
    "3 weeks ago": timedelta(weeks=3),
    "il y a 2 jours": timedelta(days=2),
    "1w": timedelta(weeks=1),
    "2mo": timedelta(days=60),
    "Edited 5d": timedelta(days=5),
    "13 hours ago": timedelta(hours=13),
    "4 years ago on a map": timedelta(days=4 * 365),
    "a week ago": timedelta(weeks=1),
    "an hour ago": timedelta(hours=1),
    "il y a un an": timedelta(days=365),
    "vor einer Woche": timedelta(weeks=1),
    "vor 3 Monaten": timedelta(days=90),
    "hace 2 meses": timedelta(days=60),
    "há 3 dias": timedelta(days=3),
    "2 u geleden": timedelta(hours=2),
    "3週間前": timedelta(weeks=3),
    "yesterday": timedelta(days=1),
    "hier à 12:03": timedelta(days=1),
    "just now": timedelta(0),
    "avant-hier à 10:12": timedelta(days=2),
    "Avant-hier": timedelta(days=2),
    "antes de ayer": timedelta(days=2),
    "anteayer a las 9:00": timedelta(days=2),
    "l’altro ieri": timedelta(days=2),
    "anteontem": timedelta(days=2),
    "vorgestern": timedelta(days=2),
    "eergisteren": timedelta(days=2),
    "przedwczoraj": timedelta(days=2),
    "i förrgår": timedelta(days=2),
    "一昨日": timedelta(days=2),
    "昨日": timedelta(days=1),
}
DAYS = {
    "Reviewed in the United Kingdom on 8 April 2016": (2016, 4, 8),
    "Reviewed in the United States on October 20, 2023": (2023, 10, 20),
    "Avis laissé en France le 3 mars 2024": (2024, 3, 3),
    "Rezension aus Deutschland vom 12. März 2023": (2023, 3, 12),
    "Reseñado en España el 4 de julio de 2022": (2022, 7, 4),
    "Recensito in Italia il 7 gennaio 2021": (2021, 1, 7),
    "Avaliado no Brasil em 1 de março de 2022": (2022, 3, 1),
    "Nieuw 3 mrt. 2022": (2022, 3, 3),
    "2024年3月5日": (2024, 3, 5),
    "2024-03-05": (2024, 3, 5),
    "Reviewed March 2024": (2024, 3, 1),
    "8/20/2019": (2019, 8, 20),
    "20/8/2019": (2019, 8, 20),
    "7/7/2019": (2019, 7, 7),
    "Posté le 03.04.2024": (2024, 4, 3),
    "5-26": (2025, 5, 26),
    "5-3": (2026, 5, 3),
    "30 May at 11:02": (2025, 5, 30),
    "29 Feb": (2024, 2, 29),
}


@pytest.mark.parametrize("words", AGES)
def test_an_age_is_counted_back_from_when_it_was_seen(words: str):
    assert approximate(words, MONDAY) == MONDAY - AGES[words]


@pytest.mark.parametrize("words", DAYS)
def test_a_written_date_is_its_noon(words: str):
    assert approximate(words, MONDAY) == datetime(*DAYS[words], 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "the cake is late",
        "3/4/2024",
        "13/13/2024",
        "1.13.2024",
        "1.2.3.2024",
        "31 February 2020",
        "rated 5 stars",
        "2024-13-40",
        "999 light years",
        "1 m",
    ],
)
def test_what_cannot_be_understood_stays_words(words: str):
    assert approximate(words, MONDAY) is None


def test_nothing_was_written_after_it_was_seen():
    assert approximate("4 May 2026", MONDAY) == MONDAY
    assert approximate("5 May", MONDAY) == MONDAY


def test_no_number_is_too_old_for_the_calendar():
    assert approximate("999 years ago", MONDAY) == MONDAY - 999 * timedelta(days=365)
    assert approximate("999 years ago", datetime(500, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_of_the_language_is_known(language: str):
    names = {
        name.casefold().strip("."): number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }
    assert {name: MONTH_OF.get(name) for name in names} == names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", ["minute", "hour", "day", "week", "month", "year"])
def test_every_unit_of_the_language_is_known(language: str, unit: str):
    span = {
        "minute": 60,
        "hour": 3600,
        "day": 86_400,
        "week": 604_800,
        "month": 2_592_000,
        "year": 31_536_000,
    }[unit]
    for count in (1, 2, 5):
        said = format_timedelta(
            -timedelta(seconds=span * count), unit, 10**9, add_direction=True, format="long", locale=language
        )
        word = re.search(r"\d+\s(\w+)", said)
        assert word, said
        assert UNIT_OF[word[1].casefold()] == timedelta(seconds=span)
