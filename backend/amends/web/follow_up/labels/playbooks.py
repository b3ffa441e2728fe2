"""Labels of playbooks, and sentences of timeline entries about checklists."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.operation import own_texts
from amends.rules.vocabulary import PlaybookSubject, StepKind
from amends.services.follow_up.checklists import Deed

SUBJECTS = {
    PlaybookSubject.THEME: N_("Theme"),
    PlaybookSubject.NATURE: N_("Nature"),
    PlaybookSubject.SEVERITY: N_("Severity"),
    PlaybookSubject.THREAT: N_("Threat"),
}
KINDS = {StepKind.DO: N_("To do"), StepKind.ASK: N_("Question")}
TOLD = {
    Deed.STARTED: N_("started the playbook “%(playbook)s”"),
    Deed.DONE: N_("ticked “%(step)s”"),
    Deed.ANSWERED: N_("recorded the answer to “%(step)s”"),
    Deed.SKIPPED: N_("skipped “%(step)s”"),
    Deed.REOPENED: N_("opened “%(step)s” again"),
}


def told(particulars: Mapping[str, Any]) -> str:
    """What an entry of the timeline says of a checklist; an answer or a reason stands below it."""
    values = {name: own_texts.words(str(particulars.get(name, ""))) for name in ("playbook", "step")}
    return _(TOLD[Deed(particulars["deed"])]) % values
