"""Policies: terms by follow-up kind and severity, with four presets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.terms import Row, Term, Unit, bd, bh, days, hours, minutes
from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.vocabulary import Severity

REVIEWS = "acknowledge_review"
"""Acknowledging on a site of reviews, where half of the people expect an answer within a week."""
LIMIT = "acknowledge_limit"
"""On a social account, the latest on the clock while the team works, whatever working time is left."""
OWN = "own"
OWED_AT_WILL = frozenset({Kind.RESOLVE_BY.value, LIMIT})
NEVER_OWED = frozenset({("wait_ping_2", Severity.S4), (Kind.SECOND_CHANCE.value, Severity.S4)})
"""A rant is written to once while we wait, and gets no second chance (P54, P56)."""
ON_THE_CLOCK = frozenset({LIMIT, Kind.SECOND_CHANCE.value})
SECOND_CHANCE_FROM = 7
LONGEST = 999

Rows = Mapping[str, Row]


class WrongPolicy(Invalid):
    "These times are not valid."


@dataclass(frozen=True, slots=True)
class Policy:
    """Times by duty (`rows`, a kind or one of its variants) and severity, and the days of second chances.

    `kind_2` is the second occurrence and all later ones. Where a stage owes nothing else, its row has a term
    for every severity, because an open case always owes something.
    Raises WrongPolicy with a sentence for each cell (`row-severity`) that makes no sense.
    """

    name: str
    rows: Rows
    second_chance_days: frozenset[int] = frozenset({1, 2, 3})
    """Tuesday to Thursday: not while people come back from a week-end or leave for one (0 is Monday)."""
    back_to_pool: Severity | None = None
    """At the end of its ladder a case of this severity or a worse one goes back to the pool; None: never."""

    def __post_init__(self) -> None:
        wrong = {f"{row}-{severity}": sentence for row, severity, sentence in _wrong_cells(self.rows)}
        if not self.second_chance_days <= frozenset(range(7)) or not self.second_chance_days:
            wrong["second_chance_days"] = _("Choose at least one day.")
        if wrong:
            raise WrongPolicy(_("Some times are not valid. Check the marked ones."), fields=wrong)


def term(
    policy: Policy, kind: Kind, severity: Severity | None, *, occurrence: int = 1, review_site: bool = False
) -> Term | None:
    """The term for a duty; a case that is not weighed yet counts as S3. None when there is none."""
    name = row_of(kind, occurrence=occurrence, review_site=review_site)
    return cell(policy, name, severity) if name in policy.rows else None


def row_of(kind: Kind, *, occurrence: int, review_site: bool) -> str:
    """The row that has the term of a duty; one that is in no policy for dates that members choose.

    What came back is looked at as soon as what is new.
    """
    if review_site and kind is Kind.ACKNOWLEDGE:
        return REVIEWS
    if kind is Kind.CAME_BACK:
        return Kind.TRIAGE.value
    later = f"{kind}_2"
    return later if occurrence > 1 and later in SMALL_SHOP.rows else kind.value


def cell(policy: Policy, row: str, severity: Severity | None) -> Term | None:
    """One cell of the table; a case that is not weighed yet counts as S3."""
    return policy.rows[row][list(Severity).index(severity or Severity.S3)]


def longest(policy: Policy) -> timedelta:
    """The longest term of all, on the clock: a week of work is five days, a day of work eight hours."""
    return max(_on_the_clock(term) for terms in policy.rows.values() for term in terms if term)


@lru_cache(maxsize=256)
def _on_the_clock(term: Term) -> timedelta:
    days = {
        Unit.MINUTES: term.amount / (24 * 60),
        Unit.HOURS: term.amount / 24,
        Unit.DAYS: term.amount,
        Unit.WORKING_HOURS: term.amount / 8 * 7 / 5,
        Unit.WORKING_DAYS: term.amount * 7 / 5,
    }
    return timedelta(days=days[term.unit])


def goes_back(policy: Policy, severity: Severity | None) -> bool:
    """Whether a case that nobody moved goes back to the pool; one that is not weighed yet counts as S3."""
    order = list(Severity)
    least = policy.back_to_pool
    return least is not None and order.index(severity or Severity.S3) <= order.index(least)


def _wrong_cells(rows: Rows) -> Iterator[tuple[str, Severity, str]]:
    for row, terms in rows.items():
        for severity, given in zip(Severity, terms, strict=True):
            if sentence := _complaint(row, severity, given):
                yield row, severity, sentence


def _complaint(row: str, severity: Severity, given: Term | None) -> str:
    if given is None:
        empty = row in OWED_AT_WILL or (row, severity) in NEVER_OWED
        return "" if empty else _("Enter a time: without one, nothing would ever be due at this stage.")
    if not 1 <= given.amount <= LONGEST:
        return _("Enter a number from 1 to %(most)s.") % {"most": LONGEST}
    if row in ON_THE_CLOCK and given.is_working:
        return _("This one must be in real time, 24/7.")
    if row == Kind.SECOND_CHANCE and (given.unit is not Unit.DAYS or given.amount < SECOND_CHANCE_FROM):
        return _("A second chance needs at least %(least)s days.") % {"least": SECOND_CHANCE_FROM}
    return ""


SMALL_SHOP = Policy(
    "small_shop",
    {
        "triage": (minutes(30), bh(1), bh(2), bd(1)),
        "acknowledge": (hours(1), bh(2), bh(4), bd(1)),
        LIMIT: (None, None, hours(24), None),
        REVIEWS: (bh(4), bd(1), bd(2), bd(3)),
        "approval": (minutes(15), bh(1), bh(2), bh(4)),
        "contact": (hours(2), bh(4), bd(1), bd(5)),
        "next_step": (bh(4), bd(1), bd(2), bd(5)),
        "resolve_by": (bd(2), bd(5), bd(10), None),
        "wait_ping": (bd(1), bd(2), bd(3), bd(5)),
        "wait_ping_2": (bd(3), bd(5), bd(8), None),
        "wait_close": (bd(7), bd(10), bd(15), bd(10)),
        "confirm_fix": (bd(1), bd(2), bd(2), bd(5)),
        "second_chance": (days(14), days(21), days(21), None),
        "check_in_answer": (days(10), days(10), days(10), days(10)),
        "escalation_review": (hours(4), bd(1), bd(2), bd(5)),
        "watch_review": (hours(24), hours(48), hours(48), days(7)),
        "watch_review_2": (hours(24), hours(48), days(7), days(7)),
        "watch_close": (days(60), days(30), days(30), days(21)),
    },
)
"""People expect an answer within 4 h on a social account, within days on a site of reviews.

Contact, which is optional for a rant, and confirming a fix have 5 working days at S4 instead of none.
"""

REVIEW_LED = Policy(
    "review_led",
    {
        **SMALL_SHOP.rows,
        "acknowledge": (hours(1), bh(4), bd(1), bd(2)),
        LIMIT: (None, None, None, None),
        REVIEWS: (bh(2), bh(4), bd(1), bd(2)),
        "second_chance": (days(21), days(42), days(42), None),
    },
)
"""Hotels and restaurants: a review is what the next guest reads, and guests come back less often."""

REGULATED_FR = Policy(
    "regulated_fr",
    {
        **SMALL_SHOP.rows,
        "acknowledge": (hours(1), bd(10), bd(10), bd(10)),
        LIMIT: (None, None, None, None),
        REVIEWS: (bh(4), bd(10), bd(10), bd(10)),
        "resolve_by": (days(59), days(59), days(59), days(59)),
    },
)
"""Banking and insurance in France (ACPR): acknowledged in 10 working days, answered in 2 months.

Two months are never less than 59 days. Threats and leaks, S1, are acknowledged as fast as anywhere.
"""


def doubled(policy: Policy, name: str) -> Policy:
    """The same duties with twice the time for each."""
    return replace(policy, name=name, rows={row: _twice(terms) for row, terms in policy.rows.items()})


def _twice(terms: Row) -> Row:
    one, two, three, four = (replace(each, amount=2 * each.amount) if each else None for each in terms)
    return one, two, three, four


SOLO = doubled(SMALL_SHOP, "solo")
"""One person with three cases a week."""

PRESETS: Mapping[str, Policy] = {
    policy.name: policy for policy in (SMALL_SHOP, REVIEW_LED, REGULATED_FR, SOLO)
}

TRADES = tuple(name for name in PRESETS if name != SOLO.name)
"""The presets that are kinds of business; working alone is none."""


class Reference(StrEnum):
    """The number by which a customer of a trade is found in its books."""

    ORDER = "order"
    BOOKING = "booking"
    CONTRACT = "contract"


REFERENCES = {REVIEW_LED.name: Reference.BOOKING, REGULATED_FR.name: Reference.CONTRACT}


def reference(policy: Policy) -> Reference:
    """What a team asks its customers for: that of the preset its times are nearest to."""
    return REFERENCES.get(nearest(policy).name, Reference.ORDER)


def named(policy: Policy) -> Policy:
    """The same policy under the name of the preset that it equals, or as the team's own."""
    same = (preset for preset in PRESETS.values() if replace(policy, name=preset.name) == preset)
    return next(same, replace(policy, name=OWN))


def nearest(policy: Policy) -> Policy:
    """The preset from which a policy differs in the fewest cells; of several the first."""
    return min(PRESETS.values(), key=lambda preset: len(differences(policy, preset)))


def differences(policy: Policy, other: Policy) -> frozenset[tuple[str, Severity]]:
    """The cells (row, severity) that have another time in two policies."""
    return frozenset(
        (row, severity)
        for row, terms in policy.rows.items()
        for severity, given, theirs in zip(Severity, terms, other.rows[row], strict=True)
        if given != theirs
    )


def kinds_moved(policy: Policy, other: Policy) -> frozenset[Kind]:
    """The kinds of follow-ups that may have another date by another policy; no other kind has."""
    rows = {row for row, _severity in differences(policy, other)}
    moved = {kind for kind in Kind if any(_is_of(row, kind) for row in rows)}
    if Kind.TRIAGE in moved:
        moved.add(Kind.CAME_BACK)
    if policy.second_chance_days != other.second_chance_days:
        moved.add(Kind.SECOND_CHANCE)
    return frozenset(moved)


def _is_of(row: str, kind: Kind) -> bool:
    return row == kind.value or row.startswith(f"{kind}_")
