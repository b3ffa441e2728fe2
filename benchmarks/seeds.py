"""What does a database hold in which a team has worked for years? Rows, made in bulk, the same each time."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.columns import JSONB
from piccolo.table import Table

from amends import tables
from amends.database.statements import _plain as plain
from amends.gateways.secrets import Secrets
from amends.rules.case.searches import words_of
from amends.rules.team.calendars import DEFAULT_WEEK
from amends.rules.team.scopes import OF_BROWSERS
from amends.services.team.codes import hash_of
from benchmarks.histories import HISTORY, SAID
from benchmarks.processes import KEY

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SESSION_TOKEN = "a-session-of-the-benchmarks"
A_LANE = 25
"""So many second chances are due within the week at least: a small database fills the lane of Today, too."""
BROWSERS = 200
"""Each may capture 120 times at once (R-24): enough of them, and no limit is met."""

OPEN_STAGES = {
    "new": ("triage", 10),
    "acknowledge": ("acknowledge", 8),
    "contact": ("contact", 12),
    "working": ("next_step", 15),
    "waiting": ("wait_ping", 20),
    "resolved": ("confirm_fix", 8),
    "second_chance": ("second_chance", 15),
    "checked_in": ("check_in_answer", 5),
    "escalated": ("escalation_review", 3),
    "watched": ("watch_review", 4),
}
OUTCOMES = ("won_back", "settled", "settled", "conceded", "lost", "let_go", "not_ours")
WORDS = (
    "the cake never arrived and nobody answers my third message since Monday while the money is gone "
    "I was promised a call back twice the app shows delivered but the door camera shows no one at all "
    "worst service in years still waiting for the refund of my order please explain what happened"
)


@dataclass(frozen=True)
class Amounts:
    """How many cases there are, how many of them are open, late, and due today; how much happened to each."""

    cases: int
    open: int
    overdue: int
    today: int
    entries: int = len(HISTORY)


def usual(cases: int) -> Amounts:
    """One in twenty is open, and of those 3 % late and 5 % due today.

    At least as many as fill Today's lanes and a page of one owner's cases: else a small database would show a
    shorter page, and comparing it with a large one would compare two pages.
    """
    opened = min(cases, max(cases // 20, 450))
    return Amounts(
        cases, opened, min(opened // 5, max(opened * 3 // 100, 25)), min(opened // 5, max(opened // 20, 25))
    )


def token_of_browser(place: int) -> str:
    return f"amends_bench{place:03}_{'t' * 43}"


@dataclass
class Rows:
    """The rows of one table, as tuples under its columns."""

    table: type[Table]
    tuples: list[tuple[Any, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        columns = self.table._meta.columns
        self.columns = [column._meta.db_column_name for column in columns]
        is_json = {
            column._meta.name for column in columns if isinstance(column, JSONB) and not column._meta.null
        }
        self._usual = {
            column._meta.name: "{}" if column._meta.name in is_json else plain(column.get_default_value())
            for column in columns
        }

    def add(self, **values: Any) -> None:
        self.tuples.append(tuple({**self._usual, **values}.values()))


class World:
    """A team of eight, their authors, cases and everything that hangs on them."""

    found_by = staticmethod(words_of)

    def __init__(self, amounts: Amounts, now: datetime, *, spread: timedelta = 1_000 * DAY) -> None:
        """The cases were opened evenly over `spread`, the last of them a day ago."""
        self.amounts, self.now, self.spread = amounts, now.replace(microsecond=0), spread
        self.random = random.Random(amounts.cases)
        self.rows: dict[type[Table], Rows] = {table: Rows(table) for table in tables.TABLES}
        self.members = [self.id() for _ in range(8)]
        self.authors = [self.id() for _ in range(max(10, amounts.cases * 2 // 3))]
        self.themes = [UUID(int=place, version=4) for place in range(12)]
        self.handles = {author: f"@person{place}" for place, author in enumerate(self.authors)}
        self.targets: dict[UUID | None, UUID] = {}
        self.soon = 0

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def add(self, table: type[Table], **values: Any) -> None:
        self.rows[table].add(**values)

    def fill(self) -> Mapping[type[Table], Rows]:
        """Every table's rows, in the order in which they can be written."""
        for _part in self.parts():
            pass
        return self.rows

    def parts(self, cases: int = 20_000) -> Iterator[Mapping[type[Table], Rows]]:
        """The same, so many cases at a time: whoever writes a part down may clear it before the next."""
        self._people()
        for place, theme in enumerate(self.themes):
            self.add(tables.Theme, id=theme, name=f"Theme {place}", key=f"theme {place}", made_at=self.now)
        for place, author in enumerate(self.authors):
            self._author(place, author)
        first_open = self.amounts.cases - min(self.amounts.cases, self.amounts.open * 2)
        newest = range(first_open + 1, self.amounts.cases + 1)
        opened = self.random.sample(newest, self.amounts.open)
        dates = dict(zip(opened, self._dates(), strict=True))
        for number in range(1, self.amounts.cases + 1):
            self._case(number, dates.get(number))
            if number % cases == 0:
                yield self.rows
        self.add(tables.Counter, name="case", value=self.amounts.cases)
        yield self.rows

    def _dates(self) -> Iterator[datetime]:
        """When the open cases fall due: the late ones, those of today, and the rest of the next weeks."""
        left = (self.now + DAY).replace(hour=0, minute=0, second=0) - self.now
        for _ in range(self.amounts.overdue):
            yield self.now - self.random.randint(1, 72) * HOUR / 2
        for _ in range(self.amounts.today):
            yield self.now + max(left, 2 * HOUR) * self.random.random() * 0.5 + HOUR / 2
        for _ in range(self.amounts.open - self.amounts.overdue - self.amounts.today):
            yield self.now + DAY * (1 + 40 * self.random.random())

    def _people(self) -> None:
        week = json.dumps(DEFAULT_WEEK)
        team = {"name": "Bakers", "zone": "Europe/Paris", "country": "FR", "week": week}
        self.add(tables.Team, id=self.id(), created_at=self.now, **team)
        seen = {"started_at": self.now, "seen_at": self.now + DAY}  # no warning above the page meanwhile
        self.add(tables.Heartbeat, name="benchmarks", **seen)
        for place, member in enumerate(self.members):
            role = ("admin", "lead", "agent")[min(place, 2)]
            about = {"email": f"m{place}@example.org", "name": f"Member {place}", "zone": "Europe/Paris"}
            self.add(tables.Member, id=member, role=role, created_at=self.now, **about)
            self._target(f"m{place}", member)
        self._target("team", None)
        token_hash = hash_of(SESSION_TOKEN)
        instants = {"created_at": self.now, "seen_at": self.now + HOUR}  # so that it need not be touched
        self.add(tables.Session, id=self.id(), token_hash=token_hash, member=self.members[1], **instants)
        for place in range(BROWSERS):
            self._browser(place, instants)

    def _browser(self, place: int, instants: dict[str, datetime]) -> None:
        token = {"prefix": f"bench{place:03}", "token_hash": hash_of(token_of_browser(place))}
        rest = {"name": "Firefox", "scopes": json.dumps(OF_BROWSERS), "expires_at": self.now + 300 * DAY}
        self.add(tables.Browser, id=self.id(), member=self.members[2], **token, **rest, **instants)

    def _target(self, name: str, member: UUID | None) -> None:
        target = self.id()
        self.targets[member] = target
        sealed = Secrets([KEY]).seal("json://example.org", of=target)
        about = {"name": name, "sealed": sealed, "masked": "json://…", "created_at": self.now}
        self.add(tables.Target, id=target, member=member, **about)

    def _author(self, place: int, author: UUID) -> None:
        about = {
            "handle": self.handles[author],
            "name": f"Person {place}",
            "url": f"https://x.com/person{place}",
        }
        seen = {"first_seen_at": self.now, "last_seen_at": self.now}
        self.add(tables.Author, id=author, key=f"x:person{place}", platform="x", **about, **seen)

    def _case(self, number: int, due_at: datetime | None) -> None:
        case, author, owner = self.id(), self._author_of_case(), self._owner()
        opened_at = self.now - DAY - (self.amounts.cases - number) * (self.spread / self.amounts.cases)
        words = self._words()
        stage, kind = self._stage() if due_at else ("closed", "triage")
        if due_at and due_at > self.now + DAY and stage == "second_chance":
            due_at = self._second_chance(due_at)
        closed = {"outcome": self.random.choice(OUTCOMES), "closed_at": opened_at + 9 * DAY}
        asleep = due_at is not None and due_at > self.now + DAY and self.random.random() < 0.05
        state = (
            {"due_at": due_at, "due_kind": kind, "snoozed_until": self.now + 5 * DAY if asleep else None}
            if due_at
            else closed
        )
        self.add(
            tables.Case,
            **{"id": case, "number": number, "stage": stage, "author": author, "owner": owner},
            **{"title": words[:140], "opened_at": opened_at, "moved_at": opened_at + HOUR},
            **self._about(),
            **state,
        )
        found_by = self.found_by(str(number), words, self.handles[author], *SAID[: self.amounts.entries])
        self.add(tables.CaseWords, number=number, words=found_by)
        self._sight(number, case, author, words, opened_at)
        self._history(case, opened_at)
        if theme := self._theme_of(number):
            self.add(tables.CaseTheme, id=UUID(int=number, version=4), number=number, theme=theme)
        self._owed(case, owner, due_at, kind, opened_at)

    def _author_of_case(self) -> UUID:
        return self.random.choice(self.authors)

    def _words(self) -> str:
        return " ".join(self.random.choices(WORDS.split(), k=self.random.randint(8, 45)))

    def _about(self) -> dict[str, Any]:
        severity = self.random.choice(("s1", "s2", "s3", "s3", "s4"))
        return {"severity": severity, "platform": "x", "lang": "en"}

    def _theme_of(self, number: int) -> UUID | None:
        """That of three cases in four."""
        return self.themes[place] if (place := number % 16) < len(self.themes) else None

    def _owner(self) -> UUID | None:
        return self.random.choice(self.members[1:]) if self.random.random() < 0.8 else None

    def _stage(self) -> tuple[str, str]:
        [stage] = self.random.choices(list(OPEN_STAGES), [weight for _kind, weight in OPEN_STAGES.values()])
        return stage, OPEN_STAGES[stage][0]

    def _second_chance(self, due_at: datetime) -> datetime:
        """Its date; of the first ones, a date within the week."""
        self.soon += 1
        return self.now + DAY * (1 + 5 * self.random.random()) if self.soon <= A_LANE else due_at

    def _sight(self, number: int, case: UUID, author: UUID, words: str, at: datetime) -> None:
        post, url = self.id(), f"https://x.com/person/status/{number:019}"
        self.add(tables.Post, id=post, key=f"x:{number:019}", url=url, case=case)
        self.add(
            tables.Capture,
            **{"id": self.id(), "body_hash": f"{number:064}", "post": post, "author": author, "kind": "post"},
            **{"member": self.members[2], "platform": "x", "external_id": f"{number:019}", "url": url},
            **{"text": words, "lang": "en", "captured_at": at, "received_at": at, "media": "[]"},
            **{"missing": "[]", "metrics": '{"likes": 12, "replies": 3}', "page_url": url, "posted_at": at},
            changes=None,
        )

    def _history(self, case: UUID, at: datetime) -> None:
        for position, (kind, body) in enumerate(HISTORY[: self.amounts.entries], start=1):
            entry, when = self.id(), at + position * HOUR
            self.add(
                tables.Entry,
                **{"id": entry, "case": case, "position": position, "kind": kind, "at": when},
                **{"member": self.members[2], "actor": str(self.members[2]), "channel": None},
                **{"commitment": "c" * 64, "previous": "p" * 64, "hash": "h" * 64},
            )
            self.add(tables.Particulars, entry=entry, salt="s" * 64, body=body)

    def _owed(self, case: UUID, owner: UUID | None, due_at: datetime | None, kind: str, at: datetime) -> None:
        done = {"state": "done", "due_at": at + 4 * HOUR, "next_at": None, "settled_at": at + 3 * HOUR}
        live = {"state": "due", "due_at": due_at, "next_at": due_at}
        for owed in ({"kind": "promise", **done}, {"kind": kind, **(live if due_at else done)}):
            rest = {"owner": owner, "starts_at": at, "created_at": at, "allotted": 14_400, "steps": "[]"}
            self.add(tables.FollowUp, id=self.id(), case=case, **rest, **owed)
