"""What was done about an account, and what came of it, in words."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.person import report_addresses
from amends.rules.vocabulary import MeasureDeed, MeasureKind, MeasureResult
from amends.web import dates

KINDS = {
    MeasureKind.REPORTED: N_("Reported to the platform"),
    MeasureKind.BLOCKED: N_("Blocked"),
    MeasureKind.MUTED: N_("Muted"),
    MeasureKind.HIDDEN: N_("Post hidden"),
    MeasureKind.AUTHORITIES: N_("Reported to authorities"),
}
RESULTS = {
    MeasureResult.REMOVED: N_("I saw that it was removed"),
    MeasureResult.REFUSED: N_("They refused"),
    MeasureResult.NO_ANSWER: N_("No answer so far"),
    MeasureResult.KEPT: N_("Still needed"),
    MeasureResult.LIFTED: N_("Ended by us"),
    MeasureResult.MISTAKE: N_("Recorded by mistake"),
}
SEEN = {
    MeasureResult.REMOVED: N_("removed, as seen by us"),
    MeasureResult.REFUSED: N_("refused"),
    MeasureResult.NO_ANSWER: N_("no answer so far"),
    MeasureResult.KEPT: N_("still needed"),
    MeasureResult.LIFTED: N_("ended by us"),
    MeasureResult.MISTAKE: N_("recorded by mistake"),
}
"""The same as the state of a line."""
DONE = {
    MeasureKind.REPORTED: N_("reported to the platform: %(accounts)s"),
    MeasureKind.BLOCKED: N_("blocked: %(accounts)s"),
    MeasureKind.MUTED: N_("muted: %(accounts)s"),
    MeasureKind.HIDDEN: N_("hid a post: %(accounts)s"),
    MeasureKind.AUTHORITIES: N_("reported to authorities: %(accounts)s"),
}


def told(particulars: Mapping[str, Any]) -> str:
    """What an entry of the timeline says of a measure."""
    kind = MeasureKind(particulars["measure"])
    if particulars["deed"] == MeasureDeed.RECORDED:
        accounts = ", ".join(str(one) for one in particulars.get("accounts") or ())
        return _(DONE[kind]) % {"accounts": accounts}
    values = {"kind": _(KINDS[kind]), "result": _(SEEN[MeasureResult(particulars["result"])])}
    return _("noted what came of “%(kind)s”: %(result)s") % values


def facts(particulars: Mapping[str, Any]) -> list[str]:
    """Where, with which reference, and which copies were kept before."""
    if particulars["deed"] != MeasureDeed.RECORDED:
        return []
    said = [str(particulars[name]) for name in ("place", "reference", "no_copy") if particulars.get(name)]
    return [*said, *([_("no copy kept before")] if not particulars.get("copies") else [])]


def checked() -> str:
    """When people last opened the addresses that take reports; that nobody has is said, too."""
    if report_addresses.CHECKED_ON:
        return _("Last checked by people on %(day)s.") % {"day": dates.day(report_addresses.CHECKED_ON)}
    collected = dates.day(report_addresses.COLLECTED_ON)
    return _("Collected on %(day)s; not yet checked by people since.") % {"day": collected}
