"""Form of a policy: amounts and units, and the draft that an address or a form carries."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from amends.i18n import gettext as _
from amends.rules.team.policies import LONGEST, OWN, PRESETS, SMALL_SHOP, Policy, WrongPolicy
from amends.rules.team.terms import Row, Term, Unit
from amends.rules.vocabulary import Severity

PAGE = "/settings/policy"
DAYS = "second_chance_days"
POOL = "back_to_pool"

Typed = Mapping[str, Any]
Fields = list[tuple[str, str]]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Times that somebody tries, not saved: a policy or a `preset`, and what they typed over it."""

    preset: str
    start: Typed
    typed: Typed

    def fields(self, *, without: str = "") -> Fields:
        """What an address or a form carries of it: the preset, and whatever is otherwise; but one cell."""
        named = [("preset", self.preset)] if self.preset else []
        return named + [
            (name, value)
            for name in (*_names(), POOL, DAYS)
            if not is_of(name, without) and self.typed[name] != self.start[name]
            for value in _values(self.typed[name])
        ]

    def address(self, *, without: str = "") -> str:
        """The page that shows it."""
        fields = self.fields(without=without)
        return f"{PAGE}?{urlencode(fields)}" if fields else PAGE

    def policy(self) -> Policy:
        """The policy that it makes. Raises WrongPolicy with a sentence for each cell that is wrong."""
        return policy_of(self.typed)


def draft(
    given: Mapping[str, str], days: Sequence[str] | None, *, standing: Policy, widened: Policy | None = None
) -> Draft:
    """What an address or a form asks for: `days` are those of second chances, None where it says nothing.

    `widened` has the longer times that are proposed, where these are asked for.
    """
    preset = given.get("preset", "")
    start = typed_of(PRESETS.get(preset, standing))
    typed = dict(typed_of(widened)) if widened else dict(start)
    typed |= {name: given[name] for name in (*_names(), POOL) if name in given}
    if days is not None:
        typed[DAYS] = sorted({day for day in days if day in tuple("0123456")})
    return Draft(preset=preset if preset in PRESETS else "", start=start, typed=typed)


def typed_of(policy: Policy) -> Typed:
    """What the form shows of a policy."""
    typed: dict[str, Any] = {
        DAYS: [str(day) for day in sorted(policy.second_chance_days)],
        POOL: policy.back_to_pool.value if policy.back_to_pool else "",
    }
    for row, cells in policy.rows.items():
        for severity, given in zip(Severity, cells, strict=True):
            typed[f"{row}-{severity}"] = str(given.amount) if given else ""
            typed[f"{row}-{severity}-unit"] = given.unit.value if given else ""
    return typed


def policy_of(typed: Typed) -> Policy:
    """The policy that was typed. Raises WrongPolicy with a sentence for each cell that is wrong."""
    amounts = [(name, typed[name]) for name in cells() if typed[name]]
    wrong = {name: _("Choose one from the list.") for name, _amount in amounts if not unit_in(typed, name)}
    least = typed[POOL]
    if least not in {"", *Severity}:
        wrong[POOL] = _("Choose one from the list.")
    wrong |= {name: _number_wanted() for name, amount in amounts if not _is_number(amount)}
    if wrong:
        raise WrongPolicy(_("Some times are not valid. Check the marked ones."), fields=wrong)
    rows = {row: _row(row, typed) for row in SMALL_SHOP.rows}
    days = frozenset(int(day) for day in typed[DAYS])
    return Policy(OWN, rows, days, Severity(least) if least else None)


def cells() -> Iterator[str]:
    """The name of each cell: its row and its severity."""
    return (f"{row}-{severity}" for row in SMALL_SHOP.rows for severity in Severity)


def term_in(typed: Typed, name: str) -> Term | None:
    """The time that was typed into a cell; None where that is nothing, or nothing that can be counted."""
    amount, unit = typed[name], unit_in(typed, name)
    return Term(int(amount), Unit(unit)) if unit and _is_number(amount) else None


def unit_in(typed: Typed, name: str) -> str:
    """The unit that was chosen for a cell; empty when it is none."""
    unit = str(typed.get(f"{name}-unit", ""))
    return unit if unit in {one.value for one in Unit} else ""


def is_of(field: str, cell: str) -> bool:
    """Whether a field of the form belongs to a cell: its amount or its unit."""
    return field in {cell, f"{cell}-unit"}


def _names() -> Iterator[str]:
    return (field for name in cells() for field in (name, f"{name}-unit"))


def _values(value: str | list[str]) -> list[str]:
    """A value as the fields of a form; the days begin with an empty one, so that none of them is said too."""
    return [value] if isinstance(value, str) else ["", *value]


def _row(row: str, typed: Typed) -> Row:
    one, two, three, four = (term_in(typed, f"{row}-{severity}") for severity in Severity)
    return one, two, three, four


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST))


def _number_wanted() -> str:
    return _("Enter a number from 1 to %(most)s.") % {"most": LONGEST}
