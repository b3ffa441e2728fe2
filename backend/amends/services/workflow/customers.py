"""Messages of customers who follow a link."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case import fields as field_rules
from amends.rules.case.texts import clean_name, typed_text
from amends.rules.person import customer_links as rules
from amends.rules.person.customer_links import CheckInAnswer, ContactRequest, Purpose
from amends.rules.team import private_places
from amends.rules.vocabulary import Channel, EntryKind, FollowUpKind, Language, Stage
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import BY_NAME
from amends.services.case import fields, locks, timeline
from amends.services.case.access import take
from amends.services.case.field_values import said_of
from amends.services.case.fields import FieldShown
from amends.services.follow_up import follow_ups
from amends.services.person import customer_links, opt_outs
from amends.services.team import reply_rules, teams
from amends.services.workflow import case_commands, moves

TEXT_LIMIT = 5_000
LINES = ("name", "contact")


class LinkGone(NotFound):
    "This link is not valid, or has expired."


class NothingGiven(Invalid):
    """Something is missing in what the customer wrote."""


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer's page says: nothing of the case, but who asks, where else one may write, and privacy.

    `kept` is what the team says in this language of how long answers are kept; empty where it says nothing.
    """

    purpose: Purpose
    language: Language
    team: str
    place: str
    privacy_contact: str
    kept: str
    fields: tuple[FieldShown, ...]


class HandOff(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer gives to go on in private (P49 to P51)."""

    name: str = ""
    contact: str = ""
    wish: str = ""
    consent: bool = False
    fields: Mapping[str, str] = {}


class CheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands weeks later, and whether we may ever write again (P56)."""

    answer: CheckInAnswer
    words: str = ""
    stop: bool = False


BY_CODE = """
SELECT l.id, l.purpose, l.language, l.answers, l.expires_at, c.number, c.stage
FROM customer_link AS l JOIN case_file AS c ON c.id = l."case" WHERE l.code = :code
"""


async def open_link(typed: str, *, now: datetime) -> Invitation:
    """What the page of a link says. Changes nothing. Raises LinkGone, alike for every reason."""
    row = await _live(typed, now=now)
    return await thanked(Purpose(row["purpose"]), Language(row["language"]))


async def thanked(purpose: Purpose, language: Language) -> Invitation:
    """What the page says after they wrote, whatever has become of the link."""
    team, said = await teams.find(), await reply_rules.current()
    return Invitation(
        purpose=purpose,
        language=language,
        team=team.name if team else "",
        place=said.place(language),
        privacy_contact=said.privacy_contact,
        kept=said.kept.get(language, ""),
        fields=await _asked() if purpose is Purpose.HAND_OFF else (),
    )


async def hand_off(typed: str, given: HandOff, *, now: datetime) -> None:
    """What a customer wrote lands on the case: a move where it is one, else something that they said.

    Raises LinkGone, NothingGiven.
    """
    said = _cleaned(given)
    answers = _answers(given, await _asked())
    told = {
        "by_link": Purpose.HAND_OFF.value,
        "person": said.name,
        "contact": said.contact,
        "given": answers or None,
        "consent": True,
    }
    async with transaction():
        row = await _live(typed, now=now)
        case = await take(row["number"], by=None)
        await _spend(case, row["id"], Purpose.HAND_OFF, now=now)
        await hear(case, said.wish, told, now=now)


async def check_in(typed: str, given: CheckIn, *, now: datetime) -> None:
    """How it stands lands on the case, and is due to be looked at now. Raises LinkGone."""
    words = typed_text(given.words, limit=TEXT_LIMIT, field="words")
    told = {"by_link": Purpose.CHECK_IN.value, "answer": given.answer.value, "stop": given.stop or None}
    async with transaction():
        row = await _live(typed, now=now)
        if given.stop:
            await locks.hold_person(row["number"])
        case = await take(row["number"], by=None)
        await _spend(case, row["id"], Purpose.CHECK_IN, now=now)
        await _hear(case, words, told, now=now, answer=given.answer)
        await follow_ups.bring_forward(case.id, FollowUpKind.CHECK_IN_ANSWER, now=now)
        await follow_ups.refresh(case.id)
        if given.stop and case.author:
            await opt_outs.opt_out(case.author, now=now)


async def hear(
    case: tables.Case, words: str, told: dict[str, Any], *, now: datetime, channel: Channel | None = None
) -> None:
    """Step: what a customer wrote themselves: a move where it is one, else something that they said.

    `told` is what they gave besides their words; `channel` how it came, if not by a private link.
    """
    if name := rules.HEARD.get(Stage(case.stage)):
        await moves.heard(case, BY_NAME[name], MoveInput(text=words, channel=channel), told, now=now)
    else:
        await _hear(case, words, told, now=now, channel=channel)
        await customer_links.note_request(case.id, ContactRequest.GIVEN)


async def _hear(
    case: tables.Case,
    words: str,
    told: dict[str, Any],
    *,
    now: datetime,
    answer: CheckInAnswer | None = None,
    channel: Channel | None = None,
) -> None:
    row = tables.Case
    news: dict[Any, Any] = {row.came_back_at: now} | ({row.check_in_answer: answer.value} if answer else {})
    await row.update(news).where(row.id == case.id)
    await timeline.record(
        case.id,
        EntryKind.TOUCHPOINT,
        actor="author",
        now=now,
        channel=channel,
        direction="in",
        text=words,
        **told,
    )
    await case_commands.wake_for_reply(case, now=now)


async def _asked() -> tuple[FieldShown, ...]:
    """The fields of the team's own that the form asks for."""
    return tuple(one for one in await fields.offered() if one.asked)


def _answers(given: HandOff, asked: tuple[FieldShown, ...]) -> list[dict[str, str]]:
    """What they typed into these; a proposal, which a member takes into the case. Raises FieldUnusable."""
    answers = {
        one: field_rules.cleaned(one.kind, one.choices, given.fields.get(one.name, ""), field=one.name)
        for one in asked
    }
    return field_rules.told([said_of(one, answer) for one, answer in answers.items() if answer])


def _cleaned(given: HandOff) -> HandOff:
    lines = {name: clean_name(getattr(given, name)) for name in LINES}
    said = msgspec.structs.replace(
        given, **lines, wish=typed_text(given.wish, limit=TEXT_LIMIT, field="wish")
    )
    wrong = {}
    if not said.contact:
        wrong["contact"] = _("Tell us how to reach you: an email address or a phone number.")
    elif not private_places.reaches_person(said.contact):
        wrong["contact"] = _(
            "We could not reach you there. Enter an email address, a phone number or the name of your account"
            " with its @, such as dana@example.org, +44 20 7946 0958 or @dana."
        )
    if not said.wish:
        wrong["wish"] = _("Tell us what would put it right.")
    if not said.consent:
        wrong["consent"] = _("Without your consent we cannot keep what you write here.")
    if wrong:
        raise NothingGiven(_("Something is missing. Check the marked fields."), fields=wrong)
    return said


async def _live(typed: str, *, now: datetime) -> Mapping[str, Any]:
    code = rules.typed(typed)
    rows = await run(BY_CODE, code=code) if code else []
    if not rows or not customer_links.is_live(rows[0], now) or rows[0]["stage"] == Stage.CLOSED:
        raise _gone()
    return rows[0]


def _gone() -> LinkGone:
    """One sentence, whatever ended the link, so that nobody learns anything by trying."""
    return LinkGone(_("This link is not valid, or has expired. Please contact us the way you usually do."))


async def _spend(case: tables.Case, link_id: UUID, purpose: Purpose, *, now: datetime) -> None:
    """Step: of several who answer at once, no more than the link allows get through; the case is taken.

    Until it was, the link may have been ended and the case been closed.
    """
    link = tables.CustomerLink
    taken = link.update({link.answers: link.answers + 1, link.answered_at: now}).where(
        (link.id == link_id)
        & (link.answers < rules.most_answers(purpose))
        & (link.purpose == purpose)
        & (link.expires_at > now)
    )
    if case.stage == Stage.CLOSED or not await taken.returning(link.id):
        raise _gone()
