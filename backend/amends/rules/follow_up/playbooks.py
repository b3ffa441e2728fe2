"""Playbooks: what may be written in one, which fits a case, how far a checklist has come (P45, P51)."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol, TypeVar

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.calendars import Calendars, add_working, next_open
from amends.rules.vocabulary import Nature, PlaybookSubject, Severity, StepKind, StepState

MOST_STEPS = 30
LONGEST_NAME, LONGEST_STEP = 80, 300
MOST_HOURS = 999
"""Hours after the start until which a step may be due: of work, or by the clock as `by_the_clock` says."""
VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,29}")
"""What an answer may be called in the braces of a prepared reply."""


class WrongPlaybook(Invalid):
    "This playbook cannot be saved."


@dataclass(frozen=True, slots=True)
class GivenStep:
    """One step as a lead wrote it; `row` is its line of the form."""

    row: int
    words: str
    kind: StepKind = StepKind.DO
    variable: str = ""
    within_hours: int | None = None


def check(name: str, steps: Sequence[GivenStep], *, taken: Collection[str] = ()) -> None:
    """Raises WrongPlaybook with a sentence for each wrong field; `taken` are variables with another meaning.

    The fields of a step end in the number of its row: `words-3`, `variable-3`, `hours-3`.
    """
    wrong = {} if name else {"name": _("Give it a name that colleagues will recognise.")}
    if len(name) > LONGEST_NAME:
        wrong["name"] = _("Use at most %(count)s characters.") % {"count": LONGEST_NAME}
    if not steps:
        wrong["words-1"] = _("Write at least one step.")
    if len(steps) > MOST_STEPS:
        wrong[f"words-{steps[MOST_STEPS].row}"] = _("Use at most %(count)s steps.") % {"count": MOST_STEPS}
    seen: set[str] = set()
    for one in steps:
        wrong |= _wrong_in(one, taken={*taken, *seen})
        seen.add(one.variable)
    if wrong:
        raise WrongPlaybook(_("Something is missing or wrong. Check the marked fields."), fields=wrong)


def _wrong_in(one: GivenStep, *, taken: Collection[str]) -> dict[str, str]:
    wrong = {}
    if len(one.words) > LONGEST_STEP:
        wrong[f"words-{one.row}"] = _("Use at most %(count)s characters.") % {"count": LONGEST_STEP}
    if one.within_hours is not None and not 1 <= one.within_hours <= MOST_HOURS:
        wrong[f"hours-{one.row}"] = _("Use a number from 1 to %(most)s.") % {"most": MOST_HOURS}
    if one.variable and (sentence := _wrong_variable(one, taken)):
        wrong[f"variable-{one.row}"] = sentence
    return wrong


def _wrong_variable(one: GivenStep, taken: Collection[str]) -> str:
    if one.kind is not StepKind.ASK:
        return _("Only a question has an answer that replies can use.")
    if not VARIABLE.fullmatch(one.variable):
        return _("Use lower-case letters without accents, digits and _, such as order_number.")
    return _("This name is already used. Choose another one.") if one.variable in taken else ""


LONGEST_BY_THE_CLOCK = 8
"""Hours."""


def by_the_clock(subject: PlaybookSubject) -> bool:
    """Whether the hours of its steps run day and night: a threat does not wait for the office."""
    return subject is PlaybookSubject.THREAT


def due_at(
    subject: PlaybookSubject, hours: int, *, start: datetime, calendars: Calendars, severity: Severity | None
) -> datetime:
    """When a step is due that is to be done within so many hours of the start.

    What a threat leaves more than `LONGEST_BY_THE_CLOCK` for is not asked of anybody at night, nor of whoever
    is on duty: it falls into the hours of the team.
    """
    if by_the_clock(subject):
        at = start + timedelta(hours=hours)
        return at if hours <= LONGEST_BY_THE_CLOCK else next_open(calendars.team, at)
    return add_working(calendars.of(severity), start, hours * 3_600)


class Fit(IntEnum):
    """Why a playbook fits a case; the lowest comes first: what is dangerous, then what is most specific."""

    DANGER = 0
    THEME = 1
    WIDER_THEME = 2
    NATURE = 3
    SEVERITY = 4


DANGERS = frozenset({Nature.THREAT, Nature.HARASSMENT, Severity.S1})
"""Of these the playbook comes before that of a theme (P68)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a case: its themes, and the wider ones that these stand under, by their ids."""

    themes: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()
    nature: Nature | None = None
    severity: Severity | None = None


class Offered(Protocol):
    """What the choice looks at."""

    @property
    def name(self) -> str: ...
    @property
    def subject(self) -> PlaybookSubject: ...
    @property
    def about(self) -> str: ...


Playbook = TypeVar("Playbook", bound=Offered)


def fitting(playbooks: Iterable[Playbook], case: About) -> list[tuple[Playbook, Fit]]:
    """The playbooks that fit a case with the reason, the best first."""
    found = [(one, fit) for one in playbooks if (fit := fit_of(one, case)) is not None]
    return sorted(found, key=lambda pair: (pair[1], pair[0].name.casefold()))


def fit_of(playbook: Offered, case: About) -> Fit | None:
    """Why it fits the case; None where it does not, as the threat plan, which one press starts."""
    if playbook.subject is PlaybookSubject.THREAT:
        return None
    about = playbook.about
    if playbook.subject is PlaybookSubject.THEME:
        return Fit.THEME if about in case.themes else Fit.WIDER_THEME if about in case.wider else None
    known, fit = (
        (case.nature, Fit.NATURE)
        if playbook.subject is PlaybookSubject.NATURE
        else (case.severity, Fit.SEVERITY)
    )
    if known is None or about != known.value:
        return None
    return Fit.DANGER if known in DANGERS else fit


def settled(states: Iterable[StepState]) -> int:
    """How many steps are done or skipped."""
    return sum(state is not StepState.OPEN for state in states)
