"""Labels of the steps of a due date's arithmetic."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from amends.i18n import N_, language, ngettext
from amends.i18n import gettext as _
from amends.rules.team.closed_days import holiday_name
from amends.web import dates

Step = dict[str, Any]

REASONS = {
    "week_end": N_("weekend"),
    "holiday": N_("public holiday"),
    "closed_day": N_("closed"),
    "outside": N_("outside working hours"),
    "tuesday_to_thursday": N_("moved to the next Tuesday, Wednesday or Thursday"),
    "second_chance_days": N_("moved to the next weekday for second chances"),
    "working_time": N_("moved into working hours"),
}


def told(steps: Iterable[Step]) -> list[str]:
    """Each step as a short line: "+ 1 h 30, Fri 8 Nov from 16:30 to 18:00"; unknown steps are left out."""
    return [TELLERS[step["step"]](step) for step in steps if step.get("step") in TELLERS]


def _start(step: Step) -> str:
    return _("Counted from %(instant)s") % {"instant": _instant(step["at"])}


def _calendar(step: Step) -> str:
    return _("Counted in on-duty hours, not in working hours")


def _resumed(step: Step) -> str:
    return _("Paused while we waited for an answer; running again since %(instant)s") % {
        "instant": _instant(step["at"])
    }


def _count(step: Step) -> str:
    begins, ends = datetime.fromisoformat(step["from"]), datetime.fromisoformat(step["until"])
    return _("+ %(span)s of work, %(day)s from %(start)s to %(end)s") % {
        "span": dates.work_span(step["seconds"]),
        "day": dates.short_date(dates.local_day(begins)),
        "start": dates.clock(begins),
        "end": dates.clock(ends),
    }


def _days(step: Step) -> str:
    begins, ends = datetime.fromisoformat(step["from"]), datetime.fromisoformat(step["until"])
    sentence = ngettext(
        "+ %(span)s of work on %(count)d day, %(start)s to %(end)s",
        "+ %(span)s of work on %(count)d days, %(start)s to %(end)s",
        step["days"],
    )
    return sentence % {
        "span": dates.work_span(step["seconds"]),
        "count": step["days"],
        "start": dates.short_date(dates.local_day(begins)),
        "end": dates.short_date(dates.local_day(ends)),
    }


def _closed(step: Step) -> str:
    reason = _(REASONS.get(step["why"], REASONS["closed_day"]))
    day = date.fromisoformat(step["day"])
    known = holiday_name(step.get("country"), step.get("subdivision"), day, language()) or step.get("name")
    return _("%(day)s does not count (%(reason)s)") % {
        "day": dates.short_date(day),
        "reason": f"{reason}: {known}" if known else reason,
    }


def _clock(step: Step) -> str:
    return _("+ %(span)s in real time") % {"span": dates.span(step["seconds"])}


def _moved(step: Step) -> str:
    return _(REASONS.get(step["why"], REASONS["closed_day"]))


def _due(step: Step) -> str:
    return _("= due %(instant)s") % {"instant": _instant(step["at"])}


def _chosen(step: Step) -> str:
    return _("A member chose %(instant)s") % {"instant": _instant(step["at"])}


def _mentioned(step: Step) -> str:
    return _("%(name)s mentioned the member in a note") % {"name": step["by"]}


def _remedy_asked(step: Step) -> str:
    return _("%(name)s asked for approval") % {"name": step["by"]}


def _draft_rejected(step: Step) -> str:
    return _("%(name)s sent back the draft") % {"name": step["by"]}


def _question(step: Step) -> str:
    return _("%(name)s asked a colleague") % {"name": step["by"]}


def _answered(step: Step) -> str:
    return _("Heard from %(name)s") % {"name": step["by"]}


TELLERS: dict[str, Callable[[Step], str]] = {
    "start": _start,
    "calendar": _calendar,
    "resumed": _resumed,
    "count": _count,
    "days": _days,
    "closed": _closed,
    "clock": _clock,
    "moved": _moved,
    "due": _due,
    "chosen": _chosen,
    "mentioned": _mentioned,
    "remedy_asked": _remedy_asked,
    "draft_rejected": _draft_rejected,
    "question": _question,
    "answered": _answered,
}


def _instant(written: str) -> str:
    at = datetime.fromisoformat(written)
    return f"{dates.short_date(dates.local_day(at))}, {dates.clock(at)}"
