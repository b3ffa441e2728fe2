"""Form of a policy: amounts and units."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from amends.i18n import gettext as _
from amends.rules.team.policies import LONGEST, NEVER_OWED, ON_THE_CLOCK, OWN, SMALL_SHOP, Policy, WrongPolicy
from amends.rules.team.terms import Row, Term, Unit
from amends.rules.vocabulary import Severity
from amends.web import page_kit
from amends.web.labels import label
from amends.web.team.labels import terms


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One time, to read and to fill in; `fixed` ones are never owed."""

    name: str
    severity: str
    amount: str
    unit: str
    words: str
    error: str
    fixed: bool


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One duty with its four times, and the units that it may be counted in."""

    name: str
    label: str
    cells: tuple[Cell, ...]
    units: tuple[tuple[str, str], ...]


Typed = Mapping[str, Any]


def typed_of(policy: Policy) -> dict[str, Any]:
    """What the form shows of a policy."""
    typed: dict[str, Any] = {
        "second_chance_days": [str(day) for day in sorted(policy.second_chance_days)],
        "back_to_pool": policy.back_to_pool.value if policy.back_to_pool else "",
    }
    for row, cells in policy.rows.items():
        for severity, given in zip(Severity, cells, strict=True):
            typed[f"{row}-{severity}"] = str(given.amount) if given else ""
            typed[f"{row}-{severity}-unit"] = given.unit.value if given else ""
    return typed


def typed_again(typed: page_kit.Typed) -> dict[str, Any]:
    """What was typed; the days are many."""
    return {**typed.values, "second_chance_days": typed.several.get("second_chance_days", ())}


async def policy_in(here: page_kit.Here) -> Policy:
    """The policy that was sent. Raises WrongPolicy."""
    return policy_of(typed_again(page_kit.Typed(values=await here.typed(), several=await here.several())))


def policy_of(typed: Typed) -> Policy:
    """The policy that was typed. Raises WrongPolicy with a sentence for each cell that is wrong."""
    amounts = [(name, amount) for name, amount in _amounts(typed) if amount]
    wrong = {name: _("Choose one from the list.") for name, _amount in amounts if not _unit(name, typed)}
    least = typed.get("back_to_pool", "")
    if least not in {"", *Severity}:
        wrong["back_to_pool"] = _("Choose one from the list.")
    wrong |= {name: _number_wanted() for name, amount in amounts if not _is_number(amount)}
    if wrong:
        raise WrongPolicy(_("Some times are not valid. Check the marked ones."), fields=wrong)
    days = {day for day in typed.get("second_chance_days", ()) if day in tuple("0123456")}
    rows = {row: _row(row, typed) for row in SMALL_SHOP.rows}
    return Policy(OWN, rows, frozenset(int(day) for day in days), Severity(least) if least else None)


def lines(typed: Typed, wrong: Mapping[str, str]) -> list[Line]:
    """The table as the page shows it, with what was typed."""
    return [
        Line(
            name=row,
            label=terms.duty(row),
            cells=tuple(_cell(row, severity, typed, wrong) for severity in Severity),
            units=tuple(unit for unit in terms.units() if _fits(row, Unit(unit[0]))),
        )
        for row in SMALL_SHOP.rows
    ]


def _cell(row: str, severity: Severity, typed: Typed, wrong: Mapping[str, str]) -> Cell:
    name = f"{row}-{severity}"
    given = _term(name, typed) if _is_number(typed.get(name, "")) and _unit(name, typed) else None
    return Cell(
        name=name,
        severity=label(severity),
        amount=typed.get(name, ""),
        unit=typed.get(f"{name}-unit", ""),
        words=terms.term(given),
        error=wrong.get(name, ""),
        fixed=(row, severity) in NEVER_OWED,
    )


def _row(row: str, typed: Typed) -> Row:
    one, two, three, four = (_term(f"{row}-{severity}", typed) for severity in Severity)
    return one, two, three, four


def _term(name: str, typed: Typed) -> Term | None:
    amount = typed.get(name, "")
    return Term(int(amount), Unit(_unit(name, typed))) if amount else None


def _unit(name: str, typed: Typed) -> str:
    """The unit that was chosen; empty when it is none."""
    unit = str(typed.get(f"{name}-unit", ""))
    return unit if unit in {one.value for one in Unit} else ""


def _fits(row: str, unit: Unit) -> bool:
    return row not in ON_THE_CLOCK or not Term(1, unit).is_working


def _amounts(typed: Typed) -> Iterator[tuple[str, str]]:
    for row in SMALL_SHOP.rows:
        for severity in Severity:
            yield f"{row}-{severity}", str(typed.get(f"{row}-{severity}", ""))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST))


def _number_wanted() -> str:
    return _("Enter a number from 1 to %(most)s.") % {"most": LONGEST}
