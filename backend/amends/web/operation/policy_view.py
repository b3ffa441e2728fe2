"""Times as one table, ready to show: its cells, the presets, and what would move."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from amends.rules.team import policies
from amends.rules.team.policies import NEVER_OWED, ON_THE_CLOCK, PRESETS, SMALL_SHOP, Policy, named, nearest
from amends.rules.team.terms import Term, Unit
from amends.rules.vocabulary import Severity
from amends.services.follow_up.policy_changes import Preview, Shift
from amends.web import dates
from amends.web.dates import Moment
from amends.web.labels import label
from amends.web.operation import policy_form
from amends.web.operation.policy_form import DAYS, POOL, Draft, Typed
from amends.web.team import rotas_view
from amends.web.team.labels import terms

Units = tuple[tuple[str, str], ...]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One time: `before` in words where it is not saved, `theirs` where the preset says another one.

    `fixed` ones are never owed; where `opened`, the amount and the unit are fields.
    """

    name: str
    severity: Severity
    words: str
    amount: str
    unit: str
    before: str
    theirs: str
    error: str
    fixed: bool
    opened: bool
    leave: str
    """Where an open one is closed again, as it was; one that is wrong as it is saved."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One duty with its four times, and the units that it may be counted in."""

    label: str
    cells: tuple[Cell, ...]
    units: Units


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """A card: `current` is "true" where the times are exactly these, "near" where they began with these."""

    name: str
    label: str
    note: str
    current: str


class Extra(msgspec.Struct, frozen=True, kw_only=True):
    """What counts for the whole table, in words; `before` where it is not saved."""

    name: str
    words: str
    before: str
    error: str
    opened: bool
    leave: str


class ShiftShown(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that would move, ready to show."""

    number: int
    kind: str
    before: Moment
    after: Moment


class Moving(msgspec.Struct, frozen=True):
    """How many due dates would move, and the first of them."""

    count: int
    shifts: list[ShiftShown]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of it; `base` is what the preset nearest to it is called, from which it may differ."""

    base: str
    presets: tuple[Preset, ...]
    lines: tuple[Line, ...]
    days: Extra
    pool: Extra
    changes: int
    is_apart: bool


class _Sides(msgspec.Struct, frozen=True, kw_only=True):
    """What each cell is compared with, and which ones are open."""

    draft: Draft
    saved: Typed
    standing: Policy
    base: Policy
    opened: str
    wrong: Mapping[str, str]

    def is_open(self, name: str) -> bool:
        return name == self.opened or name in self.wrong

    def leave(self, name: str) -> str:
        """The address at which a cell is closed again."""
        return self.draft.address(without=name if name in self.wrong else "") if self.is_open(name) else ""


def table(draft: Draft, shown: Policy, standing: Policy, *, opened: str, wrong: Mapping[str, str]) -> Table:
    """The draft beside what counts today and beside the preset nearest to `shown`, the policy that it makes.

    What is wrong is open, and so is the cell that somebody wants to change.
    """
    sides = _Sides(
        draft=draft,
        saved=policy_form.typed_of(standing),
        standing=standing,
        base=nearest(shown),
        opened=opened,
        wrong=wrong,
    )
    lines, days, pool = tuple(_line(row, sides) for row in SMALL_SHOP.rows), _days(sides), _pool(sides)
    changed = [cell for line in lines for cell in line.cells if cell.before]
    return Table(
        base=terms.policy(sides.base.name),
        presets=tuple(_preset(one, sides.base, shown) for one in PRESETS.values()),
        lines=lines,
        days=days,
        pool=pool,
        is_apart=any(cell.theirs for line in lines for cell in line.cells),
        changes=len(changed) + bool(days.before) + bool(pool.before),
    )


def moving(found: Preview, *, now: datetime) -> Moving:
    """What would move, ready to show."""
    return Moving(found.count, [_shift(one, now) for one in found.first])


def _shift(given: Shift, now: datetime) -> ShiftShown:
    return ShiftShown(
        number=given.number,
        kind=label(given.kind),
        before=dates.moment(given.before, now=now),
        after=dates.moment(given.due.at, now=now),
    )


def _preset(given: Policy, base: Policy, shown: Policy) -> Preset:
    near = "near" if given is base else ""
    return Preset(
        name=given.name,
        label=terms.policy(given.name),
        note=terms.note(given.name),
        current="true" if named(shown).name == given.name else near,
    )


def _line(row: str, sides: _Sides) -> Line:
    return Line(
        label=terms.duty(row),
        cells=tuple(_cell(row, severity, sides) for severity in Severity),
        units=tuple(unit for unit in terms.units() if _fits(row, Unit(unit[0]))),
    )


def _cell(row: str, severity: Severity, sides: _Sides) -> Cell:
    name = f"{row}-{severity}"
    given, theirs = policy_form.term_in(sides.draft.typed, name), policies.cell(sides.base, row, severity)
    keeps = all(sides.draft.typed[field] == sides.saved[field] for field in (name, f"{name}-unit"))
    return Cell(
        name=name,
        severity=severity,
        words=terms.brief(given),
        amount=sides.draft.typed[name],
        unit=policy_form.unit_in(sides.draft.typed, name),
        before="" if keeps else terms.brief(policies.cell(sides.standing, row, severity)),
        theirs="" if given == theirs else terms.brief(theirs),
        error=sides.wrong.get(name, ""),
        fixed=(row, severity) in NEVER_OWED,
        opened=sides.is_open(name),
        leave=sides.leave(name),
    )


def _days(sides: _Sides) -> Extra:
    return _extra(DAYS, lambda chosen: rotas_view.days(frozenset(map(int, chosen))), sides)


def _pool(sides: _Sides) -> Extra:
    return _extra(POOL, dict(terms.back_to_pool()).get, sides)


def _extra(name: str, in_words: Callable[[Any], str | None], sides: _Sides) -> Extra:
    typed, saved = sides.draft.typed[name], sides.saved[name]
    return Extra(
        name=name,
        words=in_words(typed) or "–",
        before="" if typed == saved else in_words(saved) or "–",
        error=sides.wrong.get(name, ""),
        opened=sides.is_open(name),
        leave=sides.leave(name),
    )


def _fits(row: str, unit: Unit) -> bool:
    return row not in ON_THE_CLOCK or not Term(1, unit).is_working
