"""Public holidays, from the offline `holidays` library, which is loaded with the first question."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from amends.errors import Invalid
from amends.i18n import gettext as _


class UnknownCountry(Invalid):
    "No public holidays are known for this country and region."


@lru_cache(maxsize=512)
def holidays_of(
    country: str, subdivision: str | None, year: int, language: str | None = None
) -> Mapping[date, str]:
    """The public holidays of a country (ISO 3166 code) and region in one year, with their names.

    Names are in `language` where the table has it, else in English, else in the country's own language:
    never in that of the machine, which the library would look up.
    Raises UnknownCountry when the code or the region is not in the table.
    """
    import holidays

    try:
        spoken = holidays.country_holidays(country, subdiv=subdivision or None, expand=False)
        names = next((name for name in (language, "en_US") if name in spoken.supported_languages), None)
        days = holidays.country_holidays(
            country,
            subdiv=subdivision or None,
            years=year,
            expand=False,
            language=names or spoken.default_language,
        )
    except (NotImplementedError, KeyError) as unknown:
        sentence = _("Choose a country and region from the list, or leave them empty.")
        raise UnknownCountry(sentence, fields={"country": sentence}) from unknown
    return dict(days.items())


def holiday_name(
    country: str | None, subdivision: str | None, day: date, language: str | None = None
) -> str | None:
    """The name of the public holiday on that day, or None."""
    if country is None:
        return None
    return holidays_of(country, subdivision, day.year, language).get(day)
