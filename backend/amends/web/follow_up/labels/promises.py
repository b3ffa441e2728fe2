"""Labels of what became of a promise."""

from amends.i18n import N_
from amends.rules.follow_up.promises import PromiseEnd

PROMISE_ENDS: dict[PromiseEnd, str] = {
    PromiseEnd.OPEN: N_("still open"),
    PromiseEnd.KEPT: N_("kept"),
    PromiseEnd.LATE: N_("kept late"),
    PromiseEnd.BROKEN: N_("broken"),
}
TONES: dict[PromiseEnd, str] = {
    PromiseEnd.OPEN: "today",
    PromiseEnd.KEPT: "won",
    PromiseEnd.LATE: "today",
    PromiseEnd.BROKEN: "late",
}
