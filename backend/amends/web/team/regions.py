"""Countries, regions and time zones in the reader's language."""

from collections import Counter
from functools import lru_cache

import msgspec
from babel import Locale
from babel.dates import get_timezone_location

from amends.rules.team.zones import Place, choices, countries_with_holidays, country_of, place_of
from amends.web.team.region_names import region_name

WITH_REGIONS = ("AT", "AU", "BE", "CA", "CH", "DE", "ES", "FR", "GB", "IT", "PT", "US")
"""Countries whose holidays differ by region and that teams of ours are likely to work in."""

TERRITORIES = {
    **{f"US/{code}": code for code in ("AS", "GU", "MP", "PR", "UM", "VI")},
    **{f"FR/{code}": code for code in ("BL", "MF", "NC", "PF", "PM", "TF", "WF")},
    **{"FR/971": "GP", "FR/972": "MQ", "FR/973": "GF", "FR/974": "RE", "FR/976": "YT"},
}
"""Regions that have a table as countries, too, with the same holidays: they are listed once, as these."""

SCHOOLS = "Zone "
"""France's zones of school holidays: their public holidays are everybody's."""

Option = tuple[str, str]


class ZoneOption(msgspec.Struct, frozen=True):
    """A time zone to choose, and the public holidays that probably go with it."""

    zone: str
    name: str
    place: str


@lru_cache(maxsize=4)
def countries(language: str) -> tuple[Option, ...]:
    """`FR` or `FR/57` with its name, sorted by name: every country that has a table of holidays."""
    names = Locale(language).territories
    options = []
    for code in sorted(countries_with_holidays()):
        name = str(names.get(code, code))
        options.append((code, name))
        if code in WITH_REGIONS:
            options += [
                (f"{code}/{region}", f"{name} – {called}") for region, called in _regions(code, language)
            ]
    return tuple(sorted(options, key=lambda option: _without_accents(option[1])))


@lru_cache(maxsize=4)
def zones(language: str) -> tuple[ZoneOption, ...]:
    """The time zones by country: "Australia – Sydney", or the country alone where it has one."""
    locale = Locale(language)
    chosen = [zone for zone in choices() if zone != "UTC"]
    several = {country for country, many in Counter(map(country_of, chosen)).items() if many > 1}
    options = [
        ZoneOption(
            zone, _zone_name(zone, locale, in_full=country_of(zone) in several), place_code(place_of(zone))
        )
        for zone in chosen
    ]
    return (ZoneOption("UTC", "UTC", ""), *sorted(options, key=lambda one: _without_accents(one.name)))


def _zone_name(zone: str, locale: Locale, *, in_full: bool) -> str:
    country = country_of(zone)
    name = str(locale.territories.get(country, country))
    return f"{name} – {get_timezone_location(zone, locale=locale, return_city=True)}" if in_full else name


def place_code(place: Place | None) -> str:
    """A place as the list of public holidays names it: `FR` or `FR/57`; empty for none."""
    return listed(place.country, place.region) if place else ""


def listed(country: str, region: str) -> str:
    """A country, or a region of it, as the list has it."""
    code = f"{country}/{region}".rstrip("/")
    return TERRITORIES.get(code, code)


def _regions(country: str, language: str) -> list[Option]:
    """A country's regions; only these few countries' tables are loaded, for all 250 take seconds."""
    import holidays

    table = holidays.country_holidays(country)
    called = {code: name for name, code in table.subdivisions_aliases.items() if len(name) > 3}
    return [
        (code, region_name(country, code, language) or called.get(code, code))
        for code in table.subdivisions
        if not code.startswith(SCHOOLS) and f"{country}/{code}" not in TERRITORIES
    ]


def _without_accents(name: str) -> str:
    return name.casefold().translate(str.maketrans("éèêëàâäîïôöùûüçÉåÅ", "eeeeaaaiioouuucEaA"))
