"""Labels of incidents: kinds, states, roles, and the lines of their timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.rules.case import platforms
from amends.rules.desk import incidents as rules
from amends.rules.operation import own_texts
from amends.rules.vocabulary import (
    ActionTarget,
    FactState,
    IncidentEntry,
    IncidentKind,
    IncidentRole,
    IncidentState,
    PlaceState,
    ReviewState,
    Severity,
    TaskState,
)
from amends.web import dates
from amends.web.case.labels import severity_label
from amends.web.labels import reference

KINDS = {
    IncidentKind.BAD_PRESS: N_("Bad press"),
    IncidentKind.DATA_LEAK: N_("Data leak"),
    IncidentKind.DEFECTIVE_PRODUCT: N_("Defective product"),
    IncidentKind.HARASSMENT: N_("Harassment"),
    IncidentKind.OWN_POST: N_("Our own post"),
    IncidentKind.OUTAGE: N_("Outage"),
    IncidentKind.OTHER: N_("Something else"),
}
STATES = {IncidentState.OPEN: N_("Under way"), IncidentState.CLOSED: N_("Closed")}
ROLES = {
    IncidentRole.LEAD: N_("Incident lead"),
    IncidentRole.SPOKESPERSON: N_("Spokesperson"),
    IncidentRole.FACT_KEEPER: N_("Keeps the fact sheet"),
    IncidentRole.AUTHORITIES: N_("Contact for authorities"),
}
FACTS = {
    FactState.KNOWN: ("won", N_("Known")),
    FactState.CHECKING: ("late", N_("Being checked")),
    FactState.UNKNOWN: ("closed", N_("Unknown")),
}
"""Tone and word of each."""
PLACES = {
    PlaceState.TO_DO: N_("To do"),
    PlaceState.ANSWERED: N_("Answered"),
    PlaceState.LATER: N_("Later"),
    PlaceState.SILENT: N_("Stay silent"),
}
TASKS = {
    TaskState.OPEN: N_("To do"),
    TaskState.DONE: N_("Done"),
    TaskState.NOT_DOING: N_("Not doing"),
}
TARGETS = {
    ActionTarget.PLAYBOOK: N_("Playbook"),
    ActionTarget.REPLY: N_("Reply"),
    ActionTarget.TIMES: N_("Times"),
    ActionTarget.PLAN: N_("Plan"),
}
REVIEWS = {
    ReviewState.DRAFT: ("today", N_("Draft")),
    ReviewState.IN_REVIEW: ("today", N_("In review")),
    ReviewState.REVIEWED: ("won", N_("Reviewed")),
    ReviewState.CLOSED: ("closed", N_("Closed")),
}
"""Tone and word of each."""
REVIEW_MOVES = {
    ReviewState.DRAFT: N_("Back to draft"),
    ReviewState.IN_REVIEW: N_("Submit for review"),
    ReviewState.REVIEWED: N_("It is reviewed"),
    ReviewState.CLOSED: N_("Close the review"),
}

Told = Mapping[str, Any]


def task(step: str, words: str) -> str:
    """What a task is called: a step of a checklist in the reader's language, others in their words."""
    return _(rules.STEPS[step]) if step in rules.STEPS else own_texts.words(words) or step


def _cases(told: Told) -> str:
    numbers = told.get("cases") or []
    words = ngettext("added %(num)d case", "added %(num)d cases", len(numbers)) % {"num": len(numbers)}
    return f"{words}{_(': ')}{', '.join(map(reference, numbers[:8]))}{' …' if len(numbers) > 8 else ''}"


def _opened(told: Told) -> str:
    count = int(told.get("cases", 0))
    words = ngettext("opened the incident with %(num)d case", "opened the incident with %(num)d cases", count)
    return words % {"num": count}


def _role(told: Told) -> str:
    values = {"role": _(ROLES[IncidentRole(told["role"])]), "name": told.get("to", "")}
    if not values["name"]:
        return _("removed the role: %(role)s") % values
    return _("gave a role: %(role)s, %(name)s") % values


def _fact(told: Told) -> str:
    state = _(FACTS[FactState(told["state"])][1])
    return _("wrote on the fact sheet (%(state)s)") % {"state": state.lower()}


def _place(told: Told) -> str:
    values = {"platform": platforms.label(told["platform"]), "state": _(PLACES[PlaceState(told["state"])])}
    return _("%(platform)s: %(state)s") % values


def _told(told: Told) -> str:
    values = {"who": told.get("who", ""), "how": told.get("how", "")}
    return _("told %(who)s (%(how)s)") % values if values["how"] else _("told %(who)s") % values


def _updated(told: Told) -> str:
    if not told.get("next_at"):
        return _("gave an update")
    at = datetime.fromisoformat(told["next_at"])
    return _("gave an update; the next one comes at %(date)s") % {"date": dates.moment(at, now=at).brief}


def _owed(told: Told) -> str:
    name = task(told.get("step", ""), told.get("task", ""))
    if told.get("to"):
        return _("gave %(name)s the task “%(task)s”") % {"name": told["to"], "task": name}
    return _("planned “%(task)s”") % {"task": name}


def _settled(told: Told) -> str:
    values = {"task": task(told.get("step", ""), told.get("task", ""))}
    done = told.get("state") == TaskState.DONE
    return _("completed the task “%(task)s”") % values if done else _("dropped the task “%(task)s”") % values


def _escalated(told: Told) -> str:
    count = int(told.get("cases", 0))
    words = ngettext("set %(num)d case to %(severity)s", "set %(num)d cases to %(severity)s", count)
    return words % {"num": count, "severity": severity_label(Severity(told["severity"]))}


def _of_case(words: str) -> Callable[[Told], str]:
    return lambda told: _(words) % {"number": told.get("case", "")}


def _plain(words: str) -> Callable[[Told], str]:
    return lambda told: _(words)


def _version(words: str) -> Callable[[Told], str]:
    return lambda told: _(words) % {"version": told.get("version", "")}


TOLD: dict[IncidentEntry, Callable[[Told], str]] = {
    IncidentEntry.OPENED: _opened,
    IncidentEntry.CHANGED: _plain(N_("changed the title or the kind")),
    IncidentEntry.JOINED: _cases,
    IncidentEntry.LEFT: _of_case(N_("took out case #%(number)s")),
    IncidentEntry.HELD: _plain(N_("put the replies on hold")),
    IncidentEntry.RESUMED: _plain(N_("ended the hold on replies")),
    IncidentEntry.RELEASED: _of_case(N_("released the reply on case #%(number)s")),
    IncidentEntry.SEEN: _of_case(N_("a reply was seen on case #%(number)s during the hold")),
    IncidentEntry.ROLE: _role,
    IncidentEntry.FACT: _fact,
    IncidentEntry.WORDED: _version(N_("wrote version %(version)s of the holding statement")),
    IncidentEntry.PUBLISHED: _version(N_("published version %(version)s of the holding statement")),
    IncidentEntry.PLACE: _place,
    IncidentEntry.TOLD: _told,
    IncidentEntry.NOTED: _plain(N_("noted")),
    IncidentEntry.UPDATED: _updated,
    IncidentEntry.OWED: _owed,
    IncidentEntry.SETTLED: _settled,
    IncidentEntry.ESCALATED: _escalated,
    IncidentEntry.CLOSED: _plain(N_("closed the incident")),
    IncidentEntry.REVIEWED: lambda told: (
        _("review: %(state)s") % {"state": _(REVIEWS[ReviewState(told["state"])][1]).lower()}
    ),
}


def told(kind: IncidentEntry, particulars: Told) -> str:
    """What was done, in the reader's language."""
    return TOLD[kind](particulars)


def words(particulars: Told) -> tuple[str, ...]:
    """The words that were written then, in whichever language."""
    return tuple(str(particulars[name]) for name in ("words", "line_en", "line_fr") if particulars.get(name))
