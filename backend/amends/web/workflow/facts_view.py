"""What is known of the matter of a case, and the form that corrects it."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.vocabulary import CustomerStatus, FollowUpKind, Nature, Stage
from amends.services.desk.cases import CaseDetail
from amends.web import dates
from amends.web.case.labels import FAULTS
from amends.web.controls import Options, Select
from amends.web.follow_up import contact_attempts_view
from amends.web.follow_up.contact_attempts_view import AttemptLine
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.person.labels import customers
from amends.web.reply import drafts_view


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided, how we tried to reach them, and the lists that correct it; none on a closed case."""

    known: Options
    attempts: tuple[AttemptLine, ...]
    to_correct: tuple[Select, ...]
    correcting: bool
    problem: str


def facts(detail: CaseDetail, typed: Typed, *, unsent: Mapping[int, str], now: datetime) -> Facts:
    """The facts of one case, with what was typed into the form that corrects them.

    `unsent` says by the position of its entry what became of a message that has not left or came back.
    """
    correcting = typed.form == "facts"
    is_closed = detail.row.stage is Stage.CLOSED
    return Facts(
        known=_known(detail),
        attempts=contact_attempts_view.lines(detail.timeline, is_over=is_closed, unsent=unsent, now=now),
        to_correct=() if is_closed else _to_correct(detail, typed.values if correcting else {}),
        correcting=correcting,
        problem=typed.detail if correcting else "",
    )


def _to_correct(detail: CaseDetail, given: Mapping[str, str]) -> tuple[Select, ...]:
    """What was said of the case in triage, to be put right at any time."""
    natures = tuple((one.value, label(one)) for one in Nature)
    statuses = tuple((one.value, label(one)) for one in CustomerStatus)
    faults = tuple((value, _(words)) for value, words in FAULTS.items())
    return (
        Select("nature", _("Nature"), given.get("nature", detail.nature or ""), natures),
        Select(
            "customer_status",
            _("Customer"),
            given.get("customer_status", detail.customer_status.value),
            statuses,
        ),
        Select("fault", _("Fault"), given.get("fault", str(detail.fault or "")), faults),
    )


def _known(detail: CaseDetail) -> Options:
    """What was decided, as text; it becomes a field only where a move asks for it."""
    pings = detail.pings if detail.row.stage is Stage.WAITING else 0
    fault = FAULTS.get(str(detail.fault), "")
    known = [
        (_("We decided to"), label(detail.stance) if detail.stance else ""),
        (_("Nature"), label(detail.nature) if detail.nature else ""),
        (_("Customer"), label(detail.customer_status)),
        (_("Fault"), _(fault) if fault else ""),
        (label(FollowUpKind.NEXT_STEP), detail.next_step),
        (_("Remedy"), detail.remedy),
        (_("Public replies"), drafts_view.counted(detail)),
        (_("Contact details"), customers.word(detail.contact_request) if detail.contact_request else ""),
        (_("Written to again"), str(pings or "")),
        (_("Check again on"), dates.day(detail.review_on) if detail.review_on else ""),
    ]
    return tuple((name, fact) for name, fact in known if fact)
