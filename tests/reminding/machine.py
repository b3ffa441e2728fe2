"""State machine of Hypothesis: random order of actions, answers and delays."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from amends.gateways.notifier import Outcome, Result
from amends.rules.vocabulary import Severity
from tests.fakes import ACCEPTED
from tests.reminding.team import Chances, Team

STARTS = [  # Mondays at ten in Paris: before each change of the clock, in May with its holidays, at Christmas
    datetime(2026, 3, 23, 9, tzinfo=UTC),
    datetime(2026, 5, 4, 8, tzinfo=UTC),
    datetime(2026, 10, 19, 8, tzinfo=UTC),
    datetime(2026, 12, 21, 9, tzinfo=UTC),
]
SHORT = [timedelta(seconds=7), timedelta(minutes=1), timedelta(minutes=11), timedelta(minutes=31)]
LONG = [timedelta(hours=1), timedelta(hours=3), timedelta(hours=9), timedelta(hours=16), timedelta(days=1)]
LONGER = [timedelta(days=2), timedelta(days=5), timedelta(days=23)]
LENGTHS = st.sampled_from([*SHORT, *LONG, *LONGER])
DEEDS = [
    *[Team.move] * 5,
    *[Team.assign, Team.snooze, Team.promise_or_remind, Team.mention, Team.undo] * 3,
    *[Team.weigh, Team.come_upon_again] * 3,
    *[Team.capture, Team.keep_or_drop, Team.go_away, Team.come_back, Team.relieve, Team.leave_or_come_back]
    * 2,
    *[Team.join, Team.reschedule, Team.wake, Team.hear_from_them],
]
TROUBLES = [
    Result(Outcome.unreachable, "no route"),
    Result(Outcome.rejected, "http 500"),
    Result(Outcome.timeout, "no answer"),
    Result(Outcome.refused, "private address"),
    Result(Outcome.rejected, "http 429", retry_after=1800),
]
JOBS = [
    *[Team.wake_what_is_due, Team.announce, Team.sweep, Team.plan_digests, Team.deliver],
    Team.die_while_sending,
]
CHANCES = st.builds(
    Chances,
    case=st.integers(0, 3),
    other=st.integers(0, 23),
    who=st.integers(0, 2),
    length=LENGTHS,
    severity=st.sampled_from([Severity.S1, *Severity]),
    well=st.booleans(),
)


@dataclass(frozen=True)
class Deed:
    """Somebody does something."""

    deed: Callable[[Team, Chances], Any]
    chances: Chances

    async def happen(self, team: Team) -> None:
        await self.deed(team, self.chances)


@dataclass(frozen=True)
class Work:
    """Time passes, then the worker does these of its jobs, in this order."""

    after: timedelta
    jobs: Sequence[Callable[[Team], Any]]

    async def happen(self, team: Team) -> None:
        team.model.now += self.after
        for job in self.jobs:
            await job(team)


@dataclass(frozen=True)
class Answers:
    """From now on a target answers in this way."""

    which: int
    result: Result

    async def happen(self, team: Team) -> None:
        team.target_answers(self.which, self.result)


@dataclass(frozen=True)
class Keys:
    """From now on the worker has the keys of the addresses, or other ones."""

    lost: bool

    async def happen(self, team: Team) -> None:
        team.model.lose_keys() if self.lost else team.model.find_keys()


DEED = st.builds(Deed, st.sampled_from(DEEDS), CHANCES)
WORK = st.builds(Work, LENGTHS, st.just(JOBS[:5]))
SENDING_WAITS = st.builds(Work, LENGTHS, st.just(JOBS[:4]))
"""What is decided waits: for the morning, for a worker, or until it is no longer true."""
SOME_WORK = st.builds(
    Work, st.sampled_from([timedelta(), *SHORT, *LONG]), st.lists(st.sampled_from(JOBS), max_size=3)
)
KEYS = st.builds(Keys, st.sampled_from([True, False, False]))
ANSWERS = st.builds(Answers, st.integers(0, 4), st.sampled_from([*[ACCEPTED] * 4, *TROUBLES]))


class Reminding(RuleBasedStateMachine):
    """Each run is one team on a database of its own.

    One rule: Hypothesis switches rules off for whole runs, and a team that does nothing proves nothing.
    """

    def __init__(self, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        super().__init__()
        self.run = run
        self.team = Team()

    @initialize(start=st.sampled_from(STARTS), chances=CHANCES)
    def opens(self, start: datetime, chances: Chances) -> None:
        self.run(self.team.open_up(start))
        self.run(self.team.capture(chances))

    @rule(event=st.one_of(DEED, DEED, SENDING_WAITS, WORK, SOME_WORK, st.one_of(ANSWERS, ANSWERS, KEYS)))
    def happens(self, event: Deed | Work | Answers | Keys) -> None:
        self.run(event.happen(self.team))
        self.run(self.team.every_open_case_is_looked_after())
