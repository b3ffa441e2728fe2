"""What was done with the data of a person, in the words of a timeline."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.web import dates

Particulars = Mapping[str, Any]

HELD = {
    ("case", "placed"): N_("put the case under legal hold until reviewed on %(review)s"),
    ("case", "reviewed"): N_("kept the case under legal hold until reviewed on %(review)s"),
    ("case", "lifted"): N_("lifted the legal hold on the case"),
    ("person", "placed"): N_("put the person under legal hold until reviewed on %(review)s"),
    ("person", "reviewed"): N_("kept the person under legal hold until reviewed on %(review)s"),
    ("person", "lifted"): N_("lifted the legal hold on the person"),
}


def copy_given(particulars: Particulars) -> str:
    """That the person was given a copy of their data."""
    if particulars.get("left_out"):
        return _("made a copy of the person’s data for them, without what belongs to others")
    return _("made a copy of the person’s data for them")


def legal_hold(particulars: Particulars) -> str:
    """That a hold was placed or lifted; why is said below it, as of any entry."""
    words = HELD[particulars.get("of", "case"), particulars.get("deed", "placed")]
    review = particulars.get("review_on")
    return _(words) % {"review": dates.day(date.fromisoformat(review)) if review else "–"}


def kept_longer(particulars: Particulars) -> str:
    """That a case stays longer than its retention period, or no longer."""
    if until := particulars.get("until"):
        said = {"until": dates.day(date.fromisoformat(until)), "reason": particulars.get("reason", "")}
        return _("kept the case beyond its retention period, until %(until)s: %(reason)s") % said
    return _("no longer keeps the case beyond its retention period")


def erased(particulars: Particulars) -> str:
    """That the person was erased here, or only what named them in a case of somebody else."""
    if particulars.get("mention"):
        return _("erased what named another person in this case")
    if particulars.get("by_term"):
        return _("erased what was held in this case: its retention period was over")
    return _("erased the person’s data: nothing of it can be brought back")
