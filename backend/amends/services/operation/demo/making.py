"""How is the demonstration made? By the same commands that people use, with instants that lie before now."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.errors import Conflict
from amends.gateways.drawn_posts import draw
from amends.gateways.evidence_files import EvidenceFiles
from amends.i18n import gettext as _
from amends.rules.capture.incoming import NewCapture
from amends.rules.follow_up.questions import Preset
from amends.rules.team.calendars import Calendar
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Language, RemedyKind, Role, Stage
from amends.rules.workflow.move_input import MoveInput
from amends.services.capture import captures, evidence
from amends.services.desk import cases
from amends.services.follow_up import follow_ups, questions, remedies
from amends.services.operation.demo import (
    causes,
    dates,
    launch,
    people,
    practice,
    preparation,
    room,
    storms,
    threats,
    topics,
    visits,
)
from amends.services.operation.demo.stories import CHECK_IN, REPLY, STORIES, Step, Story
from amends.services.person import author_pairs
from amends.services.reply import reply_templates
from amends.services.team import members, reply_rules, teams
from amends.services.team.members import Act, Member
from amends.services.team.teams import FirstAdmin, Team
from amends.services.workflow import moves, public_endings, replies
from amends.services.workflow.moves import MoveRefused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class DemoIsThere(Conflict):
    "The demo data already exists; `amends demo --remove` removes it."


class Made(msgspec.Struct, frozen=True):
    """What there is now; who may sign in when the team itself was made for it."""

    cases: int
    members: int
    email: str = ""
    password: str = ""


async def make(
    *, now: datetime, files: EvidenceFiles | None = None, language: Language = Language.FRENCH
) -> Made:
    """Thirty cases in every stage, some late, some ended, and replies to give; pictures with `files`.

    Who signs in reads Amends in this language, and a colleague has asked them a question.

    Raises DemoIsThere, TeamAtWork.
    """
    if await tables.Member.exists().where(tables.Member.email.like(people.EMAILS)):
        raise DemoIsThere(_("The demo data already exists; `amends demo --remove` removes it."))
    await room.ensure()
    password = "" if await members.is_anyone() else secrets.token_urlsafe(12)
    crew = await _crew(password, now - 60 * DAY, language)
    await reply_templates.install(by=crew[0], now=now - 60 * DAY)
    if password:
        places = ReplyRules(places=dict.fromkeys(Language, people.PLACE), product=people.PRODUCT)
        await reply_rules.change(Act(crew[0], now - 60 * DAY), places, after=0)
    await topics.add_themes(Act(crew[1], now - 60 * DAY))
    calendar = await teams.calendar()
    for place, story in enumerate(STORIES):
        await _tell(place, story, crew, calendar, now, files)
    await _join_accounts(crew[1], now)
    await causes.add_problem(Act(crew[1], now))
    await preparation.add_playbook(Act(crew[1], now - 60 * DAY), Act(crew[2], now - HOUR))
    await visits.add_places(crew, now)
    await storms.add_incident(Act(crew[1], now), crew[0])
    await threats.add_threat(crew[1], crew[2])
    await launch.add_campaign(Act(crew[1], now))
    await practice.add_drill(Act(crew[1], now), crew[0])
    await practice.add_story(Act(crew[1], now))
    await _ask(crew, now)
    return Made(len(STORIES), len(crew), crew[0].email if password else "", password)


async def _crew(password: str, now: datetime, spoken: Language) -> list[Member]:
    """The members; on an installation that nobody has set up, the team and its first admin as well."""
    found: list[Member] = []
    for name, shown, role, reads in people.MEMBERS:
        email = people.address_of(name)
        language = spoken if role is Role.ADMIN else reads
        if password and role is Role.ADMIN:
            first = FirstAdmin(email=email, name=shown, password=password)
            team = Team(name=people.TEAM, language=language, zone="Europe/Paris", country="FR")
            found.append(await teams.set_up(first, team, now=now))
        else:
            member = await members.add(
                email, name=shown, role=role, password=None, language=language, now=now, by=None
            )
            found.append(member)
    return found


async def _tell(
    place: int,
    story: Story,
    crew: list[Member],
    calendar: Calendar,
    now: datetime,
    files: EvidenceFiles | None,
) -> None:
    at = dates.begin_of(story, calendar, now)
    agent, capture_id = crew[1 + place % 3], uuid4()
    received = await captures.receive(Act(agent, at), capture_id, _capture(place, story, at))
    number = received.case.number
    if files and story.lang == "en":  # the letters that the pictures are drawn with have no accents
        picture = draw(_author(place), story.text, stars=story.rating)
        await evidence.keep_screenshot(Act(agent, at), capture_id, picture, files=files)
    await topics.tell(Act(agent, at), number, story)
    for step in story.steps:
        at = await _instant_of(step, number, dates.after(calendar, at, step.after), by=crew[0])
        if at >= now:
            return  # a team with other times than most: it has not come that far yet
        await _take(number, step, crew[1], agent, calendar, at)


async def _instant_of(step: Step, number: int, at: datetime, *, by: Member) -> datetime:
    """A second chance waits for its day."""
    detail = await cases.detail(Act(by, at), number) if step.name == CHECK_IN else None
    return max(at, detail.row.due_at or at) if detail else at


async def _take(
    number: int, step: Step, lead: Member, agent: Member, calendar: Calendar, at: datetime
) -> None:
    """One step of a story; a lead does what an agent may not."""
    if step.name in OTHERS:
        await OTHERS[step.name](Act(agent, at), number, step.given, calendar)
        return
    particulars = _particulars(step.given, at.astimezone(ZoneInfo(calendar.zone)))
    try:
        await moves.make(Act(agent, at), number, step.name, particulars)
    except MoveRefused:
        await moves.make(Act(lead, at), number, step.name, particulars)


async def _promise(act: Act, number: int, given: dict[str, Any], calendar: Calendar) -> None:
    due_at = dates.after(calendar, act.now, given["in_days"])
    await follow_ups.promise(act, number, words=given["words"], due_at=due_at)


async def _keep(act: Act, number: int, _given: dict[str, Any], _calendar: Calendar) -> None:
    await follow_ups.keep(act, await _promised(number))


async def _break(act: Act, number: int, _given: dict[str, Any], _calendar: Calendar) -> None:
    await follow_ups.break_promise(act, await _promised(number))


async def _promised(number: int) -> UUID:
    owed = tables.FollowUp
    rows = await owed.select(owed.id).where(
        (owed.case.number == number) & (owed.kind == FollowUpKind.PROMISE) & (owed.state == FollowUpState.DUE)
    )
    found: UUID = rows[0]["id"]
    return found


async def _offer(act: Act, number: int, given: dict[str, Any], _calendar: Calendar) -> None:
    await remedies.offer(
        act, number, kind=RemedyKind(given["kind"]), words=given["words"], cost=given["cost"]
    )


async def _end(act: Act, number: int, given: dict[str, Any], _calendar: Calendar) -> None:
    """Under the post it says how it ended, or why not."""
    if "skip" in given:
        await public_endings.skip(act, number, given["skip"])
        return
    await replies.posted(act, number, url=f"{REPLY}/{number}", text=given["text"])


OTHERS = {
    "promise": _promise,
    "keep_promise": _keep,
    "break_promise": _break,
    "remedy": _offer,
    "public_ending": _end,
}
"""Steps that are no moves."""


async def _join_accounts(lead: Member, now: datetime) -> None:
    """One author writes on several platforms, and somebody has noticed."""
    author = tables.Author
    rows = (
        await author.select(author.id).where(author.name == people.ONE_PERSON).order_by(author.first_seen_at)
    )
    for row in rows[1:]:
        await author_pairs.join(Act(lead, now), rows[0]["id"], row["id"])


async def _ask(crew: list[Member], now: datetime) -> None:
    """A colleague asks who signs in about the newest post that nobody has decided on yet."""
    case = tables.Case
    row = (
        await case.select(case.number)
        .where(case.stage == Stage.NEW)
        .order_by(case.opened_at, ascending=False)
        .first()
    )
    if row:
        await questions.ask(Act(crew[2], now), row["number"], of=crew[0].id, preset=Preset.JOKE)


def _particulars(given: dict[str, Any], at: datetime) -> MoveInput:
    said = {key: value for key, value in given.items() if key != "in_days"}
    if "in_days" in given:
        said["review_on"] = (at + given["in_days"] * DAY).date().isoformat()
    return msgspec.convert(said, MoveInput, strict=False)


def _capture(place: int, story: Story, at: datetime) -> NewCapture:
    author = _author(place)
    url = f"https://{story.platform}.{people.DOMAIN}/posts/{place}-{_number(author, place)}"
    given: dict[str, Any] = {
        "platform": story.platform,
        "id": f"demo-{_number(author, place)}",
        "url": url,
        "kind": "review" if story.rating else "post",
        "author": {"name": author, "handle": f"@{author.split()[0].casefold()}_demo"},
        "text": story.text,
        "lang": story.lang,
        "postedAt": (at - 2 * HOUR).isoformat(),
        "capturedAt": at.isoformat(),
        "rating": {"value": story.rating, "max": 5} if story.rating else None,
        "metrics": {"likes": place * 7 % 23, "replies": place % 5},
        "page": {"url": url, "title": author},
    }
    return msgspec.convert(given, NewCapture, strict=False)


def _author(place: int) -> str:
    return STORIES[place].author or people.AUTHORS[place % len(people.AUTHORS)]


def _number(author: str, place: int) -> str:
    return uuid5(NAMESPACE_URL, f"{author}/{place}").hex[:12]
