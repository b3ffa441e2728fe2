"""Serves a desk full of cases, attacks of strangers among them, and one page that is broken on purpose."""

import asyncio
import json
import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from litestar import MediaType, Request, Response, get

from amends import settings, tables
from amends.app import connected
from amends.cli.serve import listen
from amends.cli.server import Server
from amends.database import migrate
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.feeds import Fetched
from amends.gateways.secrets import Secrets
from amends.rules.capture.feed_documents import FeedItem
from amends.rules.capture.incoming import NewCapture
from amends.rules.insight.stories import Texts
from amends.rules.person.customer_links import Purpose
from amends.rules.vocabulary import Channel, CustomerStatus, IncidentKind, Language, RemedyKind, Role
from amends.rules.workflow.move_input import MoveInput
from amends.services.capture import captures, feeds
from amends.services.desk import case_themes, incidents, problems, themes, watched_places
from amends.services.desk.incidents import Opening
from amends.services.follow_up import follow_ups, remedies, threat_plans
from amends.services.insight import announcements, counting, drills, stories
from amends.services.insight.concerns import count_shared
from amends.services.insight.stories import Agreement
from amends.services.nudge import push_targets, targets
from amends.services.operation import demo
from amends.services.person import author_pairs, customer_links, people
from amends.services.person.people import Known
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateFilters
from amends.services.team import absences, calendars, codes, members, reply_rules, rotas, sessions
from amends.services.team.members import Act, Member
from amends.services.workflow import answers, case_commands, moves
from amends.web import placeholders, templating
from amends.web.security import Policy
from tests.browser.moved_clock import moved_clock
from tests.browser.payloads import LOADS, PROGRAMS, REDIRECT, REQUESTS
from tests.fakes import RecordingNotifier

TOLD = Path(os.environ.pop("TOLD_FILE"))
DAY = timedelta(days=1)
PASSWORD = "seven quiet ovens"
PAGE = """{% extends "layout.html" %}{% block title %}Broken{% endblock %}{% block main %}<h1>Broken</h1>
<button id="more" hx-get="/broken/part{{ query({'words': part}) }}" hx-target="#part" hx-swap="innerHTML"
 hx-nonce="{{ nonce }}">More</button><div id="part"></div>{{ words | safe }}{% endblock %}"""


async def fill(chosen: settings.Settings) -> dict[str, Any]:
    """The demonstration, an admin of each language, and what the tests must know of them."""
    async with connected(chosen):
        now = moved_clock()
        await demo.make(now=now, files=FolderEvidenceFiles(chosen.evidence_dir))
        await push_targets.ensure_key(Secrets(chosen.encryption_keys), now=now)
        ada = await _admin("ada", "Ada Baker", Language.ENGLISH)
        anne = await _admin("anne", "Anne Boulanger", Language.FRENCH)
        await targets.add(
            await targets.checked("json://example.org/hook", RecordingNotifier()),
            member=ada.id,
            name="Ada’s phone",
            position=1,
            by=ada,
            now=now,
            secrets=Secrets(chosen.encryption_keys),
        )
        await tables.Target.update(
            {tables.Target.failures: 3, tables.Target.succeeded_at: now}, force=True
        )  # every page of hers says so
        await _on_duty(ada, anne, now)
        await _nudged(ada, now)
        rows = await tables.Case.select(tables.Case.number, tables.Case.stage).order_by(tables.Case.number)
        numbers = {row["stage"]: row["number"] for row in rows}
        looked = await _looked_at("It never came.", "It came, late. EDIT: they called.", by=ada, now=now)
        await _waits(anne, numbers["contact"], now=now)
        await _offered(numbers["working"], by=ada, now=now)
        [reply] = (await reply_templates.page(TemplateFilters(words="late"), limit=1)).rows
        return {
            "sessions": {"en": await _session(ada), "fr": await _session(anne)},
            "cases": numbers
            | {"looked": looked, "owed": await _owed(), "reply": str(reply.id)}
            | {"person": await _twins(anne, ada, now=now)}
            | await _shared(ada, numbers, now=now)
            | await _prepared()
            | await _watched(ada, now=now)
            | await _practised(ada, now=now)
            | await _told(ada, numbers, now=now),
            "link": await codes.make("reset", anne.id, now=now),
            "hand_off": await customer_links.make(Act(anne, now), numbers["contact"], Purpose.HAND_OFF),
        }


async def _practised(ada: Member, *, now: datetime) -> dict[str, Any]:
    """A drill that is over, in which something was forgotten, and one that runs and was warned of."""
    before, lately = now - DAY, now - timedelta(minutes=8)
    over = await drills.start(Act(ada, before), kind=IncidentKind.OUTAGE, posts=48, minutes=5)
    await drills.hold(Act(ada, before + timedelta(minutes=4)), over, on=True)
    await drills.look_at(Act(ada, before + timedelta(minutes=4)), over, 4)
    runs = await drills.start(Act(ada, lately), kind=IncidentKind.DEFECTIVE_PRODUCT, posts=24, minutes=15)
    await drills.update(Act(ada, now), runs, "We ask the workshop. Next update at eleven.")
    return {"drill": runs, "drill_over": over}


async def _told(ada: Member, numbers: dict[str, int], *, now: datetime) -> dict[str, Any]:
    """Two case stories: an anonymous one, and one whose person agreed to be named."""
    anonymous, named = numbers["closed"], numbers["second_chance"]
    words = Texts(
        title="A cake that came after all",
        said="It never came <b>and</b> nobody answers: https://x.com/dana/status/17",
        did="We replied in public the same day.\nTo put it right: a new cake and a refund.",
        ended="They wrote that the new cake was the best of the year.",
    )
    for number in (anonymous, named):
        await stories.keep(Act(ada, now), number, words)
    agreement = Agreement(name="Dana Müller", on=now.date() - DAY, how="By mail, kept on the case")
    await stories.agree(Act(ada, now), named, agreement, version=1)
    return {"told_story": named}


async def _on_duty(ada: Member, anne: Member, now: datetime) -> None:
    """Hours on duty, turns, evenings and a night that was swapped; nobody for two days."""
    today = now.date()
    await calendars.set_on_duty(Act(ada, now), calendars.Hours(zone="Europe/Paris", country="FR"))
    await rotas.rotate(Act(ada, now), [ada.id, anne.id], weekday=0, minute=540, first=today + 2 * DAY)
    await rotas.repeat(Act(ada, now), anne.id, days=[0, 2], begins=1080, ends=1320, first=today)
    night = {"begins_at": now, "ends_at": now + timedelta(hours=9)}
    await absences.take_duty(Act(ada, now), ada.id, **night, instead=True)
    begin, end = now + 9 * DAY, now + 12 * DAY
    await absences.plan(Act(ada, now), anne.id, begins_at=begin, ends_at=end, deputy=ada.id)


async def _waits(member: Member, number: int, *, now: datetime) -> None:
    """A draft that somebody else is to read, changed from a prepared reply, with something to find in it."""
    began_as = (await answers.begin(Act(member, now), number)).variants
    text = f"{began_as[0].text if began_as else 'We are sorry.'} Honestly, it was not that late."
    given = MoveInput(text=text, template=began_as[0].id if began_as else None, reason="They know us well")
    await moves.make(Act(member, now), number, "submit_draft", given)


async def _owed() -> str:
    """A follow-up that may get another date."""
    owed = tables.FollowUp
    rows = await owed.select(owed.id).where((owed.state == "due") & (owed.kind == "next_step"))
    return str(rows[0]["id"])


async def _nudged(member: Member, now: datetime) -> None:
    """Nudges of the last days, so many of them ignored that a longer time is proposed, and a paused place."""
    target, owed = tables.Target, tables.FollowUp
    await target.update({target.paused_until: now + DAY, target.failures: 3}, force=True)
    [place] = await target.select(target.id)
    for follow_up in await owed.select(owed.id, owed.kind).where(owed.state == "due"):
        for days in range(2 if follow_up["kind"] == "contact" else 0, 14):
            nudge = tables.Nudge(
                id=uuid4(),
                key=uuid4().hex,
                follow_up=follow_up["id"],
                generation=days + 100,
                rung=1,
                audience="owner",
                member=member.id,
                target=place["id"],
                state="sent",
                run_at=now,
                created_at=now,
                settled_at=now - days * DAY,
            )
            await tables.Nudge.insert(nudge)


async def _admin(name: str, shown: str, language: Language) -> Member:
    added = await members.add(
        f"{name}@example.org",
        name=shown,
        role=Role.ADMIN,
        password=PASSWORD,
        language=language,
        now=moved_clock(),
        by=None,
    )
    await sessions.begin_for(added, address="192.0.2.7", program="Firefox/140.0 (Linux)", now=moved_clock())
    return added


async def _session(member: Member) -> str:
    """One whose password counts as typed until tomorrow: else pages ask for it where a run takes long."""
    now = moved_clock()
    begun = await sessions.begin_for(member, address="127.0.0.1", program="Chrome/142.0 (Linux)", now=now)
    session = tables.Session
    await session.update({session.proved_at: now + timedelta(days=1)}).where(
        session.token_hash == codes.hash_of(begun.token)
    )
    return begun.token


async def attack(chosen: settings.Settings) -> dict[str, Any]:
    """Strangers, and a member, write programs into every field that there is."""
    async with connected(chosen):
        now = moved_clock()
        anybody = await _admin("eve", PROGRAMS[0], Language.ENGLISH)
        numbers = []
        for words in (*PROGRAMS, *LOADS, REDIRECT, *REQUESTS):
            given = _converted(_capture(words, now.isoformat()))
            number = (await captures.receive(Act(anybody, now), uuid4(), given)).case.number
            await case_commands.note(Act(anybody, now), number, text=words)
            await case_commands.record_touchpoint(
                Act(anybody, now), number, channel=Channel.EMAIL, direction="in", text=words
            )
            due_at = now + timedelta(days=1)
            await follow_ups.promise(Act(anybody, now), number, words=words[:200], due_at=due_at)
            theme = await themes.make(Act(anybody, now), f"{len(numbers)} {words}")
            await case_themes.choose(Act(anybody, now), number, add_to=[theme])
            numbers.append(number)
        numbers += [await _looked_at("Kept", f"{words} Kept", by=anybody, now=now) for words in PROGRAMS[:3]]
        return {"sessions": {"en": await _session(anybody)}, "numbers": numbers}


async def _looked_at(before: str, after: str, *, by: Member, now: datetime) -> int:
    """A case of two posts, one of which was edited and then deleted, as the looks at it found."""
    given = _capture(before, now.isoformat()) | {
        "url": f"https://example.org/{uuid4()}",
        "lang": "en",
        "adapter": {"name": after[:200], "version": 1},
    }
    first = uuid4()
    received = await captures.receive(Act(by, now), first, _converted(given))
    number = received.case.number
    beside = _capture(after, now.isoformat()) | {"sameCaseAs": str(first), "lang": "en"}
    await captures.receive(Act(by, now), uuid4(), _converted(beside))
    for text, gone in ((after, False), ("", True)):
        look = {"text": text, "rating": {"value": 4}, "revisit": {"caseNumber": number, "gone": gone}}
        await captures.receive(Act(by, now), uuid4(), _converted(given | look))
    return number


async def _offered(number: int, *, by: Member, now: datetime) -> None:
    """A refund that was offered, and one that costs more than the ceiling and waits for a lead."""
    standing = await reply_rules.standing()
    ceiling = replace(standing.rules, remedy_ceiling=5_000)
    await reply_rules.change(Act(by, now), ceiling, after=standing.version)
    agent = next(one for one in await members.everyone() if one.role is Role.AGENT)
    for cost, words in ((1_250, "The postage"), (25_000, "The whole order, and the next one")):
        given = {"kind": RemedyKind.REFUND, "words": words, "cost": cost}
        await remedies.offer(Act(agent, now), number, **given)


async def _shared(member: Member, cases: dict[str, int], *, now: datetime) -> dict[str, int]:
    """A concern of three people, a problem with a date, and a fixed one of which one person was told."""
    act, people = Act(member, now), ("Noor", "Otto", "Pia")
    words = "The voucher of the spring brochure is refused at the till of every shop, and nobody says why."
    for name in people:
        who = {"name": name, "handle": f"{name}_fictional"}
        given = _capture(words, now.isoformat()) | {"author": who, "lang": "en"}
        await captures.receive(act, uuid4(), _converted(given | {"url": f"https://example.org/{uuid4()}"}))
    while await counting.count_changed():
        pass
    await count_shared(now=now)
    leak = Opening(title="Addresses leaked", kind=IncidentKind.DATA_LEAK, numbers=(cases["watched"],))
    closed = await incidents.open_incident(act, leak)
    await incidents.note(act, closed, "The file is gone.")
    await incidents.close(act, closed, owner=member.id)
    number = await problems.open_problem(act, "Late parcels", numbers=(cases["contact"], cases["waiting"]))
    due = problems.Given(title="Late parcels", cause="A new depot", owner=member.id, due_at=now + 3 * DAY)
    await problems.change(act, number, due, version=1)
    told, untold = cases["second_chance"], cases["working"]
    fixed = await problems.open_problem(act, "The size chart was wrong", numbers=(told, untold))
    words = {"en": "{author}, the size chart is right again.", "fr": "{author}, les tailles sont justes."}
    change = problems.Words(**words)
    await problems.announce(act, fixed, change, version=1)
    await problems.approve(act, fixed, version=2)
    await problems.fix(act, fixed, version=3)
    await announcements.tell(act, fixed, told, channel=Channel.EMAIL, text="The size chart is right again.")
    return {"incident_closed": closed, "problem": number, "problem_fixed": fixed, "told": untold}


async def _prepared() -> dict[str, Any]:
    """The playbook of the demonstration, and the case on which it was started."""
    checklist, playbook = tables.Checklist, tables.Playbook
    rows = checklist.select(checklist.case.number.as_alias("number"))
    [row] = await rows.where(checklist.playbook != threat_plans.PLAN)
    [found] = await playbook.select(playbook.id).where(playbook.id != threat_plans.PLAN)
    return {"checked": row["number"], "playbook": str(found["id"])}


async def _watched(lead: Member, *, now: datetime) -> dict[str, str]:
    """Two places to watch: one that is due, one that was visited a moment ago."""
    act = Act(lead, now)
    reviews = "https://www.trustpilot.com/review/bakers.example"
    names = {"Our reviews on Trustpilot": reviews, "Search on X": "https://x.com/search?q=bakers"}
    for name, address in names.items():
        given = watched_places.Given(name=name, address=address, every=7, members=[lead.id])
        place = await watched_places.add_place(act, given)
    await watched_places.visit(act, place, found=2)
    await feeds.subscribe(act, "Forum", "https://forum.example/feed.xml")
    await feeds.fetch_next(OneAnswer(), now=now)
    return {"place": str(place)}


class OneAnswer:
    """A feed reader that always finds the same two posts."""

    async def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Two posts of a forum, one without words."""
        link = "https://forum.example/t/"
        words = "<p>They promised Monday, and nobody rang.</p>" * 9
        items = (FeedItem(link=f"{link}1", title="Never again", words=words), FeedItem(link=f"{link}2"))
        return Fetched(outcome="items", address=address, items=items)


async def _twins(one: Member, other: Member, *, now: datetime) -> str:
    """Who has three accounts: two were joined, the third one may be theirs too; and they wrote by a link."""
    words = "The third cake in a row with a hair in it, and the shop says that I am making this up."
    authors = []
    for platform in ("x", "bluesky", "threads"):
        who = {"name": "Dorothea Fictional", "handle": "dorothea_fictional", "url": "https://example.org/d"}
        given = _capture(words, now.isoformat()) | {
            **{"platform": platform, "author": who, "lang": "en"},
            "url": f"https://example.org/{platform}",
        }
        received = await captures.receive(Act(one, now), uuid4(), _converted(given))
        [row] = await tables.Case.select(tables.Case.author).where(tables.Case.number == received.case.number)
        authors.append(row["author"])
    await author_pairs.join(Act(other, now), authors[0], authors[1])
    known = Known(
        contact="dorothea@example.org",
        notes="Rings back after six in the evening.",
        customer_status=CustomerStatus.VERIFIED,
    )
    await people.write(Act(other, now), authors[0], known)
    return str(authors[0])


def _converted(given: dict[str, Any]) -> NewCapture:
    return msgspec.convert(given, NewCapture, strict=False)


def _capture(words: str, at: str) -> dict[str, Any]:
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return {
        "platform": "web",
        "id": words[:300] + str(uuid4()),
        "url": words,
        "kind": "post",
        "author": {"name": words, "handle": words, "url": words, "avatar": words},
        "title": words,
        "text": words,
        "lang": words[:20],
        "timeText": words,
        "capturedAt": at,
        "rating": {"value": 1, "max": 5},
        "metrics": {words[:40]: 1},
        "context": {"subreddit": words, words[:40]: words, "flair": words},
        "media": [words],
        "quoted": {"text": words, "author": words, "url": words},
        "missing": [words[:40]],
        "page": {"url": words, "title": words},
        "note": words,
    }


@get("/broken", opt={"policy": Policy.PUBLIC})
async def broken(request: Request[Any, Any, Any], words: str, part: str = "") -> Response[str]:
    """A page whose template forgot to escape: only the content policy and hx-csp are left."""
    page = templating.environment().from_string(PAGE)
    shown = page.render(**templating.around(request, None), words=words, part=part)
    return Response(placeholders.replaced(shown, templating.values_of(request)), media_type=MediaType.HTML)


@get("/broken/part", opt={"policy": Policy.PUBLIC})
async def broken_part(words: str) -> Response[str]:
    """A part of a page that forgot to escape."""
    return Response(f'<p id="swapped">Swapped</p>{words}', media_type=MediaType.HTML)


def main() -> int:
    chosen = settings.from_environ()
    migrate.upgrade(chosen.database_url, with_queue=chosen.has_queue)
    kind, only_fill = sys.argv[1], "--only-fill" in sys.argv
    prepare = {"full": fill, "hostile": attack, "fresh": None, "filled": None}[kind]
    if prepare:
        TOLD.write_text(json.dumps(asyncio.run(prepare(chosen))))
    if only_fill:
        return 0
    server = Server(chosen, with_worker=True, clock=moved_clock)
    if kind == "hostile":
        app = server.config.app
        app.register(broken)
        app.register(broken_part)
    server.run(sockets=[listen(chosen.host, chosen.port)])
    return server.exit_code


if __name__ == "__main__":
    sys.exit(main())
