"""Which countries, regions and time zones may a team choose, in the reader's language?"""

from functools import lru_cache
from zoneinfo import available_timezones

import holidays
from babel import Locale

WITH_REGIONS = ("AT", "AU", "BE", "CA", "CH", "DE", "ES", "FR", "GB", "IT", "PT", "US")
"""Countries whose holidays differ by region and that teams of ours are likely to work in."""

NOT_PLACES = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")

Option = tuple[str, str]


@lru_cache(maxsize=4)
def countries(language: str) -> tuple[Option, ...]:
    """`FR` or `FR/57` with its name, sorted by name: every country that has a table of holidays."""
    names = Locale(language).territories
    options = []
    for code, regions in holidays.list_supported_countries(include_aliases=False).items():
        name = str(names.get(code, code))
        options.append((code, name))
        if code in WITH_REGIONS:
            called = _region_names(code)
            options += [
                (f"{code}/{region}", f"{name} – {called.get(region, region)}")
                for region in regions
                if region not in names  # an island with a code of its own stands for itself
            ]
    return tuple(sorted(options, key=lambda option: _without_accents(option[1])))


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """The IANA time zones that are named for a place, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(NOT_PLACES))
    return ("UTC", *sorted(places))


def _region_names(country: str) -> dict[str, str]:
    aliases: dict[str, str] = getattr(holidays.country_holidays(country), "subdivisions_aliases", {})
    return {code: name for name, code in aliases.items() if len(name) > 3}


def _without_accents(name: str) -> str:
    return name.casefold().translate(str.maketrans("éèêëàâäîïôöùûüçÉåÅ", "eeeeaaaiioouuucEaA"))
