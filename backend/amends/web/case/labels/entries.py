"""Sentences of timeline entries."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.exchanges import said_by_themselves
from amends.rules.follow_up.kinds import WITH_OWN_OWNER
from amends.rules.nudge.news import URGENT
from amends.rules.vocabulary import Audience, Channel, EntryKind, FollowUpKind, Severity
from amends.services.case.timeline import EntryShown
from amends.web import dates
from amends.web.capture.labels import case_rules
from amends.web.case.labels import facts, fields, files, located, privacy, severity_label, stories
from amends.web.follow_up.labels import playbooks, questions, remedies
from amends.web.labels import label, reference
from amends.web.person.labels import customers, measures
from amends.web.workflow.labels import mails, moves, threats

Particulars = Mapping[str, Any]


def told(entry: EntryShown, *, now: datetime) -> str:
    """What happened, as a predicate: "assigned the case to Camille"."""
    return _("did something that was erased since") if entry.erased else TELLERS[entry.kind](entry, now)


def _seen_again(entry: EntryShown, now: datetime) -> str:
    return _("saw the post again")


def _look_asked(entry: EntryShown, now: datetime) -> str:
    return _("asked to recheck the post")


def _looked_again(entry: EntryShown, now: datetime) -> str:
    return _("rechecked the post")


def _evidence_kept(entry: EntryShown, now: datetime) -> str:
    return _("added a screenshot")


def _moved(entry: EntryShown, now: datetime) -> str:
    move = str(entry.particulars.get("move", ""))
    if (
        said_by_themselves(entry.particulars) and not entry.by
    ):  # they made it themselves: nobody of ours heard anything
        return _("wrote to us privately")
    if joined_here := entry.particulars.get("joined"):
        return _("merged case #%(number)s into this one") % {"number": joined_here}
    if other := entry.particulars.get("split_off"):
        return _("moved one of the posts to case #%(number)s") % {"number": other}
    if origin := entry.particulars.get("split_from"):
        return _("opened this case from a post of case #%(number)s") % {"number": origin}
    sentence = moves.told(move)
    joined = entry.particulars.get("duplicate_of")
    return f"{sentence} ({reference(joined)})" if joined else sentence


def _undone(entry: EntryShown, now: datetime) -> str:
    return _("undid the last action: “%(move)s”") % {"move": _verb(entry.particulars)}


def _assigned(entry: EntryShown, now: datetime) -> str:
    owner = entry.particulars.get("to")
    if entry.particulars.get("because") == "left":
        return _left(entry.particulars)
    if entry.particulars.get("because") == "taken_off":
        return _("returned the case to the pool")
    if entry.particulars.get("because") == "unmoved":
        words = _("returned the case of %(name)s to the pool: “%(follow_up)s” had not moved")
        return words % {
            "name": entry.particulars.get("before", ""),
            "follow_up": _follow_up(entry.particulars),
        }
    if not owner:
        return _("returned the case to the pool")
    if entry.by and owner == entry.by.name:
        return _("took the case")
    return _("assigned the case to %(name)s") % {"name": owner}


def _left(particulars: Particulars) -> str:
    """What became of what a member had here who can no longer sign in."""
    words = {
        "cases": (_("the case, to %(name)s"), _("the case, to the pool")),
        "follow_ups": (_("requests, to %(name)s"), _("requests, to nobody")),
        "approvals": (_("the draft, to %(name)s for review"), _("the draft, to another reviewer")),
    }
    handed = particulars.get("handed") or {}
    what = [words[kind][0 if name else 1] % {"name": name} for kind, name in handed.items() if kind in words]
    return _("handed over from %(name)s: %(what)s") % {
        "name": particulars.get("before", ""),
        "what": ", ".join(what),
    }


def _severity_set(entry: EntryShown, now: datetime) -> str:
    before, after = entry.particulars.get("before"), str(entry.particulars.get("severity", ""))
    if not after:
        return _("cleared the severity")
    words = _("set the severity to %(after)s") % {"after": severity_label(after)}
    if before:
        values = {"before": severity_label(str(before)), "after": severity_label(after)}
        words = _("changed the severity from %(before)s to %(after)s") % values
    moved = _moved_dates(entry, now)
    return _("%(deed)s; new due dates: %(dates)s") % {"deed": words, "dates": moved} if moved else words


def _moved_dates(entry: EntryShown, now: datetime) -> str:
    """The dates that became others, each with its follow-up."""
    moved = entry.particulars.get("moved") or []
    return ", ".join(f"{_follow_up(one)} ({_date(one, 'due_at', now)})" for one in moved)


GATHERED = {
    "to_problem": N_("linked the case to problem %(number)s, “%(title)s”"),
    "from_problem": N_("took the case out of problem %(number)s, “%(title)s”"),
    "to_incident": N_("added the case to incident %(number)s, “%(title)s”"),
    "from_incident": N_("took the case out of incident %(number)s, “%(title)s”"),
    "to_campaign": N_("tied the case to campaign %(number)s, “%(title)s”"),
    "from_campaign": N_("took the case out of campaign %(number)s, “%(title)s”"),
    "released_from": N_("released the reply from the hold of incident %(number)s, “%(title)s”"),
}


def _linked(entry: EntryShown, now: datetime) -> str:
    for name, text in GATHERED.items():
        if name in entry.particulars:
            problem = entry.particulars
            return _(text) % {"number": problem[name], "title": problem.get("title", "")}
    if other := entry.particulars.get("from_case"):
        return _("unlinked case #%(number)s") % {"number": other}
    return _("linked case #%(number)s") % {"number": entry.particulars.get("to_case", "")}


def _themed(entry: EntryShown, now: datetime) -> str:
    added = [str(one) for one in entry.particulars.get("added") or []]
    removed = [str(one) for one in entry.particulars.get("removed") or []]
    said = [_("added themes: %(themes)s") % {"themes": ", ".join(added)}] if added else []
    said += [_("removed themes: %(themes)s") % {"themes": ", ".join(removed)}] if removed else []
    return ", ".join(said)


def _noted(entry: EntryShown, now: datetime) -> str:
    is_silent = entry.particulars.get("files") and not entry.particulars.get("text")
    return files.added(entry.particulars) if is_silent else _("wrote a note")


def _touchpoint(entry: EntryShown, now: datetime) -> str:
    if said_by_themselves(entry.particulars) and not entry.by:
        return _("wrote to us privately")
    if entry.particulars.get("seen"):
        return _("saw our public reply on the site")
    channel = label(entry.channel or Channel.PUBLIC_REPLY).lower()
    if entry.particulars.get("direction") == "in":
        return _("logged what the customer said (%(channel)s)") % {"channel": channel}
    return _("logged what we said (%(channel)s)") % {"channel": channel}


def _contact_asked(entry: EntryShown, now: datetime) -> str:
    return customers.told(entry.particulars)


def _snoozed(entry: EntryShown, now: datetime) -> str:
    return _("snoozed the case until %(date)s") % {"date": _date(entry.particulars, "until", now)}


def _reopened(entry: EntryShown, now: datetime) -> str:
    return _("reopened the case")


def _promised(entry: EntryShown, now: datetime) -> str:
    return _("made a promise, due %(date)s") % {"date": _date(entry.particulars, "due_at", now)}


def _promise_settled(entry: EntryShown, now: datetime) -> str:
    results = {"kept": _("kept a promise"), "late": _("kept a promise late")}
    return results.get(str(entry.particulars.get("result")), _("marked a promise as broken"))


def _completed(entry: EntryShown, now: datetime) -> str:
    if entry.particulars.get("result") == "removed":
        return _("removed a reminder")
    if entry.particulars.get("result") == "skipped":
        return _("skipped: %(follow_up)s") % {"follow_up": _follow_up(entry.particulars)}
    return _("completed: %(follow_up)s") % {"follow_up": _follow_up(entry.particulars)}


def _rescheduled(entry: EntryShown, now: datetime) -> str:
    if entry.particulars.get("policy"):
        return _("due dates changed with the team’s times: %(dates)s") % {"dates": _moved_dates(entry, now)}
    if "before" not in entry.particulars:
        return _("set a reminder for %(date)s") % {"date": _date(entry.particulars, "due_at", now)}
    return _("moved the due date of “%(follow_up)s” to %(date)s") % {
        "follow_up": _follow_up(entry.particulars),
        "date": _date(entry.particulars, "due_at", now),
    }


def _nudged(entry: EntryShown, now: datetime) -> str:
    words = {
        Audience.OWNER: _("reminded the owner: %(follow_up)s"),
        Audience.TEAM: _("reminded the team: %(follow_up)s"),
        Audience.LEAD: _("reminded the leads: %(follow_up)s"),
        Audience.ON_DUTY: _("reminded the members on duty: %(follow_up)s"),
        Audience.NEWS: _("announced the new case to those who asked for it"),
    }
    if entry.particulars.get("rung") == URGENT:
        urgent = {Audience.ON_DUTY: _("alerted the members on duty: critical case")}
        return urgent.get(entry.particulars.get("audience", ""), _("alerted the leads: critical case"))
    whom = words.get(entry.particulars.get("audience", ""), _("sent a reminder: %(follow_up)s"))
    if (
        entry.particulars.get("audience") == Audience.OWNER
        and entry.particulars.get("follow_up") in WITH_OWN_OWNER
    ):
        whom = _("reminded the person it is for: %(follow_up)s")
    return whom % {"follow_up": _follow_up(entry.particulars)}


TELLERS: dict[EntryKind, Callable[[EntryShown, datetime], str]] = {
    EntryKind.CAPTURED: lambda entry, now: located.captured(entry.particulars),
    EntryKind.SEEN_AGAIN: _seen_again,
    EntryKind.RECHECK_REQUESTED: _look_asked,
    EntryKind.RECHECKED: _looked_again,
    EntryKind.EVIDENCE_KEPT: _evidence_kept,
    EntryKind.FILES_ADDED: lambda entry, now: files.added(entry.particulars),
    EntryKind.FILE_REMOVED: lambda entry, now: files.removed(entry.particulars),
    EntryKind.MOVED: _moved,
    EntryKind.UNDONE: _undone,
    EntryKind.REOPENED: _reopened,
    EntryKind.ASSIGNED: _assigned,
    EntryKind.SEVERITY_SET: _severity_set,
    EntryKind.FACTS_SET: lambda entry, now: facts.corrected(entry.particulars),
    EntryKind.LINKED: _linked,
    EntryKind.THEMED: _themed,
    EntryKind.FIELDS_SET: lambda entry, now: fields.told(entry.particulars),
    EntryKind.RULE_APPLIED: lambda entry, now: case_rules.told(entry.particulars),
    EntryKind.LOCATED: lambda entry, now: located.told(entry.particulars),
    EntryKind.NOTED: _noted,
    EntryKind.QUESTION: lambda entry, now: questions.told(entry.particulars),
    EntryKind.NOTE_EDITED: lambda entry, now: _("edited a note"),
    EntryKind.NOTE_PINNED: lambda entry, now: _("pinned a note"),
    EntryKind.NOTE_UNPINNED: lambda entry, now: _("unpinned a note"),
    EntryKind.TOUCHPOINT: _touchpoint,
    EntryKind.MAIL_SETTLED: lambda entry, now: mails.told(entry.particulars),
    EntryKind.CONTACT_ASKED: _contact_asked,
    EntryKind.SNOOZED: _snoozed,
    EntryKind.WOKEN: lambda entry, now: _("ended the snooze"),
    EntryKind.CHECKLIST: lambda entry, now: playbooks.told(entry.particulars),
    EntryKind.REMEDY: lambda entry, now: remedies.told(entry.particulars),
    EntryKind.PROMISED: _promised,
    EntryKind.PROMISE_SETTLED: _promise_settled,
    EntryKind.FOLLOW_UP_COMPLETED: _completed,
    EntryKind.FOLLOW_UP_RESCHEDULED: _rescheduled,
    EntryKind.DOSSIER_MADE: lambda entry, now: _("made a dossier of this case"),
    EntryKind.THREAT: lambda entry, now: threats.told(entry.particulars),
    EntryKind.COPY_GIVEN: lambda entry, now: privacy.copy_given(entry.particulars),
    EntryKind.LEGAL_HOLD: lambda entry, now: privacy.legal_hold(entry.particulars),
    EntryKind.KEPT_LONGER: lambda entry, now: privacy.kept_longer(entry.particulars),
    EntryKind.ERASED: lambda entry, now: privacy.erased(entry.particulars),
    EntryKind.MEASURE: lambda entry, now: measures.told(entry.particulars),
    EntryKind.STORY: lambda entry, now: stories.told(entry.particulars),
    EntryKind.NUDGED: _nudged,
}


def severity_letter(severity: Severity | None) -> str:
    """The small letter and digit of a severity; a dash while nobody has weighed the case."""
    return severity.value.upper() if severity else "–"


def _follow_up(particulars: Particulars) -> str:
    kind = particulars.get("follow_up") or particulars.get("kind") or ""
    known = {item.value for item in FollowUpKind}
    return label(FollowUpKind(kind)) if kind in known else str(kind)


def _verb(particulars: Particulars) -> str:
    return moves.undone(str(particulars.get("move", "")))


def _date(particulars: Particulars, name: str, now: datetime) -> str:
    written = particulars.get(name)
    return dates.moment(datetime.fromisoformat(written), now=now).brief if written else "–"
