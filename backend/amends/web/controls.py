"""Controls of forms and filters: fields, lists to choose from, chips."""

from functools import lru_cache
from typing import Literal

import msgspec

from amends.services.team.members import Member
from amends.web.page_kit import Typed

Options = tuple[tuple[str, str], ...]
"""What can be chosen: each value with what it is called."""

Control = Literal["chips", "select", "line", "long", "url", "day", "moment", "number", "check"]


class Field(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One question of a form, with what was typed and what was wrong with it."""

    name: str
    control: Control
    label: str
    hint: str
    required: bool
    value: str
    error: str
    options: tuple[tuple[str, str], ...]
    blank: str = "–"  # the choice of nothing; without words there is none
    unmarked: bool = False  # the form says once that it may be left out


class Select(msgspec.Struct, frozen=True):
    """One list to choose from."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


class Chip(msgspec.Struct, frozen=True):
    """A filter in use, and the address without it."""

    label: str
    without: str


def form_field(
    name: str,
    control: Control,
    label: str,
    typed: Typed,
    *,
    hint: str = "",
    required: bool = True,
    options: list[tuple[str, str]] | None = None,
) -> Field:
    """One field of a small form, with what was typed into that form and what was wrong with it."""
    return Field(
        name=name,
        control=control,
        label=label,
        hint=hint,
        required=required,
        value=typed.values.get(name, ""),
        error=typed.errors.get(name, ""),
        options=tuple(options or ()),
    )


@lru_cache(maxsize=16)
def members_to_choose(members: tuple[Member, ...]) -> Options:
    """The members to whom something can be given."""
    return tuple((str(one.id), one.name) for one in members if one.works)
