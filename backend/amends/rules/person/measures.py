"""Measures about accounts: what has to be said of one, and what may come of it (P43, P61)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.vocabulary import MeasureKind, MeasureResult

REPORTS = frozenset({MeasureKind.REPORTED, MeasureKind.AUTHORITIES})
RESULTS: Mapping[MeasureKind, tuple[MeasureResult, ...]] = {
    kind: (
        (MeasureResult.REMOVED, MeasureResult.REFUSED, MeasureResult.NO_ANSWER, MeasureResult.MISTAKE)
        if kind in REPORTS
        else (MeasureResult.KEPT, MeasureResult.LIFTED, MeasureResult.MISTAKE)
    )
    for kind in MeasureKind
}
"""What may come of a report, and of what we do on the platform ourselves."""
OVER = frozenset({MeasureResult.LIFTED, MeasureResult.MISTAKE})
"""Results after which nothing is in force any more, so that lists mark nothing."""
UNDECIDED = frozenset({MeasureResult.NO_ANSWER, MeasureResult.KEPT})
"""Results after which somebody may look again on another day."""


class MeasureIncomplete(Invalid):
    """Something is missing for this block or report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A measure as a member wrote it; `uncopied` are chosen accounts of which no copy is kept."""

    accounts: int
    uncopied: int
    no_copy: str
    kind: MeasureKind
    place: str
    proof: bool
    review_on: date | None


def check(given: Given, *, today: date) -> None:
    """Raises MeasureIncomplete with a sentence for each field: nothing is blocked unseen (P43)."""
    wrong: dict[str, str] = {}
    if not given.accounts:
        wrong["account"] = _("Choose one account at least.")
    if given.uncopied and not given.no_copy:
        wrong["no_copy"] = _(
            "Of one of these accounts no post is kept. Capture it first, or say why that is not possible."
        )
    if given.kind in REPORTS and not given.place:
        wrong["place"] = _("Say where it was reported.")
    if not given.proof:
        wrong["reference"] = _("Give a proof: a file, an address, or the reference that you were given.")
    if given.review_on is None or given.review_on <= today:
        wrong["review_on"] = _("Choose a day after today.")
    if wrong:
        raise MeasureIncomplete(_("Something is missing. Check the marked fields."), fields=wrong)


def may_come_of(kind: MeasureKind, result: MeasureResult) -> bool:
    """Whether this is a result of such a measure."""
    return result in RESULTS[kind]
