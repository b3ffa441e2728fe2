"""Progress of a case and the person who wrote, beside its next step."""

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.exchanges import had_private_contact
from amends.rules.person.customer_links import Purpose, stages_of
from amends.rules.workflow.progress import Milestone, Passed, progress
from amends.services.desk.cases import CaseDetail
from amends.web.case.posts_view import Writer
from amends.web.person.labels import customers

MILESTONES = {
    Milestone.CAPTURED: N_("Captured"),
    Milestone.ANSWERED: N_("Answered"),
    Milestone.PRIVATE: N_("Private"),
    Milestone.FIXED: N_("Fixed"),
    Milestone.SECOND_CHANCE: N_("2nd chance"),
}
TO_COME = {Milestone.ANSWERED: N_("Answer"), Milestone.FIXED: N_("Fix")}
"""What a milestone is called before it is reached, where its name would say that it was."""
PASSED = {
    Passed.DONE: N_("done"),
    Passed.NOW: N_("now"),
    Passed.LEFT_OUT: N_("left out"),
    Passed.AHEAD: N_("to come"),
}


class MilestoneShown(msgspec.Struct, frozen=True, kw_only=True):
    """One milestone, and how it stands in a word."""

    name: str
    passed: str
    word: str


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """The usual way of a case; empty for one that is off it."""

    milestones: tuple[MilestoneShown, ...]


class PersonShown(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote, and the link that can be made for them now, by its name."""

    writer: Writer
    private_link: str
    measured: bool


def case_progress(detail: CaseDetail) -> Progress:
    """How far the case has come."""
    found = progress(
        detail.row.stage,
        detail.row.outcome,
        public_replies=detail.row.public_replies,
        private_contact=had_private_contact(detail.timeline),
    )
    return Progress(
        milestones=tuple(
            MilestoneShown(name=_(_name(one, passed)), passed=passed.value, word=_(PASSED[passed]))
            for one, passed in found
        )
    )


def _name(one: Milestone, passed: Passed) -> str:
    is_to_come = passed in (Passed.NOW, Passed.AHEAD)
    return TO_COME.get(one, MILESTONES[one]) if is_to_come else MILESTONES[one]


def person(detail: CaseDetail, writer: Writer) -> PersonShown:
    """Who is answered."""
    fitting = (one for one in Purpose if detail.row.stage in stages_of(one))
    return PersonShown(
        writer=writer,
        private_link=next((customers.word(one) for one in fitting), ""),
        measured=detail.row.measured,
    )
