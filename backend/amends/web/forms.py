"""Form decoding into structs, with a sentence for every wrong field."""

import re
import types
import typing
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.outside_dates import EARLIEST, is_plausible
from amends.web.requests import visit

Form = TypeVar("Form", bound=msgspec.Struct)

WITHOUT_SECONDS = re.compile(r"(\d{4}-\d\d-\d\dT)?\d\d:\d\d")
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
YEARS_AHEAD = 10
"""No follow-up, promise or absence lies further ahead; a year with a slip in it does."""
OWN_FIELD = "field-"
"""Before the name of a field of the team's own, which may be called as they like."""
YES = ("on", "true", "1", "yes")


class FormIsIncomplete(Invalid):
    """Something in the form is missing or wrong."""


async def typed(request: Request[Any, Any, Any]) -> dict[str, str]:
    """What was typed, to be shown again beside what is wrong; never a password."""
    form = await request.form()
    return {
        name: clean(value)
        for name, value in form.multi_items()
        if isinstance(value, str) and ("pass" not in name or name.startswith(OWN_FIELD))
    }


async def decode(request: Request[Any, Any, Any], shape: type[Form]) -> Form:
    """The form as a struct; unknown fields are left out. Raises FormIsIncomplete with a sentence per field.

    An empty field is absent, a box that is not ticked is false, a time without a zone is the reader's.
    """
    form = await request.form()
    zone, last_year = ZoneInfo(visit(request).zone), visit(request).now.year + YEARS_AHEAD
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    hints = typing.get_type_hints(shape, include_extras=True)
    for field in msgspec.structs.fields(shape):
        given = _given(form, field.encode_name, hints[field.name])
        if given is None or given == []:
            if field.required:
                wrong[field.encode_name] = _("Fill in this field.")
            continue
        try:
            value = msgspec.convert(given, hints[field.name], strict=False)
            if isinstance(value, date) and not EARLIEST.year <= value.year <= last_year:
                wrong[field.encode_name] = _("Enter a date between 1990 and %(year)s.") % {"year": last_year}
                continue
            values[field.name] = _in_zone(value, zone)
        except msgspec.ValidationError as error:
            wrong[field.encode_name] = _sentence(hints[field.name], str(error))
    if wrong:
        raise FormIsIncomplete(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    return shape(**values)


def moment_of(text: str, *, zone: str) -> datetime:
    """An instant as a field of date and time sends it, on a wall clock of that zone.

    Raises FormIsIncomplete.
    """
    given = f"{text}:00" if WITHOUT_SECONDS.fullmatch(text) else text
    try:
        moment = msgspec.convert(given, datetime, strict=False)
    except msgspec.ValidationError:
        raise FormIsIncomplete(_("Enter a date, such as 2026-03-28.")) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    if not is_plausible(aware):
        raise FormIsIncomplete(_("Enter a date between 1990 and 2100."))
    return aware.astimezone(UTC)


def clean(text: str) -> str:
    """Text without what no keyboard sends and databases refuse (R-47); lines end in one way."""
    return NOT_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _given(form: FormMultiDict, name: str, kind: Any) -> Any:  # noqa: ANN401 - a type as written
    texts = [clean(value).strip() for value in form.getall(name, []) if isinstance(value, str)]
    texts = [f"{text}:00" if WITHOUT_SECONDS.fullmatch(text) else text for text in texts if text]
    base = _base(kind)
    if base in (list, tuple, set, frozenset):
        return texts
    if base is bool:
        return bool(texts) and texts[-1].lower() in YES
    return texts[-1] if texts else None


def _base(kind: Any) -> Any:  # noqa: ANN401 - a type as written
    """The plain type inside `X | None` and `Annotated[X, ...]`."""
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _base(typing.get_args(kind)[0])
    if origin in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(kind) if part is not type(None)]
        return _base(inner[0]) if len(inner) == 1 else kind
    return origin or kind


def _in_zone(value: Any, zone: ZoneInfo) -> Any:  # noqa: ANN401 - whatever the field holds
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=zone).astimezone(UTC)
    return value


def _sentence(kind: Any, reason: str) -> str:  # noqa: ANN401 - a type as written
    base = _base(kind)
    if "length <=" in reason and (limit := re.search(r"length <= (\d+)", reason)):
        return _("Use at most %(count)s characters.") % {"count": limit[1]}
    if isinstance(base, type) and issubclass(base, Enum):
        return _("Choose one from the list.")
    if base in (int, float):
        return _("Enter a number.")
    if base is time:
        return _("Enter a time of day, such as 09:00.")
    if base in (date, datetime):
        return _("Enter a date, such as 2026-03-28.")
    return _("This value is not valid here. Check it.")
