"""What the actions of a review have changed, ready to show: old and new as one text."""

from collections.abc import Mapping

from amends.i18n import gettext as _
from amends.rules.capture.rechecks import Run, word_runs
from amends.rules.team.policies import Policy, cell
from amends.rules.team.policies import differences as cells_changed
from amends.rules.vocabulary import ActionTarget, Severity
from amends.services.desk.incidents import Change
from amends.services.desk.incidents.review_changes import times
from amends.web.case.labels import severity_label
from amends.web.team.labels import terms


def differences(changes: Mapping[int, Change]) -> dict[int, list[Run]]:
    """What each action has removed and added, word by word, by its position."""
    found = {position: _runs(one) for position, one in changes.items()}
    return {position: runs for position, runs in found.items() if any(one.fate != "kept" for one in runs)}


def _runs(one: Change) -> list[Run]:
    if one.target is not ActionTarget.TIMES:
        return word_runs(one.before, one.after)
    before, after = times(one.before), times(one.after)
    runs: list[Run] = []
    for row, severity in sorted(cells_changed(before, after)):
        runs += [
            Run("kept", f"{terms.duty(row)}, {severity_label(severity)}{_(': ')}"),
            Run("removed", _term(before, row, severity)),
            Run("kept", " → "),
            Run("added", _term(after, row, severity)),
            Run("kept", "\n"),
        ]
    return runs


def _term(policy: Policy, row: str, severity: Severity) -> str:
    return terms.term(cell(policy, row, severity))
