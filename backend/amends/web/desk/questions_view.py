"""Questions to a colleague, on the page of a case, in triage and on Today."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.author_names import author_name
from amends.rules.case.platforms import label
from amends.rules.follow_up.questions import ANSWERED, Answer, Colleague, answers, with_words
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Stage
from amends.services.case.timeline import EntryShown
from amends.services.desk.cases import CaseDetail, FollowUpShown
from amends.services.follow_up import questions
from amends.services.follow_up.questions import AskedOfMe
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case import titles
from amends.web.case.labels.languages import language_name
from amends.web.dates import Moment
from amends.web.page_kit import Typed

ASK, ANSWER = "question", "question-answer"
"""The names of the two forms."""


class QuestionShown(msgspec.Struct, frozen=True, kw_only=True):
    """One question, every string ready; `choices` are the answers that take one press."""

    id: UUID
    words: str
    told: str
    at: Moment
    answer: str
    is_for_reader: bool
    may_answer: bool
    may_withdraw: bool
    choices: tuple[tuple[str, str], ...]
    typed: str = ""
    error: str = ""


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked about one case, and who can be asked; nobody about a closed one."""

    number: int
    lines: tuple[QuestionShown, ...]
    colleagues: tuple[tuple[str, str], ...]
    asking: bool
    member: str
    words: str
    error: str

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return any(not one.answer for one in self.lines)

    @property
    def for_reader(self) -> list[QuestionShown]:
        """What waits for the reader's answer."""
        return [one for one in self.lines if one.is_for_reader]

    @property
    def of_others(self) -> list[QuestionShown]:
        """What was asked of others, and what was answered."""
        return [one for one in self.lines if not one.is_for_reader]


class QuestionOnToday(msgspec.Struct, frozen=True, kw_only=True):
    """One question that waits for the reader, with its case."""

    id: UUID
    number: int
    title: str
    lang: str
    by: str
    asked: str
    words: str
    at: Moment
    choices: tuple[tuple[str, str], ...]


def shown(
    detail: CaseDetail, colleagues: Sequence[Colleague], typed: Typed, *, reader: Member, now: datetime
) -> Questions:
    """The questions of a case that wait or were answered, oldest first, as one member sees them."""
    answered = {
        str(entry.particulars["question"]): entry
        for entry in detail.timeline
        if entry.kind is EntryKind.QUESTION and entry.particulars.get("deed") == "answered"
    }
    asked = [one for one in detail.follow_ups if one.kind is FollowUpKind.QUESTION]
    stated = (one for one in asked if one.state is FollowUpState.DUE or str(one.id) in answered)
    mine = typed.of(ASK)
    return Questions(
        number=detail.row.number,
        lines=tuple(
            _line(one, answered.get(str(one.id)), typed, reader=reader, now=now)
            for one in sorted(stated, key=lambda one: one.starts_at)
        ),
        colleagues=()
        if detail.row.stage is Stage.CLOSED
        else tuple(_choices(colleagues, detail.row.lang, now=now)),
        asking=typed.form == ASK or detail.row.stage is Stage.NEW,  # where it is asked most, in one press
        member=mine.values.get("member", ""),
        words=mine.values.get("words", ""),
        error=mine.errors.get("words") or mine.errors.get("member") or mine.problem,
    )


def _line(
    owed: FollowUpShown, answer: EntryShown | None, typed: Typed, *, reader: Member, now: datetime
) -> QuestionShown:
    question = questions.question_of(owed.words, owed.steps)
    waits = owed.state is FollowUpState.DUE
    names = {"name": question.asker_name, "colleague": owed.owner.name if owed.owner else _("the team")}
    again = typed if typed.form == ANSWER and typed.values.get("question") == str(owed.id) else Typed()
    return QuestionShown(
        id=owed.id,
        words=question.said(),
        told=_("%(name)s asked %(colleague)s; waiting for an answer") % names
        if waits
        else _("%(name)s asked") % names,
        at=dates.moment(owed.starts_at if answer is None else answer.at, now=now),
        answer=_answer(answer) if answer else "",
        is_for_reader=waits and owed.owner is not None and owed.owner.id == reader.id,
        may_answer=waits and question.asker != reader.id,
        may_withdraw=waits and questions.may_withdraw(question, reader),
        choices=_answers(question) if waits else (),
        typed=again.values.get("words", ""),
        error=again.detail,
    )


def _answer(entry: EntryShown) -> str:
    """Who answered, and what."""
    chosen = str(entry.particulars.get("answer", ""))
    own = str(entry.particulars.get("words", ""))
    said = with_words(_(ANSWERED[Answer(chosen)]) if chosen else "", own)
    return _("%(name)s: %(words)s") % {"name": entry.by.name if entry.by else "", "words": said}


def _answers(question: questions.Question) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, _(ANSWERED[one])) for one in answers(question.preset))


def _choices(colleagues: Iterable[Colleague], lang: str, *, now: datetime) -> Iterable[tuple[str, str]]:
    """Each with what speaks for them, or against it."""
    for one in colleagues:
        why = [_("reads %(language)s") % {"language": language_name(lang) or lang}] if one.reads_it else []
        if one.is_here(now):
            why.append(_("here now"))
        elif one.away:
            why.append(_("away"))
        if not one.reached:
            why.append(_("no reminders: sees it on Today only"))
        yield str(one.id), f"{one.name} ({', '.join(why)})" if why else one.name


def on_today(asked: Iterable[AskedOfMe], *, now: datetime) -> list[QuestionOnToday]:
    """What waits for the reader's answer."""
    return [
        QuestionOnToday(
            id=one.id,
            number=one.number,
            title=titles.title(one.title, one.nature),
            lang=titles.language(one.lang, one.nature),
            by=f"{author_name(one.author_name, one.author_handle)}, {label(one.platform)}",
            asked=one.question.asker_name,
            words=one.question.said(),
            at=dates.moment(one.starts_at, now=now),
            choices=_answers(one.question),
        )
        for one in asked
    ]
