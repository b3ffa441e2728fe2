"""Questions to a colleague about a case: asked, answered, withdrawn, and given back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import GIVEN, convert, run, transaction
from amends.errors import Conflict, Forbidden, Invalid
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.case import stored_texts
from amends.rules.case.texts import shows, typed_text
from amends.rules.follow_up.questions import ANSWERED, ASKED, Answer, Preset, answers, with_words
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Nature, Role
from amends.services.case import timeline
from amends.services.case.access import must_be_open, take
from amends.services.follow_up.follow_ups import FollowUpUnknown, change, requests
from amends.services.follow_up.follow_ups.commands import take_owed
from amends.services.team import members
from amends.services.team.members import Act, Member

WORDS_LIMIT = 300
ASKS, TELLS = "question", "answered"
PLAIN = "%(words)s"


class NothingAsked(Invalid):
    """Enter a question, or choose one."""


class AskedOfOneself(Invalid):
    """Choose a colleague to ask."""


class AskedAlready(Conflict):
    """This was already asked, and the answer has not come yet."""


class NothingAnswered(Invalid):
    """Enter an answer, or choose one."""


class AnswerNotOffered(Invalid):
    """This does not answer that question. Choose one of its answers, or write your own."""


class OwnQuestion(Forbidden):
    """Someone else has to answer your question."""


class QuestionNotYours(Forbidden):
    """Only who asked, or a lead, may withdraw a question."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What one member asked another about a case; `words` are their own, alone or beside a preset."""

    asker: UUID
    asker_name: str
    preset: Preset | None
    words: str

    def said(self) -> str:
        """The question in the language that is spoken now."""
        return with_words(_(ASKED[self.preset]) if self.preset else "", self.words)


class AskedOfMe(msgspec.Struct, frozen=True, kw_only=True):
    """A question that waits for one member, with its case and who wrote there."""

    id: UUID
    number: int
    title: str
    lang: str
    nature: Nature | None
    platform: str
    author_name: str
    author_handle: str
    starts_at: datetime
    question: Annotated[Question, GIVEN]


def question_of(words: str, steps: Sequence[Mapping[str, Any]]) -> Question:
    """The question in the columns of its follow-up."""
    asked = steps[0]
    preset = Preset(asked["preset"]) if asked.get("preset") else None
    own = asked.get("words", "") if preset else words
    return Question(asker=UUID(asked["asker"]), asker_name=asked["by"], preset=preset, words=own)


SHOWN = 20
"""So many questions stand on Today; the rest is counted."""

WAITS_FOR = f"""
f.state = 'due' AND f.kind = '{FollowUpKind.QUESTION}' AND f.owner = :member AND c.stage <> 'closed'
"""
OF_MEMBER = f"""
SELECT f.id, c.number, c.title, c.lang, c.nature, c.platform, f.starts_at, f.words, f.steps,
COALESCE(author.name, '') AS author_name, COALESCE(author.handle, '') AS author_handle
FROM follow_up AS f JOIN case_file AS c ON c.id = f."case" LEFT JOIN author ON author.id = c.author
WHERE {WAITS_FOR} ORDER BY f.starts_at, c.number LIMIT {SHOWN}
"""  # noqa: S608 - a statement of ours
COUNT_OF_MEMBER = f"""
SELECT COUNT(*) AS many FROM follow_up AS f JOIN case_file AS c ON c.id = f."case" WHERE {WAITS_FOR}
"""  # noqa: S608 - a statement of ours


async def asked_of(member: Member) -> list[AskedOfMe]:
    """What waits for a member's answer, the oldest first, up to SHOWN."""
    rows = await run(OF_MEMBER, member=member.id)
    return [convert(row, AskedOfMe, question=question_of(row["words"], row["steps"])) for row in rows]


async def more_asked_of(member: Member, asked: Sequence[AskedOfMe]) -> int:
    """How many questions wait for the member beside these that were `asked_of` them."""
    if len(asked) < SHOWN:
        return 0
    [row] = await run(COUNT_OF_MEMBER, member=member.id)
    return max(int(row["many"]) - len(asked), 0)


async def ask(act: Act, number: int, *, of: UUID, preset: Preset | None = None, words: str = "") -> UUID:
    """Asks one colleague about a case: a preset, words, or a preset with words behind it.

    Raises CaseUnknown, CaseIsClosed, NothingAsked, TextIsTooLong, AskedOfOneself, AskedAlready, NoSuchMember,
    MemberIsDisabled.
    """
    own = _own(words)
    if not preset and not own:
        raise NothingAsked(fields={"words": _("Enter a question, or choose one.")})
    if of == act.by.id:
        raise AskedOfOneself(fields={"member": _("Choose a colleague to ask.")})
    async with transaction():
        colleague = await members.present(of, field="member")
        case = await take(number, by=act.by)
        must_be_open(case)
        why = {"step": ASKS, "by": act.by.name, "asker": str(act.by.id), "preset": preset or ""}
        if preset and own:
            why["words"] = own
        await _must_be_new(case.id, colleague, why, own)
        with use_language(colleague.language):
            said = {"words": with_words(_(ASKED[preset]) if preset else "", own)}
        kind = FollowUpKind.QUESTION
        [made] = await requests.ask(kind, case, [colleague], PLAIN, said, why=why, now=act.now)
        await _record(act, case.id, "asked", to=colleague.name, preset=preset, words=own)
    return made


async def answer(
    act: Act, number: int, question: UUID, *, chosen: Answer | None = None, words: str = ""
) -> None:
    """Answers a question about this case in one press, in words, or in both; who asked is told.

    Anybody may but who asked. Raises FollowUpUnknown, FollowUpSettled, NothingAnswered, TextIsTooLong,
    AnswerNotOffered, OwnQuestion.
    """
    own = _own(words)
    if not chosen and not own:
        raise NothingAnswered(fields={"words": _("Enter an answer, or choose one.")})
    async with transaction():
        case, owed, asked = await _take(question, number, by=act.by)
        if asked.asker == act.by.id:
            raise OwnQuestion(_("You asked this yourself. Withdraw it if you no longer need an answer."))
        if chosen and chosen not in answers(asked.preset):
            raise AnswerNotOffered(fields={"words": _("Choose one of these answers, or write your own.")})
        await change(question, _ended(FollowUpState.DONE, act.now))
        asker = await members.find(asked.asker)
        with use_language(asker.language):
            told = with_words(_(ANSWERED[chosen]) if chosen else "", own)
            said = {"words": with_words(asked.said(), told)}
        await _tell(asker, case, PLAIN, said, by=act.by.name, now=act.now)
        about = {"question": str(owed["id"]), "to": asked.asker_name, "preset": asked.preset}
        await _record(act, case.id, "answered", **about, answer=chosen, words=own)


async def withdraw(act: Act, number: int, question: UUID) -> None:
    """Who asked about this case needs no answer any more.

    Raises FollowUpUnknown, FollowUpSettled, QuestionNotYours.
    """
    async with transaction():
        case, owed, asked = await _take(question, number, by=act.by)
        if not may_withdraw(asked, act.by):
            raise QuestionNotYours(_("Only who asked, or a lead, may withdraw a question."))
        await change(question, _ended(FollowUpState.DROPPED, act.now))
        await _record(act, case.id, "withdrawn", question=str(owed["id"]), preset=asked.preset)


def may_withdraw(asked: Question, member: Member) -> bool:
    """Whether this member may take the question back."""
    return asked.asker == member.id or member.role.reaches(Role.LEAD)


SINCE = """
SELECT c.version, e.kind FROM case_file AS c JOIN entry AS e ON e."case" = c.id
WHERE c.number = :number AND e.kind <> 'nudged' ORDER BY e.position DESC LIMIT :most
"""
MOST_SINCE = 50


async def beyond_questions(number: int, version: int | None) -> int | None:
    """Step: the version that a case has now, if only questions have come since this one; else this one.

    Whoever decides has seen everything then, and asking holds nothing up.
    """
    rows = await run(SINCE, number=number, most=MOST_SINCE)
    if version is None or not rows:
        return version
    since = rows[0]["version"] - version
    kinds = [row["kind"] for row in rows[:since]] if since > 0 else []
    return rows[0]["version"] if kinds == [EntryKind.QUESTION] * since else version


async def give_back(question: UUID, leaver: Member, *, now: datetime) -> str:
    """Step: whoever was asked can no longer sign in, so who asked is told; their name, or nothing."""
    owed, found = tables.FollowUp, tables.Case
    [row] = await owed.select(owed.case, owed.words, owed.steps).where(owed.id == question)
    [case] = await found.objects().where(found.id == row["case"])
    asked = question_of(row["words"], row["steps"])
    await change(question, _ended(FollowUpState.DROPPED, now))
    asker = await members.find(asked.asker)
    with use_language(asker.language):
        said = {"question": asked.said(), "name": leaver.name}
    await _tell(asker, case, stored_texts.UNANSWERED, said, by=leaver.name, now=now)
    return "" if asker.disabled else asker.name


async def _tell(
    asker: Member, case: tables.Case, words: str, said: Mapping[str, str], *, by: str, now: datetime
) -> None:
    """Step: who asked hears what became of the question; nobody does when they can no longer sign in."""
    whom = [] if asker.disabled else [asker]
    why = {"step": TELLS, "by": by}
    await requests.ask(FollowUpKind.ANSWERED, case, whom, words, said, why=why, now=now)


async def _take(question: UUID, number: int, *, by: Member) -> tuple[tables.Case, dict[str, Any], Question]:
    case, owed = await take_owed(question, by=by, number=number)
    if owed["kind"] != FollowUpKind.QUESTION:
        raise FollowUpUnknown
    return case, owed, question_of(owed["words"], owed["steps"])


async def _must_be_new(case_id: UUID, colleague: Member, why: Mapping[str, str], words: str) -> None:
    owed = tables.FollowUp
    waiting = (
        (owed.case == case_id) & (owed.kind == FollowUpKind.QUESTION) & (owed.state == FollowUpState.DUE)
    )
    for row in await owed.select(owed.words, owed.steps).where(waiting & (owed.owner == colleague.id)):
        if row["steps"][0] == why and (why["preset"] or row["words"] == words):
            raise AskedAlready(_("You already asked %(name)s this.") % {"name": colleague.name})


def _own(words: str) -> str:
    """What was typed, or nothing where nothing of it shows. Raises TextIsTooLong."""
    own = typed_text(words, limit=WORDS_LIMIT, field="words")
    return own if shows(own) else ""


def _ended(state: FollowUpState, now: datetime) -> dict[str, object]:
    return {"state": state, "settled_at": now, "next_at": None}


async def _record(act: Act, case_id: UUID, deed: str, **particulars: Any) -> None:  # noqa: ANN401 - what an entry takes
    kind = EntryKind.QUESTION
    await timeline.record(case_id, kind, by=act.by, now=act.now, deed=deed, **particulars)
