"""Countries, regions and time zones in the reader's language."""

from functools import lru_cache
from zoneinfo import available_timezones

import holidays
from babel import Locale
from holidays.registry import COUNTRIES

WITH_REGIONS = ("AT", "AU", "BE", "CA", "CH", "DE", "ES", "FR", "GB", "IT", "PT", "US")
"""Countries whose holidays differ by region and that teams of ours are likely to work in."""

NOT_PLACES = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")

SCHOOLS = "Zone "
"""France's zones of school holidays: their public holidays are everybody's."""

Option = tuple[str, str]


@lru_cache(maxsize=4)
def countries(language: str) -> tuple[Option, ...]:
    """`FR` or `FR/57` with its name, sorted by name: every country that has a table of holidays."""
    names = Locale(language).territories
    options = []
    for code in sorted({codes[1] for codes in COUNTRIES.values()}):
        name = str(names.get(code, code))
        options.append((code, name))
        if code in WITH_REGIONS:
            options += [(f"{code}/{region}", f"{name} – {called}") for region, called in _regions(code)]
    return tuple(sorted(options, key=lambda option: _without_accents(option[1])))


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The IANA time zones that are named for a place, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(NOT_PLACES))
    return ("UTC", *sorted(places))


def _regions(country: str) -> list[Option]:
    """A country's regions; only these few countries' tables are loaded, for all 250 take seconds."""
    table = holidays.country_holidays(country)
    called = {code: name for name, code in table.subdivisions_aliases.items() if len(name) > 3}
    return [(code, called.get(code, code)) for code in table.subdivisions if not code.startswith(SCHOOLS)]


def _without_accents(name: str) -> str:
    return name.casefold().translate(str.maketrans("éèêëàâäîïôöùûüçÉåÅ", "eeeeaaaiioouuucEaA"))
