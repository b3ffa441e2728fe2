"""Proposals of longer terms where nudges are ignored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amends.rules.follow_up.kinds import KINDS
from amends.rules.nudge.figures import Figure, Told, figure
from amends.rules.team.policies import LONGEST, OWN, REGULATED_FR, REVIEWS, SMALL_SHOP, Policy, cell
from amends.rules.team.terms import Term, Unit
from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.vocabulary import Severity

LEAST = 10
"""Of fewer nudges nothing can be said."""
TOO_MANY = 60
"""So many of a hundred may be ignored before a longer time is proposed (nudge policy, 11)."""
PERIODS = (timedelta(days=30), timedelta(days=90))
"""The shorter one decides where it has enough nudges."""
QUIET_FOR = timedelta(days=90)
"""So long a proposal that was dismissed stays away."""

SET_BY_LAW = {REGULATED_FR.name: frozenset({Kind.ACKNOWLEDGE, Kind.RESOLVE_BY})}

Change = tuple[str, Severity, Term, Term]
"""A line of the policy, a severity, its time now and the longer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """More time for a kind of follow-up, because of what came of its nudges in so many days."""

    kind: Kind
    figure: Figure
    days: int
    changes: tuple[Change, ...]


def widened(given: Term) -> Term | None:
    """One and a half times a term, rounded up to what people say; None when it would be too long.

    Minutes to five, from an hour on to a quarter of an hour, whole hours being hours; hours from three days
    on to days; the others to one. Working time stays working time.
    """
    longer = given.amount * 3
    match given.unit:
        case Unit.MINUTES:
            amount = _up(longer, 2, to=5 if longer < 120 else 15)
            found = Term(amount // 60, Unit.HOURS) if amount % 60 == 0 else Term(amount, Unit.MINUTES)
        case Unit.HOURS if longer >= 144:
            found = Term(_up(longer, 48), Unit.DAYS)
        case unit:
            found = Term(_up(longer, 2), unit)
    return found if found.amount <= LONGEST else None


def is_ignored(found: Figure, *, least: int = LEAST) -> bool:
    """Whether more than 60 % of at least so many nudges were ignored."""
    return found.judged >= least and found.ignored * 100 > TOO_MANY * found.judged


def propose(
    several: Sequence[Told],
    policy: Policy,
    *,
    changed: Mapping[Kind, datetime],
    dismissed: Mapping[Kind, datetime],
    now: datetime,
) -> list[Proposal]:
    """Longer times for the kinds that are mostly ignored, each by the shortest period that has enough nudges.

    Nudges from before the kind's times were last `changed` say nothing of those that count now. `dismissed`
    tells when somebody last did not want to hear of a kind.
    """
    found = []
    for kind in Kind:
        if not _stays(kind, policy) and not is_quiet(dismissed.get(kind), now=now):
            since = changed.get(kind)
            own = [told for told in several if told.kind is kind and (not since or told.sent_at >= since)]
            found.append(_of_kind(kind, own, policy, now))
    return [proposal for proposal in found if proposal]


def is_quiet(dismissed_at: datetime | None, *, now: datetime) -> bool:
    """Whether a proposal that was dismissed then stays away now."""
    return dismissed_at is not None and now - dismissed_at < QUIET_FOR


def with_more_time(policy: Policy, proposals: Iterable[Proposal]) -> Policy:
    """The policy with the longer times of some proposals."""
    rows = dict(policy.rows)
    for proposal in proposals:
        for row, severity, _before, after in proposal.changes:
            one, two, three, four = (
                after if each is severity else term for each, term in zip(Severity, rows[row], strict=True)
            )
            rows[row] = (one, two, three, four)
    return replace(policy, name=OWN, rows=rows)


def lines_of(kind: Kind) -> tuple[str, ...]:
    """The lines of the policy from which the dates of a kind come."""
    names = (kind.value, f"{kind}_2", *((REVIEWS,) if kind is Kind.ACKNOWLEDGE else ()))
    return tuple(name for name in names if name in SMALL_SHOP.rows)


def changed_at(kind: Kind, versions: Sequence[tuple[Policy, datetime]]) -> datetime | None:
    """When the times of a kind became what they are, by the versions since then, the newest first.

    None when they are those with which everybody begins, a small shop's, and never were others.
    """
    older = [*(policy for policy, _made_at in versions[1:]), SMALL_SHOP]
    for (policy, made_at), before in zip(versions, older, strict=False):
        if any(policy.rows[line] != before.rows[line] for line in lines_of(kind)):
            return made_at
    return None


def _of_kind(kind: Kind, several: Sequence[Told], policy: Policy, now: datetime) -> Proposal | None:
    for period in PERIODS:
        within = [told for told in several if told.sent_at >= now - period]
        found = figure(within, now=now)
        if found.judged >= LEAST:
            changes = tuple(_changes(within, policy, now)) if is_ignored(found) else ()
            return Proposal(kind=kind, figure=found, days=period.days, changes=changes) if changes else None
    return None


def _changes(several: Sequence[Told], policy: Policy, now: datetime) -> Iterable[Change]:
    """The cells whose own nudges were ignored. A threat gets no more time because nobody reacted (S1)."""
    cells = dict.fromkeys((told.row, told.severity) for told in several if told.row in policy.rows)
    for row, severity in sorted(cells):
        own = figure((told for told in several if (told.row, told.severity) == (row, severity)), now=now)
        before = cell(policy, row, severity)
        after = widened(before) if before else None
        if severity is not Severity.S1 and is_ignored(own, least=1) and before and after:
            yield row, severity, before, after


def _stays(kind: Kind, policy: Policy) -> bool:
    return not KINDS[kind].gets_more_time or kind in SET_BY_LAW.get(policy.name, ())


def _up(amount: int, parts: int, *, to: int = 1) -> int:
    """`amount / parts`, rounded up to a multiple of `to`."""
    return -(-amount // (parts * to)) * to
