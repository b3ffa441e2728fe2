"""Merging of a case into another."""

from amends import tables
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.follow_up import kinds
from amends.rules.vocabulary import EntryKind, FollowUpState, Outcome, Stage
from amends.services.case import field_values, searches, timeline
from amends.services.case.access import take
from amends.services.desk import case_themes, incidents
from amends.services.follow_up import checklists, follow_ups
from amends.services.team.members import Act
from amends.services.workflow import public_endings


class CannotJoin(Invalid):
    "These cases cannot be merged."


async def into(act: Act, case: tables.Case, number: int) -> None:
    """Step: posts, checklists, open promises, reminders and a public ending go to the kept case,
    which says so.

    What an incident held stays held there.

    Raises CaseUnknown, and CannotJoin for itself, for a case that is a duplicate too, and for a closed one
    while something is still owed: nobody would be reminded of it there.
    """
    if number == case.number:
        raise CannotJoin(fields={"duplicate_of": _("Enter the number of the other case.")})
    kept = await take(number, by=act.by)
    if kept.outcome == Outcome.DUPLICATE:
        raise CannotJoin(
            fields={"duplicate_of": _("That case is itself a duplicate. Enter the one that was kept.")}
        )
    owed = tables.FollowUp
    due = (owed.case == case.id) & (owed.state == FollowUpState.DUE)
    if kept.stage == Stage.CLOSED and await owed.exists().where(due):
        words = _("That case is closed, but something is still due on this one. Reopen that one first.")
        raise CannotJoin(fields={"duplicate_of": words})
    await tables.Case.update({tables.Case.duplicate_of: kept.id}).where(tables.Case.id == case.id)
    await tables.Post.update({tables.Post.case: kept.id}).where(tables.Post.case == case.id)
    await checklists.take_over(kept.id, case.id, now=act.now)
    await public_endings.pass_on(case, kept, now=act.now)
    outlives = owed.kind.is_in(list(kinds.OUTLIVE_STAGE))
    of_the_case = owed.kind.not_in(list(kinds.WITH_OWN_OWNER))
    await owed.update({owed.owner: kept.owner}).where(due & outlives & of_the_case)
    await owed.update({owed.case: kept.id}).where(due & outlives)
    await searches.take_over(kept.number, case.number)
    await case_themes.take_over(kept.number, case.number)
    await field_values.take_over(kept.number, case.number)
    await incidents.take_over(act, kept.number, case.number)
    await follow_ups.refresh(kept.id)
    await timeline.record(kept.id, EntryKind.MOVED, by=act.by, now=act.now, move="join", joined=case.number)
