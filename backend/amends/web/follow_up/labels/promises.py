"""Labels of what became of a promise."""

from amends.i18n import mark
from amends.rules.follow_up.promises import PromiseEnd

PROMISE_ENDS: dict[PromiseEnd, str] = {
    PromiseEnd.OPEN: mark("still open"),
    PromiseEnd.KEPT: mark("kept"),
    PromiseEnd.LATE: mark("kept late"),
    PromiseEnd.BROKEN: mark("broken"),
}
TONES: dict[PromiseEnd, str] = {
    PromiseEnd.OPEN: "today",
    PromiseEnd.KEPT: "won",
    PromiseEnd.LATE: "today",
    PromiseEnd.BROKEN: "late",
}
