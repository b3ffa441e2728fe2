"""Time zones to choose from, and the country whose public holidays go with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

REGIONS: Mapping[str, str] = {
    "America/Anchorage": "AK",
    "America/Edmonton": "AB",
    "America/Halifax": "NS",
    "America/Phoenix": "AZ",
    "America/Regina": "SK",
    "America/St_Johns": "NL",
    "America/Vancouver": "BC",
    "America/Winnipeg": "MB",
    "Atlantic/Azores": "20",
    "Atlantic/Canary": "CN",
    "Atlantic/Madeira": "30",
    "Australia/Adelaide": "SA",
    "Australia/Brisbane": "QLD",
    "Australia/Darwin": "NT",
    "Australia/Hobart": "TAS",
    "Australia/Melbourne": "VIC",
    "Australia/Perth": "WA",
    "Australia/Sydney": "NSW",
    "Pacific/Honolulu": "HI",
}
"""Zones in which nearly everybody lives in one region (ISO 3166-2) whose holidays are its own."""

SAMPLES = [datetime(2030, 1, 1, 12, tzinfo=UTC) + timedelta(days=5 * number) for number in range(146)]
"""Two years of every fifth day: zones of a country whose clocks agree in them are one choice."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where public holidays are the same: a country (ISO 3166), or a region of it."""

    country: str
    region: str = ""


@lru_cache(maxsize=1)
def choices() -> tuple[str, ...]:
    """One IANA zone for each country and each way in which its clocks go, and UTC; no aliases.

    Of several it is the most populous that tzdata names, else its first. Those of `REGIONS` are all there.
    """
    largest = {zone for _code, zone in _rows("zonenow.tab")}
    groups: dict[tuple[str, tuple[timedelta | None, ...]], list[str]] = {}
    for country, zone in _rows("zone.tab"):
        groups.setdefault((country, _offsets(zone)), []).append(zone)
    found = {next((zone for zone in group if zone in largest), group[0]) for group in groups.values()}
    return ("UTC", *sorted(found | set(REGIONS)))


def present_name(zone: str) -> str:
    """What an alias is called today ("Asia/Calcutta" is Asia/Kolkata); any other zone as it is."""
    return zone if zone in _countries() else _links().get(zone, zone)


def place_of(zone: str) -> Place | None:
    """The place whose public holidays probably go with a zone; None where the holidays of none are known."""
    name = present_name(zone)
    country = country_of(name)
    return Place(country, REGIONS.get(name, "")) if country in countries_with_holidays() else None


def country_of(zone: str) -> str:
    """The country (ISO 3166) in which a zone is; empty for UTC and for an alias."""
    return _countries().get(zone, "")


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    return {zone: country for country, zone in _rows("zone.tab")}


@lru_cache(maxsize=1)
def _links() -> Mapping[str, str]:
    """The zone that each alias is a name of (`L` lines of tzdata.zi: target, alias)."""
    text = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if line.startswith("L "))
    return {alias: zone for _letter, zone, alias in lines if zone in _countries()}


@lru_cache(maxsize=1)
def countries_with_holidays() -> frozenset[str]:
    """The countries (ISO 3166) whose public holidays are known."""
    from holidays.registry import COUNTRIES  # six megabytes, asked for by few pages

    return frozenset(codes[1] for codes in COUNTRIES.values())


def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    clock = ZoneInfo(zone)
    return tuple(at.astimezone(clock).utcoffset() for at in SAMPLES)


def _rows(table: str) -> list[tuple[str, str]]:
    """Country and zone of each line of a table of tzdata."""
    text = files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(cells[0], cells[2]) for cells in lines]
