"""How are the figures shown, and do they reach the goals?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.scenarios import CASES, TODAY

TIMES_SMALL = 1.3
PLANNING_SECONDS = 1.0
RESIDENT_MEGABYTES = 150.0
PLANNING_TIMES = 5.0
SWEEP_TIMES = 1.5
DELIVERIES_A_SECOND = 150.0
IDLE_SHARE, IDLE_MEGABYTES = 0.01, 120.0
NEAR_TEXT_SECONDS, REPORT_SECONDS = 0.1, 0.2
INCIDENT_SECONDS = 0.1
SIDES = ("app", "floor")


@dataclass
class Batch:
    """One round of one side: each request's time, and the processor time of the server for all."""

    seconds: list[float]
    cpu_seconds: float


@dataclass(frozen=True)
class Insights:
    """Seconds: to add up everything once, of each new text, of a look for waves, of each report."""

    adding_up: float
    texts: list[float]
    wave: float
    reports: list[float]


@dataclass(frozen=True)
class Line:
    """One kind of request at one size: milliseconds of the app and of the floor, and how sure they are.

    A time is the lowest of the rounds' medians: on a shared machine others can only add to it.
    `spread` is how much higher the middle round was, in the worse of the two; `cpu_ratio` compares the
    processor time of the two web processes alone.
    """

    name: str
    app: float
    floor: float
    spread: float
    cpu_ratio: float

    @property
    def ratio(self) -> float:
        return self.app / self.floor


def line(name: str, app: Sequence[Batch], floor: Sequence[Batch]) -> Line:
    """The figures of all rounds."""
    sides = [[median(batch.seconds) * 1000 for batch in batches] for batches in (app, floor)]
    low = [min(medians) for medians in sides]
    spread = max(median(medians) / best - 1 for medians, best in zip(sides, low, strict=True))
    used = [sum(batch.cpu_seconds for batch in batches) for batches in (app, floor)]
    return Line(name, low[0], low[1], spread, used[0] / max(used[1], 0.01))


class Verdict:
    """Prints each figure with its goal, and remembers whether all were reached."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def table(self, database: str, lines: dict[int, list[Line]]) -> None:
        """Every kind of request at every size, then how it grew."""
        print(f"\n{database}")
        print(f"{'':<20}{'cases':>8}{'app ms':>9}{'floor ms':>10}{'times':>7}{'CPU times':>11}{'spread':>9}")
        for size, measured in lines.items():
            for one in measured:
                print(
                    f"{one.name:<20}{size:>8,}{one.app:>9.2f}{one.floor:>10.2f}{one.ratio:>7.2f}"
                    f"{one.cpu_ratio:>11.2f}{one.spread:>8.0%}"
                )
        if len(lines) > 1:
            self._growth(database, min(lines), max(lines), lines)

    def _growth(self, database: str, small: int, large: int, lines: dict[int, list[Line]]) -> None:
        for before, after in zip(lines[small], lines[large], strict=True):
            times = after.app / before.app
            is_asked = before.name.startswith((TODAY, CASES))
            mark = self._mark(times <= TIMES_SMALL, f"{database}: {before.name} grows") if is_asked else ""
            print(f"{before.name:<20}{large:,} cases / {small:,} cases{times:>22.2f}  {mark}")

    def planning(self, overdue: int, among: int, seconds: float, floor: float, made: int) -> None:
        """How long the sweep took."""
        mark = self._mark(seconds < PLANNING_SECONDS, "planning")
        print(
            f"planning {overdue:,} late among {among:,} open follow-ups: "
            f"{seconds:.3f} s for {made:,} nudges, floor {floor:.3f} s, {seconds / floor:.2f} times  {mark}"
        )

    def memory(self, size: int, megabytes: float) -> None:
        """What the web process holds after its requests."""
        mark = self._mark(megabytes < RESIDENT_MEGABYTES, f"memory at {size:,} cases")
        print(f"web process at {size:,} cases: {megabytes:.0f} MB resident  {mark}")

    def planning_among_many(self, late: int, among: int, seconds: float, floor: float, made: int) -> None:
        """How long the sweep took where very much is late among very much that is open."""
        mark = self._mark(seconds <= PLANNING_TIMES * floor, f"planning among {among:,}")
        print(
            f"planning {late:,} late among {among:,} open follow-ups: {seconds:.2f} s for {made:,} nudges, "
            f"floor {floor:.2f} s, {seconds / floor:.2f} times  {mark}"
        )

    def sweep_growth(self, late: int, small: tuple[int, float], large: tuple[int, float]) -> None:
        """How the sweep's time grows with what is open, when as much is late."""
        times = large[1] / small[1]
        mark = self._mark(times <= SWEEP_TIMES, "the sweep grows with what is open")
        print(
            f"planning {late:,} late: {small[1] * 1000:.1f} ms among {small[0]:,} open, "
            f"{large[1] * 1000:.1f} ms among {large[0]:,}, {times:.2f} times  {mark}"
        )

    def deliveries(self, messages: int, rate: float, floor: float) -> None:
        """How many messages a second one worker sent by mail."""
        mark = self._mark(rate >= DELIVERIES_A_SECOND, "deliveries")
        print(f"{messages:,} messages by mail: {rate:.0f} a second, the bare library {floor:.0f}  {mark}")

    def idle(self, seconds: float, share: float, megabytes: float) -> None:
        """What a worker with nothing to do uses, together with the processes that send for it."""
        mark = self._mark(share < IDLE_SHARE and megabytes < IDLE_MEGABYTES, "an idle worker")
        print(f"an idle worker: {share:.2%} of a core over {seconds:g} s, {megabytes:.0f} MB  {mark}")

    def insights(self, database: str, cases: int, measured: Insights) -> None:
        """How long insights took among so many cases of one year, and a report over it."""
        texts, reports = sorted(measured.texts), median(measured.reports)
        print(
            f"\n{database}, {cases:,} cases of a year: added up once in {measured.adding_up:.0f} s, "
            f"a look for waves {measured.wave * 1000:.0f} ms"
        )
        most = texts[int(len(texts) * 0.95)]
        mark = self._mark(most < NEAR_TEXT_SECONDS, f"{database}: near texts")
        print(
            f"a new text compared: {median(texts) * 1000:.1f} ms, 95 % within {most * 1000:.1f} ms, "
            f"at most {texts[-1] * 1000:.1f} ms  {mark}"
        )
        mark = self._mark(reports < REPORT_SECONDS, f"{database}: a report of a year")
        print(f"a report of a year: {reports * 1000:.0f} ms  {mark}")

    def incident(
        self, database: str, posts: int, gathering: float, pages: Mapping[str, tuple[float, float]]
    ) -> None:
        """How long the pages of one incident took: by the clock, and processor time of the web process."""
        print(f"\n{database}, an incident with {posts:,} posts: 500 joined in at most {gathering:.1f} s")
        for name, (seconds, cpu) in pages.items():
            mark = self._mark(seconds < INCIDENT_SECONDS, f"{database}: {name}")
            print(f"{name:<24}{seconds * 1000:>8.1f} ms{cpu * 1000:>8.1f} ms of processor time  {mark}")

    def end_of_incidents(self) -> None:
        """The goal of incidents in one sentence."""
        self._end(f"Goal: each page of an incident in under {INCIDENT_SECONDS * 1000:.0f} ms.")

    def end_of_insights(self) -> None:
        """The goals of insights in one sentence."""
        goals = (
            f"Goals: 95 % of new texts compared in under {NEAR_TEXT_SECONDS * 1000:.0f} ms; "
            f"a report of a year in under {REPORT_SECONDS * 1000:.0f} ms."
        )
        self._end(goals)

    def end_of_reminders(self) -> None:
        """The goals of reminders in one sentence."""
        goals = (
            f"Goals: planning among very many at most {PLANNING_TIMES:g} times its floor; the sweep at most "
            f"{SWEEP_TIMES:g} times its time among few; at least {DELIVERIES_A_SECOND:g} messages a second; "
            f"an idle worker under {IDLE_SHARE:.0%} of a core and {IDLE_MEGABYTES:g} MB."
        )
        self._end(goals)

    def end(self) -> None:
        """The goals in one sentence."""
        goals = (
            f"Goals: Today and Cases at most {TIMES_SMALL:g} times their time with few cases; "
            f"planning under {PLANNING_SECONDS:g} s; under {RESIDENT_MEGABYTES:g} MB."
        )
        self._end(goals)

    def _end(self, goals: str) -> None:
        print(f"\n{goals}\n" + (f"Missed: {'; '.join(self.missed)}." if self.missed else "All were reached."))

    def _mark(self, reached: bool, what: str) -> str:
        if not reached:
            self.missed.append(what)
        return "reached" if reached else "MISSED"
