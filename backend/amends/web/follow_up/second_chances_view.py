"""Second chance on the page of a case: what to remember on the day."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.author_names import author_name
from amends.rules.follow_up.promises import end_of
from amends.rules.follow_up.second_chances import messages
from amends.rules.operation import own_texts
from amends.rules.reply.post_languages import Hints, guess
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Language, Stage
from amends.services.desk.cases import CaseDetail, FollowUpShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case.snapshots_view import LookShown, PostShown
from amends.web.dates import Moment
from amends.web.follow_up.labels.promises import PROMISE_ENDS, TONES
from amends.web.labels import label


class PromiseEnded(msgspec.Struct, frozen=True):
    """What was promised, and what came of it."""

    words: str
    end: str
    tone: str


class SecondChanceCard(msgspec.Struct, frozen=True, kw_only=True):
    """Who it was, what happened, what we did and promised, what became of the post; and what one may write.

    `drafts` are there on the day alone; `unwise` says why there are none all the same.
    """

    who: str
    fixed: Moment | None
    happened: str
    hostile: bool
    nature: str
    did: str
    promises: tuple[PromiseEnded, ...]
    look: LookShown | None
    drafts: tuple[str, ...]
    lang: str
    unwise: str


def card(
    detail: CaseDetail, shown: tuple[PostShown, ...], *, reader: Member, now: datetime
) -> SecondChanceCard | None:
    """The card of a case that has its second chance, or waits for an answer to it; None for any other."""
    if detail.row.stage not in (Stage.SECOND_CHANCE, Stage.CHECKED_IN):
        return None
    planned = next(reversed(_all(detail, FollowUpKind.SECOND_CHANCE)), None)
    language = _language(detail, reader)
    return SecondChanceCard(
        who=author_name(detail.row.author_name, detail.row.author_handle),
        fixed=dates.moment(planned.starts_at, now=now) if planned else None,
        happened=own_texts.title(detail.row.title),
        hostile=detail.is_hostile,
        nature=label(detail.nature) if detail.nature else "",
        did=detail.remedy,
        promises=tuple(_promise(one) for one in _all(detail, FollowUpKind.PROMISE)),
        look=next((look for post in shown for look in post.looks), None),
        drafts=_drafts(detail, planned, language, reader, now),
        lang=language,
        unwise=_unwise(detail),
    )


def _all(detail: CaseDetail, kind: FollowUpKind) -> list[FollowUpShown]:
    return [one for one in detail.follow_ups if one.kind is kind]


def _name(detail: CaseDetail) -> str:
    return detail.row.author_name or detail.row.author_handle


def _promise(one: FollowUpShown) -> PromiseEnded:
    end = end_of(one.state, due_at=one.due_at, settled_at=one.settled_at)
    return PromiseEnded(one.words, _(PROMISE_ENDS[end]), TONES[end])


def _unwise(detail: CaseDetail) -> str:
    if detail.row.stage is Stage.SECOND_CHANCE and detail.facts.newer_open_case:
        return _("This person has complained again since. Deal with the newer case first; do not ask here.")
    return ""


def _drafts(
    detail: CaseDetail, planned: FollowUpShown | None, language: Language, reader: Member, now: datetime
) -> tuple[str, ...]:
    if planned is None or planned.state is not FollowUpState.DUE:
        return ()
    if all(move.name != "check_in" for move in detail.moves):  # not the day yet, or not wise
        return ()
    return messages(
        language,
        name=_name(detail),
        signature=next(iter(reader.name.split()), ""),
        fixed_at=planned.starts_at,
        now=now,
    )


def _language(detail: CaseDetail, reader: Member) -> Language:
    text = detail.captures[0].text if detail.captures else ""
    return guess(Hints(text=text, page=detail.row.lang, member=Language(reader.language))).language
