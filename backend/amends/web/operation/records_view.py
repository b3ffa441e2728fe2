"""What a look at the records found, ready to show."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.anchors import Anchor
from amends.rules.case.verification import ABOUT_LOG, SENTENCES
from amends.rules.operation import rolling
from amends.services.operation import nightly_verification
from amends.services.operation.nightly_verification import Run
from amends.services.operation.time_stamps import Authority, Stamp
from amends.services.operation.verification import Found, Verified
from amends.web import dates
from amends.web.dates import Moment

SHOWN = 50
SIGNS = 8
"""Of a hash that stand together, so that it can be compared by eye."""


TROUBLES = {
    "untrusted": N_("Its time stamp does not fit: another certificate, signature or hash."),
    "no_stamp": N_("It answered with something that is not a time stamp."),
    "status": N_("It refused the request."),
    "private": N_("Its address is inside a private network, which this server may not reach."),
    "huge": N_("It answered with far too much."),
    "slow": N_("It did not answer in time."),
    "missing": N_("This server lacks the library for time stamps: install Amends with “stamps”."),
    "unreachable": N_("It could not be reached."),
}
"""Why there is no time stamp, by the outcome of asking for it."""


class FaultShown(msgspec.Struct, frozen=True, kw_only=True):
    """One fault: in which case, at which entry (0 where it is about none), in words; case 0: an anchor."""

    number: int
    position: int
    words: str
    file: str
    of_log: bool = False


class AnchorShown(msgspec.Struct, frozen=True, kw_only=True):
    """The newest anchor; its hash in groups."""

    number: int
    at: Moment
    cases: int
    groups: tuple[str, ...]


class StampsShown(msgspec.Struct, frozen=True, kw_only=True):
    """How time stamps stand: the newest good one, and in words why the newest is still to come."""

    anchor: int
    at: Moment | None
    trouble: str
    detail: str
    next_try: Moment | None


class RunShown(msgspec.Struct, frozen=True, kw_only=True):
    """One look: how much there was, and what did not fit; `at` is nothing for one made just now."""

    at: Moment | None
    cases: int
    entries: int
    files: int
    faults: int
    found: tuple[FaultShown, ...]


class RoundShown(msgspec.Struct, frozen=True, kw_only=True):
    """The round of the files: its nights, whether all were read last, and since when each was read."""

    nights: int
    all_read: bool
    since: Moment | None


def of_round(runs: Sequence[Run], *, now: datetime) -> RoundShown | None:
    """How far the round is, by the runs that ended, the newest first."""
    if not runs:
        return None
    since = rolling.read_since(map(nightly_verification.night_of, runs))
    return RoundShown(
        nights=rolling.NIGHTS,
        all_read=runs[0].part is None,
        since=dates.moment(since, now=now) if since else None,
    )


def of_run(last: Run | None, *, now: datetime) -> RunShown | None:
    """The look of the night."""
    if last is None:
        return None
    return RunShown(
        at=dates.moment(last.finished_at or last.started_at, now=now),
        cases=last.cases,
        entries=last.entries,
        files=last.files,
        faults=last.faults,
        found=tuple(_fault(one) for one in last.found[:SHOWN]),
    )


def of_case(done: Verified) -> RunShown:
    """A look at one case."""
    return RunShown(
        at=None,
        cases=done.cases,
        entries=done.entries,
        files=done.files,
        faults=len(done.found),
        found=tuple(_fault(one) for one in done.found[:SHOWN]),
    )


def of_anchor(anchor: Anchor | None, *, now: datetime) -> AnchorShown | None:
    """The newest anchor, if there is any."""
    if anchor is None:
        return None
    digest = anchor.hash
    return AnchorShown(
        number=anchor.number,
        at=dates.moment(anchor.made_at, now=now),
        cases=anchor.cases,
        groups=tuple(digest[start : start + SIGNS] for start in range(0, len(digest), SIGNS)),
    )


def of_stamps(
    authority: Authority | None, newest: Stamp | None, good: Stamp | None, *, now: datetime
) -> StampsShown | None:
    """How time stamps stand; nothing where nobody wants them and there are none."""
    if authority is None and good is None:
        return None
    waiting = newest if newest and not newest.token and authority else None
    return StampsShown(
        anchor=good.anchor if good else 0,
        at=dates.moment(good.stamped_at, now=now) if good and good.stamped_at else None,
        trouble=_(TROUBLES.get(waiting.problem, TROUBLES["unreachable"]))
        if waiting and waiting.problem
        else "",
        detail=waiting.detail if waiting else "",
        next_try=dates.moment(waiting.run_at, now=now) if waiting else None,
    )


def _fault(one: Found) -> FaultShown:
    return FaultShown(
        number=one.number,
        position=one.position,
        words=_(SENTENCES[one.fault]),
        file=one.file,
        of_log=one.fault in ABOUT_LOG,
    )
