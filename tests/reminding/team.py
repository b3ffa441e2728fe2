"""A team and its cases: runs each action for real and in the model, and compares."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.gateways.notifier import Result
from amends.gateways.secrets import Secrets, SecretUnreadable, new_key
from amends.rules.follow_up.kinds import OUTLIVE_CASE, OUTLIVE_STAGE
from amends.rules.team.policies import SMALL_SHOP, term
from amends.rules.vocabulary import Audience, FollowUpKind, News, NudgeState, Severity, Stage
from amends.rules.workflow import moves as moves_table
from amends.rules.workflow.guards import Mover
from amends.rules.workflow.moves import Consequences, Move
from amends.services.capture import captures
from amends.services.case import access
from amends.services.follow_up import follow_ups
from amends.services.follow_up.follow_ups.requests import AT_ONCE
from amends.services.nudge import digests, nudges, targets
from amends.services.nudge.nudges import claims
from amends.services.team import absences, members
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, leaving, moves, severities
from amends.services.workflow.leaving import Belonging
from amends.services.workflow.undo_snapshots import UNDO_FOR
from tests import world
from tests.fakes import RecordingNotifier
from tests.nudging import BASE_URL
from tests.reminding.model import (
    GOES_ON,
    GRACE,
    HANDED_OVER,
    LAST_TRY,
    OF_ITS_CASE,
    URGENT,
    Absence,
    Affair,
    Duty,
    Key,
    Mark,
    Model,
    Nudge,
    Person,
    Place,
    Watch,
    duty_of,
    is_urgent,
)

Row = dict[str, Any]

ROLES = {"ada": "agent", "bob": "agent", "lea": "lead"}
HABITS: dict[str, dict[str, Any]] = {
    "ada": {"zone": "Europe/Paris", "quiet": (19 * 60, 510, True), "has_digest": True, "budget": 3}
    | {"new_cases": True},
    "bob": {"zone": "America/St_Johns"},
    "lea": {"zone": "Europe/Paris", "quiet": (22 * 60, 7 * 60, False), "hears_urgent": True},
}
ADDRESSES: list[tuple[str, str | None, int]] = [
    ("json://ada.example.org/", "ada", 1),
    ("mailtos://ada:x@example.org", "ada", 2),
    ("json://bob.example.org/", "bob", 1),
    ("json://lea.example.org/", "lea", 1),
    ("json://team.example.org/", None, 1),
]
GIVEN = {
    "stance": "fix",
    "reply_url": "https://x.com/bakers/status/1",
    "proof_url": "https://x.com/bakers/status/2",
    "reason": "They said so",
    "text": "We are sorry. Please write to us at care@bakers.example.",
    "channel": "email",
    "remedy": "A new cake",
    "next_step": "Call them",
}
MERGES = frozenset({"join"})
"""Moves that are deeds of their own, for they touch a second case."""
MOST_CASES = 4
OWN = (FollowUpKind.PROMISE, FollowUpKind.REMINDER)
PERSONAL = (FollowUpKind.REMINDER, FollowUpKind.MENTION)
TOLD_AT_ONCE = (FollowUpKind.MENTION,)
"""Due when the day of whom they are for ends, and told a moment after they are made."""
"""What is for one member, and no reason to call a case looked after."""
LOOKS = (FollowUpKind.CAME_BACK, FollowUpKind.BLOCK_REVIEW)
"""What a closed case owes."""
OF_OTHERS = (*PERSONAL, FollowUpKind.APPROVAL, FollowUpKind.REWRITE)
"""What stays with whom it is for, whoever owns the case."""
NOT_COUNTED = (*PERSONAL, FollowUpKind.PROMISE)
"""Their dates were said by somebody, and no severity moves them."""
LEFT_ALONE = ("kind", "owner", "due_at", "climbs_from", "allotted", "paused_at", "remaining", "occurrence")
"""What an undone move must leave as it was."""


@dataclass(frozen=True)
class Chances:
    """What Hypothesis chose for one deed; each deed looks at what it needs."""

    case: int
    other: int
    who: int
    length: timedelta
    severity: Severity
    well: bool


@dataclass(frozen=True)
class Undoable:
    """The last move, as long as it can be taken back."""

    number: int
    undo: UUID
    by: Member
    at: datetime
    case: Affair
    rows: list[Row]
    version: int


@dataclass(frozen=True)
class Change:
    """What a deed should do to what is owed on a case; everything else stays as it is."""

    gone: Collection[FollowUpKind] = ()
    made: Collection[FollowUpKind] = ()
    paused: Collection[FollowUpKind] = ()
    resumed: Collection[UUID] = ()
    moved: tuple[UUID, datetime] | None = None
    handed: bool = False
    woken: bool = False
    raised: bool = False
    given: Mapping[UUID, UUID | None] = field(default_factory=dict)
    """What is another member's now, whoever owns the case; and whose."""


class Team:
    """Ada and Bob, Lea who leads, their customers, their targets, and the worker that reminds them."""

    def __init__(self) -> None:
        self.notifier = RecordingNotifier()
        self.secrets, self.other_secrets = Secrets((new_key(),)), Secrets((new_key(),))
        self.undoable: Undoable | None = None

    async def open_up(self, start: datetime) -> None:
        await world.make_team()
        members = {name: await world.make_member(name, role=role) for name, role in ROLES.items()}
        self.everybody, self.names = list(members.values()), members
        people = [
            await self._person(members[name], Person(members[name].id, **HABITS[name])) for name in ROLES
        ]
        places = [await self._place(*where, now=start) for where in ADDRESSES]
        lead = members["lea"]
        self.model = Model(start, people, places, lead.id)
        await self._take_duty(lead, start + timedelta(days=4))

    async def _person(self, member: Member, person: Person) -> Person:
        begins, ends, week_ends = person.quiet
        row = {"zone": person.zone, "quiet_from": begins, "quiet_until": ends, "quiet_week_ends": week_ends}
        row |= {"digest_at": 9 * 60 if person.has_digest else None, "digest_weekly": False}
        row |= {"daily_budget": person.budget, "hears_urgent": person.hears_urgent}
        row |= {"new_cases": "all" if person.new_cases else None}
        await tables.Member.update(row).where(tables.Member.id == member.id)
        return person

    async def _place(self, address: str, owner: str | None, position: int, *, now: datetime) -> Place:
        member = self.names[owner].id if owner else None
        given = {"member": member, "name": address[:20], "position": position, "by": None, "now": now}
        return Place(
            await targets.add(
                await targets.checked(address, RecordingNotifier()), secrets=self.secrets, **given
            ),
            address,
            member,
            position,
        )

    @property
    def now(self) -> datetime:
        return self.model.now

    @property
    def open_cases(self) -> list[Affair]:
        return [one for one in self.model.cases.values() if one.stage is not Stage.CLOSED]

    def duties(self, *kinds: FollowUpKind) -> list[Duty]:
        owed = [duty for case in self.model.cases.values() for duty in case.duties.values()]
        return [duty for duty in owed if not kinds or duty.kind in kinds]

    @property
    def present(self) -> list[Member]:
        """Who can sign in."""
        return [one for one in self.everybody if one.id not in self.model.gone]

    def who(self, pick: int) -> Member:
        return chosen(self.present, pick)

    # People and cases

    async def capture(self, chances: Chances) -> None:
        """A new case, weighed by whoever captures it or not yet."""
        if len(self.open_cases) < MOST_CASES:
            post = f"17000000000000{len(self.model.cases):05}"
            weighed = {"severity": chances.severity} if chances.well else {}
            number = await world.make_case(self.who(chances.who), now=self.now, id=post, **weighed)
            case = self.model.cases[number] = Affair(number, posts=[post], news={News.NEW})
            self._becomes(case, weighed.get("severity"))
            await self._compare(case, Change(made=[FollowUpKind.TRIAGE]))

    async def come_upon_again(self, chances: Chances) -> None:
        """The post of a closed case is seen again: somebody owes it a look, and is told."""
        known = [one for one in self.model.cases.values() if one.stage is Stage.CLOSED and one.posts]
        if not known:
            await self.end(chances)
            return
        case, by = chosen(known, chances.case), self.who(chances.who)
        seen = world.post(id=chosen(case.posts, chances.other), capturedAt=self.now.isoformat())
        await captures.receive(Act(by, self.now), uuid4(), seen)
        owed = {one.kind for one in case.duties.values()}
        made = {FollowUpKind.CAME_BACK} - owed
        case.news |= {News.CAME_BACK} if made else set()
        await self._compare(case, Change(made=made))

    async def move(self, chances: Chances) -> None:
        """A move that the case may make; one that ends it only now and then."""
        await self._make_some_move(chances, list(self.model.cases.values()), ends=chances.length < MINUTE)

    async def end(self, chances: Chances) -> None:
        """A move that closes a case, where there is one."""
        await self._make_some_move(chances, self.open_cases, ends=True)

    async def _make_some_move(self, chances: Chances, cases: list[Affair], *, ends: bool) -> None:
        if not cases:
            return
        case, by = chosen(cases, chances.case), self.who(chances.who)
        facts = await access.facts_of(await access.find(case.number, by=by))
        may = moves_table.legal(facts, by=Mover(by.id, by.role), now=self.now)
        able = [one for one in may if one.name not in MERGES]
        able = [one for one in able if (one.target is Stage.CLOSED) is ends] or able
        if able:
            await self._move(case, chosen(able, chances.other), by, chances.severity, facts)

    async def _move(self, case: Affair, move: Move, by: Member, severity: Severity, facts: Any) -> None:
        said: dict[str, Any] = {name: GIVEN[name] for name in move.asks if name in GIVEN}
        if "severity" in move.asks:
            case_severity = said["severity"] = severity
        else:
            case_severity = case.severity
        if "review_on" in move.asks:
            said["review_on"] = (self.now + timedelta(days=9)).date()
        before, rows = deepcopy(case), await rows_of(case.number)
        undo = await world.move(case.number, move.name, by=by, now=self.now, **said)
        self._becomes(case, case_severity)
        version = (await world.case_row(case.number))["version"]
        self.undoable = Undoable(case.number, undo, by, self.now, before, rows, version)
        await self._follow(case, move, moves_table.consequences(move, facts), by)

    def _becomes(self, case: Affair, severity: Severity | None) -> None:
        if severity is Severity.S1 and case.severity is not Severity.S1:
            case.news.add(News.URGENT)
        case.severity = severity

    async def _follow(self, case: Affair, move: Move, effect: Consequences, by: Member) -> None:
        if case.stage is Stage.CLOSED and case.owner in self.model.gone:
            case.owner = None  # whoever opens it again has it
        nobodys, woken = case.owner is None, not move.keeps_stage and case.asleep_until is not None
        case.owner = case.owner or by.id
        if not move.keeps_stage:
            case.stage, case.asleep_until = move.target, None
        rung_up = self._tells_leads(move)
        await self._compare(
            case,
            Change(
                gone=effect.done | effect.dropped,
                made=[*self._made(effect, case), *([FollowUpKind.REWRITE] if move.name == "reject" else [])],
                paused=effect.paused,
                resumed=[one.id for one in case.duties.values() if one.paused and one.kind in effect.resumed],
                handed=nobodys,
                woken=woken,
            ),
        )
        if rung_up:
            reviews = [one for one in case.duties.values() if one.kind is FollowUpKind.ESCALATION_REVIEW]
            self.model.tell_of_escalation(reviews[0])
        await self.compare_decided()

    async def join(self, chances: Chances) -> None:
        """Two complaints were one: what outlives a case goes on with the kept one, its ladder too."""
        awake = [one for one in self.open_cases if one.owner and not one.asleep_until]
        others = [one for one in self.open_cases if awake and one is not chosen(awake, chances.case)]
        if not others:
            return
        case, kept, by = chosen(awake, chances.case), chosen(others, chances.other), self.who(chances.who)
        await world.move(case.number, "join", by=by, now=self.now, duplicate_of=kept.number)
        self.undoable, case.stage = None, Stage.CLOSED
        for duty in [one for one in case.duties.values() if one.kind in OUTLIVE_STAGE]:
            duty.case = kept.number
            duty.owner = kept.owner if duty.kind is FollowUpKind.PROMISE else duty.owner
            kept.duties[duty.id] = case.duties.pop(duty.id)
            self.model.homes[duty.id] = kept.number
        kept.posts += case.posts
        case.posts = []
        moved = {mark.news for mark in await marks() if mark.follow_up in kept.duties}
        kept.news |= moved
        await self._compare(case, Change(gone=set(FollowUpKind)))
        await self._compare(kept, Change())

    def _made(self, effect: Consequences, case: Affair) -> list[FollowUpKind]:
        """What is owed at this severity; a block is looked at on the day that was chosen."""
        chosen_day = (FollowUpKind.BLOCK_REVIEW,)
        return [one for one in effect.made if one in chosen_day or term(SMALL_SHOP, one, case.severity)]

    def _tells_leads(self, move: Move) -> bool:
        return move.target is Stage.ESCALATED and not move.keeps_stage

    async def undo(self, _chances: Chances) -> None:
        last, self.undoable = self.undoable, None
        if last is None or self.now > last.at + UNDO_FOR:
            return
        if (await world.case_row(last.number))["version"] != last.version:
            return  # somebody has changed the case since
        told = self.model.told_since(last.number, last.at)
        await moves.undo(Act(last.by, self.now), last.number, last.undo)
        last.case.news -= told
        rows = await rows_of(last.number)
        assert [[row[name] for name in LEFT_ALONE] for row in rows] == [
            [row[name] for name in LEFT_ALONE] for row in last.rows
        ], "an undone move leaves what is owed as it was"
        self.model.cases[last.number] = last.case
        for row in rows:
            self.model.go_back(last.case.duties[row["id"]], row["generation"])
        await self.compare_decided()

    async def assign(self, chances: Chances) -> None:
        """To a member, or back to the pool."""
        if self.open_cases:
            case, owner = (
                chosen(self.open_cases, chances.case),
                chosen([None, *self.present], chances.other),
            )
            owner_id = owner.id if owner else None
            await case_commands.assign(Act(self.who(chances.who), self.now), case.number, owner=owner_id)
            handed, case.owner = case.owner != owner_id, owner_id
            await self._compare(case, Change(handed=handed))

    async def weigh(self, chances: Chances) -> None:
        if self.open_cases:
            case, severity = chosen(self.open_cases, chances.case), chances.severity
            raised = severities.between(case.severity, severity).raised
            await severities.weigh(Act(self.who(chances.who), self.now), case.number, severity=severity)
            self._becomes(case, severity)
            owed = {one.kind for one in case.duties.values()}
            lacks = raised and case.stage is Stage.WORKING and FollowUpKind.RESOLVE_BY not in owed
            made = [FollowUpKind.RESOLVE_BY] if lacks else []
            await self._compare(case, Change(made=made, raised=raised))

    async def promise_or_remind(self, chances: Chances) -> None:
        if self.open_cases:
            case, by = chosen(self.open_cases, chances.case), self.who(chances.who)
            said: dict[str, Any] = {"words": "A call", "due_at": self.now + chances.length}
            if chances.well:
                await follow_ups.remind(Act(by, self.now), case.number, owner=by.id, **said)
            else:
                await follow_ups.promise(Act(by, self.now), case.number, **said)
            await self._compare(case, Change(made=[OWN[chances.well]]), reminded=by.id)

    async def mention(self, chances: Chances) -> None:
        """A member is named in a note, on an open or a closed case."""
        case, by = chosen(list(self.model.cases.values()), chances.case), self.who(chances.who)
        others = [one for one in self.present if one is not by]
        if not others:
            return
        named = chosen(others, chances.other)
        text = f"@{named.name} please look"
        await case_commands.note(Act(by, self.now), case.number, text=text)
        await self._compare(case, Change(made=[FollowUpKind.MENTION]), reminded=named.id)

    async def keep_or_drop(self, chances: Chances) -> None:
        deeds: dict[tuple[FollowUpKind, bool], Any] = {
            (FollowUpKind.PROMISE, True): follow_ups.keep,
            (FollowUpKind.PROMISE, False): follow_ups.break_promise,
            (FollowUpKind.REMINDER, True): follow_ups.tick,
            (FollowUpKind.REMINDER, False): follow_ups.forget,
            (FollowUpKind.MENTION, True): follow_ups.tick,
            (FollowUpKind.MENTION, False): follow_ups.forget,
        }
        look = follow_ups.tick if chances.well else follow_ups.forget
        if found := self.duties(FollowUpKind.PROMISE, *PERSONAL, *LOOKS):
            duty = chosen(found, chances.other)
            await deeds.get((duty.kind, chances.well), look)(Act(self.who(chances.who), self.now), duty.id)
            case = self.model.cases[duty.case]
            del case.duties[duty.id]
            await self._compare(case, Change())

    async def reschedule(self, chances: Chances) -> None:
        if found := [one for one in self.duties() if one.kind is not FollowUpKind.PROMISE]:
            duty, due_at, by = chosen(found, chances.other), self.now + chances.length, self.who(chances.who)
            await follow_ups.reschedule(Act(by, self.now), duty.id, due_at=due_at, reason="Day off")
            await self._compare(self.model.cases[duty.case], Change(moved=(duty.id, due_at)))

    async def snooze(self, chances: Chances) -> None:
        if self.open_cases:
            case, until, by = chosen(self.open_cases, chances.case), self.now + chances.length, self.who(0)
            said: dict[str, Any] = {"until": until, "wake_on_reply": chances.well, "reason": "Later"}
            await case_commands.snooze(Act(by, self.now), case.number, beside_message=True, **said)
            case.asleep_until, case.wakes_on_reply = until, chances.well
            await self._compare(case, Change())

    async def wake(self, chances: Chances) -> None:
        if self.open_cases:
            case = chosen(self.open_cases, chances.case)
            await case_commands.wake(Act(self.who(chances.who), self.now), case.number)
            woken, case.asleep_until = case.asleep_until is not None, None
            await self._compare(case, Change(woken=woken))

    async def hear_from_them(self, chances: Chances) -> None:
        """What wakes a case that waits for it."""
        if self.open_cases:
            case = chosen(self.open_cases, chances.case)
            said: dict[str, Any] = {"channel": "email", "direction": "in", "text": "Hello?"}
            await case_commands.record_touchpoint(Act(self.who(chances.who), self.now), case.number, **said)
            woken = case.asleep_until is not None and case.wakes_on_reply
            case.asleep_until = None if woken else case.asleep_until
            await self._compare(case, Change(woken=woken))

    async def go_away(self, chances: Chances) -> None:
        member, ends_at = self.who(chances.who), self.now + chances.length
        others = [one.id for one in self.present if one.id != member.id]
        deputy = chosen([None, *others], chances.other)
        when = {"begins_at": self.now, "ends_at": ends_at}
        absence = await absences.plan(Act(member, self.now), member.id, **when, deputy=deputy)
        self.model.absences.append(Absence(absence, member.id, deputy, ends_at))

    async def come_back(self, _chances: Chances) -> None:
        if self.model.absences:
            absence = self.model.absences.pop()
            member = next(one for one in self.everybody if one.id == absence.member)
            by = self.names["lea"] if member.id in self.model.gone else member
            await absences.cancel(Act(by, self.now), absence.id)

    async def relieve(self, chances: Chances) -> None:
        """Another member is on duty for a while, then nobody; or beside who is there."""
        watches, lead = self.model.watches, self.names["lea"]
        if chances.well and watches:
            await absences.cancel(Act(lead, self.now), watches.pop().id)
        await self._take_duty(self.who(chances.who), self.now + chances.length)

    async def _take_duty(self, member: Member, until: datetime) -> None:
        act = Act(member, self.now)
        duty = await absences.take_duty(act, member.id, begins_at=self.now, ends_at=until)
        self.model.watches.append(Watch(duty, member.id, until))

    async def leave_or_come_back(self, chances: Chances) -> None:
        """Ada or Bob can no longer sign in, and what they have goes to somebody or the pool; or they can."""
        member = self.names[chosen(["ada", "bob"], chances.other)]
        if member.id in self.model.gone:
            await members.enable(member.id, by=None, now=self.now)
            self.model.gone.remove(member.id)
            return
        others = [one.id for one in self.present if one.id != member.id]
        heir = chosen([None, *others], chances.case)
        to_heir = (Belonging.CASES, Belonging.FOLLOW_UPS, Belonging.DUTIES, Belonging.DEPUTIES)
        await leaving.disable(member.id, dict.fromkeys(to_heir, heir), by=None, now=self.now)
        self.model.leave(member.id, heir)
        for case in self.model.cases.values():
            await self._hand_on(case, member.id, heir)
        await self.compare_decided()
        await self._nothing_of_theirs_comes_back(member.id)

    async def _hand_on(self, case: Affair, leaver: UUID, heir: UUID | None) -> None:
        """What a leaver had on a case is the heir's, who hears of it; a mention without one is over."""
        handed = case.owner == leaver and case.stage is not Stage.CLOSED
        case.owner = heir if handed else case.owner
        asked = [
            one
            for one in case.duties.values()
            if one.owner == leaver and (one.kind in OF_OTHERS or one.kind in LOOKS)
        ]
        gone = {one.id for one in asked if one.kind is FollowUpKind.MENTION and heir is None}
        given = {one.id: heir for one in asked if one.id not in gone}
        for one in asked:
            if one.kind is FollowUpKind.APPROVAL:  # whoever reads drafts here
                given[one.id] = (await row_of(one.id))["owner"]
                assert given[one.id] not in self.model.gone, "nobody reads it"
        for one in gone:
            del case.duties[one]
        await self._compare(case, Change(handed=handed, given=given))
        self._tell_heirs(case, given, handed=handed)

    def _tell_heirs(self, case: Affair, given: Mapping[UUID, UUID | None], *, handed: bool) -> None:
        of_case = [one for one in case.duties.values() if one.kind not in OF_OTHERS and not one.paused]
        earliest = min(of_case, key=lambda one: (one.due_at, one.id)) if handed and of_case else None
        for duty in case.duties.values():
            if (duty.id in given or duty is earliest) and duty.owner:
                for place, audience in self.model.receivers(Audience.OWNER, duty.owner, second=False):
                    self.model.decide(duty, HANDED_OVER, place, audience, urgent=False)

    async def _nothing_of_theirs_comes_back(self, leaver: UUID) -> None:
        """No way back that is still open leads to what they had; other moves may be taken back."""
        self.undoable = None
        before = [row["before"] for row in await tables.Undo.select(tables.Undo.before)]
        assert not [one for one in before if str(leaver) in one], "undone, it would be theirs again"

    # The world outside

    def target_answers(self, which: int, answer: Result) -> None:
        place = chosen(list(self.model.places.values()), which)
        place.answers = answer
        self.notifier.always(place.address, answer)

    # The worker

    async def wake_what_is_due(self) -> None:
        await case_commands.wake_due(now=self.now)
        for case in self.open_cases:
            if case.asleep_until is not None and case.asleep_until <= self.now:
                case.asleep_until = None
                await self._compare(case, Change(woken=True))

    async def announce(self) -> None:
        sending = (tables.Nudge.state == "sending") & (tables.Nudge.run_at > self.now)
        busy = {row["target"] for row in await tables.Nudge.select().where(sending)}
        self.model.announce(await marks(), busy)
        await nudges.announce(now=self.now)
        await self.compare_decided()

    async def sweep(self) -> None:
        self.model.sweep()
        await nudges.sweep(now=self.now)
        await self.compare_decided()

    async def plan_digests(self) -> None:
        await digests.plan(now=self.now)

    async def die_while_sending(self) -> None:
        """A worker has claimed something, and nobody will ever settle that."""
        for one in await nudges.ready(now=self.now, limit=1):
            await claims.claim(one, "the one who dies", now=self.now)

    async def deliver(self) -> None:
        before = {row["id"]: row["state"] for row in await tables.Nudge.select()}
        for _turn in range(10):
            if not (ready := await nudges.ready(now=self.now, limit=1000)):
                break
            rungs = tables.Nudge.id.is_in(ready) & (tables.Nudge.kind == "rung")
            self.model.get_ready([key_of(row) for row in await tables.Nudge.select().where(rungs)])
            for one in ready:
                said = len(self.notifier.sent)
                await self._deliver(one)
                for address, message in self.notifier.sent[said:]:
                    self.model.hear(address, message)
        assert await nudges.ready(now=self.now, limit=1) == [], "something is tried again and again"
        await self.compare_decided()
        for row in await tables.Nudge.select().where(tables.Nudge.kind == "rung"):
            self._judge(row, self.model.decided[key_of(row)], before.get(row["id"]))

    async def _deliver(self, nudge: UUID) -> None:
        """One try; without the keys it fails aloud, and everything waits."""
        lost = self.model.keys_lost
        secrets = self.other_secrets if lost else self.secrets
        try:
            await nudges.deliver(nudge, self.notifier, secrets, now=self.now, base_url=BASE_URL)
        except SecretUnreadable:
            assert lost, "the keys are there"

    def _judge(self, row: Row, nudge: Nudge, before: str | None) -> None:
        """How a nudge stands after everything that could be sent was sent."""
        state, reason = NudgeState(row["state"]), self.model.untrue(nudge)
        assert (state is NudgeState.SENT) is (nudge.key in self.model.delivered), "sent, and marked as sent"
        if state is NudgeState.VOID and before != NudgeState.VOID:
            left = row["failure"] == "left to the digest" and self.model.over_budget(nudge)
            idle = self.model.overtaken(nudge) or self.model.goes_with_another(nudge)
            assert reason or left or idle, f"was not sent, though it is true: {row['failure']}"
        if state is NudgeState.DEAD:
            enough = row["failure"].startswith("refused") or row["attempts"] >= LAST_TRY
            assert enough, f"given up after {row['attempts']}"
        if state is NudgeState.READY:
            self._judge_what_waits(row, nudge)

    def _judge_what_waits(self, row: Row, nudge: Nudge) -> None:
        model, place = self.model, self.model.places[nudge.key[3]]
        waits = model.rests(nudge) or model.is_paused(place) or model.held(nudge) or model.waits_for_keys()
        waits = waits or nudge.not_before > self.now
        assert waits or row["attempts"], "it waits for nothing"
        assert waits or row["run_at"] - self.now <= timedelta(hours=15), "longer than any pause"

    # What must hold

    async def _compare(self, case: Affair, change: Change, *, reminded: UUID | None = None) -> None:
        """What is owed against what should be; new dates are the rules' own."""
        live = {row["id"]: row for row in await rows_of(case.number)}
        kept = {one.id: one for one in case.duties.values() if one.kind not in change.gone}
        assert kept.keys() <= live.keys(), "something that we owe was lost"
        new = {one: duty_of(row, case.number) for one, row in live.items() if one not in kept}
        assert sorted(one.kind for one in new.values()) == sorted(change.made)
        for duty in new.values():
            begins = self.now + AT_ONCE if duty.kind in TOLD_AT_ONCE else duty.due_at
            if change.handed and duty.kind not in OF_OTHERS:
                begins = max(begins, self.now + GRACE)
            assert duty.climbs_from == begins
            if duty.kind not in (FollowUpKind.APPROVAL, FollowUpKind.REWRITE):  # theirs who write and read it
                owner = None if case.owner in self.model.gone else case.owner
                assert duty.owner == (reminded if duty.kind in PERSONAL else owner)
        for duty in kept.values():
            self._goes_on(case, duty, duty_of(live[duty.id], case.number), change)
        case.duties = kept | new
        self.model.homes |= dict.fromkeys(case.duties, case.number)

    def _goes_on(self, case: Affair, duty: Duty, found: Duty, change: Change) -> None:
        if begins := self._begins_again(duty, found, change):
            assert found.climbs_from == begins
            assert found.generation > duty.generation, "older nudges are no longer true"
            assert found.rung == 0
        else:
            assert (found.generation, found.due_at) == (duty.generation, duty.due_at)
            assert (found.climbs_from, found.rung) == (duty.climbs_from, duty.rung)
        if change.moved and change.moved[0] == duty.id:
            assert found.due_at == change.moved[1]
        stays = duty.kind in OF_OTHERS or case.stage is Stage.CLOSED
        assert found.owner == change.given.get(duty.id, duty.owner if stays else case.owner)
        case.duties[duty.id] = found
        duty.__dict__.update(found.__dict__)

    def _begins_again(self, duty: Duty, found: Duty, change: Change) -> datetime | None:
        """When a duty's ladder is climbed anew; None when it goes on as it was."""
        rescheduled = change.moved is not None and change.moved[0] == duty.id
        resumed = duty.id in change.resumed
        pauses = duty.kind in change.paused
        assert found.paused is (pauses or (duty.paused and not rescheduled and not resumed))
        handed = change.handed and duty.kind not in OF_OTHERS
        if (handed or duty.id in change.given) and not found.paused:
            return max(found.due_at, self.now + GRACE)
        if rescheduled or resumed:
            return found.due_at
        if change.raised and found.due_at < duty.due_at and duty.kind not in NOT_COUNTED:
            return max(found.due_at, self.now)
        slept = change.woken and duty.kind not in GOES_ON and duty.due_at < self.now
        if slept and not duty.paused and duty.rung < 4:
            return max(self.now, duty.climbs_from)
        return None

    async def compare_decided(self) -> None:
        """Every rung that has come was decided for each target of its audience, and nothing else was."""
        rows = await tables.Nudge.select().where(tables.Nudge.kind == "rung")
        found, wanted = [key_of(row) for row in rows], self.model.decided.keys()
        assert len(found) == len(set(found)), "a nudge was decided twice"
        for key in wanted - set(found):
            assert key[2] > 0, f"nobody was told: {key}"
            assert self._hears_anyway(self.model.decided[key], rows), f"nobody was told: {key}"
            del self.model.decided[key]
        wanted = self.model.decided.keys()
        assert not set(found) - wanted, f"told for no reason: {set(found) - wanted}"
        for row in rows:
            untouched = row["created_at"] == self.now and row["state"] == "ready" and not row["attempts"]
            not_before = self.model.decided[key_of(row)].not_before
            assert not untouched or row["run_at"] >= not_before
            at_once = row["rung"] == URGENT and not self.model.waits_for_keys()
            assert not untouched or not at_once or row["run_at"] == not_before, "at once"

    def _hears_anyway(self, nudge: Nudge, rows: list[Row]) -> bool:
        """Whether an earlier rung, which is held, on its way or tried again, tells the same one."""
        follow_up, generation, rung, place, _since = nudge.key
        waiting = [
            row
            for row in rows
            if (row["follow_up"], row["generation"]) == (follow_up, generation)
            and row["state"] in ("ready", "sending")
        ]
        return any(
            row["rung"] < rung
            and row["rung"] not in OF_ITS_CASE
            and (row["target"] == place or (nudge.member and row["member"] == nudge.member))
            and (row["attempts"] or row["run_at"] <= nudge.not_before)
            for row in waiting
        )

    async def every_open_case_is_looked_after(self) -> None:
        for case in self.model.cases.values():
            row, live = await world.case_row(case.number), await rows_of(case.number)
            assert (row["stage"], row["owner"]) == (case.stage, case.owner)
            assert row["snoozed_until"] == case.asleep_until
            assert {one["id"] for one in live} == case.duties.keys()
            assert not {one["owner"] for one in live} & self.model.gone, "owed by who cannot sign in"
            assert case.owner not in self.model.gone or case.stage is Stage.CLOSED, "nobody can see to it"
            lasting = {one["kind"] for one in live} - OUTLIVE_CASE
            assert not lasting or case.stage is not Stage.CLOSED, "a closed case owes looks and mentions"
            stages = [one["kind"] for one in live if one["kind"] not in OUTLIVE_STAGE]
            assert stages or case.asleep_until or case.stage is Stage.CLOSED, "nobody looks after it"
            assert len(stages) == len(set(stages)), "one follow-up of a kind"
            own = (*PERSONAL, *LOOKS, FollowUpKind.REWRITE)
            counted = [one for one in live if not one["paused_at"] and one["kind"] not in own]
            assert row["due_at"] == min((one["due_at"] for one in counted), default=None)
            for one in live:
                ended = one["paused_at"] or one["rung"] >= 4
                assert bool(one["next_at"]) is not bool(ended), "the ladder goes on until it ends"
        await self.what_is_to_be_told_is_known()

    async def what_is_to_be_told_is_known(self) -> None:
        """Beside each case that is an S1, new or back stands that this is to be told, and nowhere else."""
        pending: dict[int, set[News]] = {}
        for mark in await marks():
            if self.model.is_news(mark):
                pending.setdefault(self.model.homes[mark.follow_up], set()).add(mark.news)
        for case in self.model.cases.values():
            found, new = pending.get(case.number, set()), case.stage is Stage.NEW
            assert (News.URGENT in found) is (News.URGENT in case.news and is_urgent(case))
            is_owed = any(one.kind is FollowUpKind.CAME_BACK for one in case.duties.values())
            assert (News.CAME_BACK in found) is (News.CAME_BACK in case.news and is_owed)
            assert News.NEW not in found or News.NEW in case.news
            assert News.NEW not in case.news or not new or found


MINUTE = timedelta(minutes=1)


def chosen(among: list[Any], pick: int) -> Any:
    return among[pick % len(among)]


async def rows_of(number: int) -> list[Row]:
    """What is owed on a case."""
    owed = tables.FollowUp
    due = (owed.case.number == number) & (owed.state == "due")
    return await owed.select().where(due).order_by(owed.id)


def key_of(row: Row) -> Key:
    about = row["follow_up"], row["generation"], row["rung"], row["target"]
    since = row["key"].removeprefix(":".join(map(str, about)))
    return *about, datetime.fromisoformat(since[1:]) if since else None


async def row_of(follow_up: UUID) -> Row:
    [row] = await tables.FollowUp.select().where(tables.FollowUp.id == follow_up)
    return row


async def marks() -> list[Mark]:
    """What is still to be told at once, beside which follow-up."""
    owed = tables.FollowUp
    rows = await owed.select().where(owed.news.is_not_null()).order_by(owed.id)
    return [Mark(row["id"], row["generation"], row["owner"], News(row["news"])) for row in rows]
