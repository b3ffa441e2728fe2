"""How are the figures shown, and do they reach the goals?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.scenarios import CASES, TODAY

TIMES_FLOOR = 3.0
TIMES_SMALL = 1.3
PLANNING_SECONDS = 1.0
RESIDENT_MEGABYTES = 150.0
SIDES = ("app", "floor")


@dataclass
class Batch:
    """One round of one side: each request's time, and the processor time of the server for all."""

    seconds: list[float]
    cpu_seconds: float


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
                mark = self._mark(one.ratio <= TIMES_FLOOR, f"{database}: {one.name} at {size:,} cases")
                print(
                    f"{one.name:<20}{size:>8,}{one.app:>9.2f}{one.floor:>10.2f}{one.ratio:>7.2f}"
                    f"{one.cpu_ratio:>11.2f}{one.spread:>8.0%}  {mark}"
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

    def end(self) -> None:
        """The goals in one sentence."""
        goals = (
            f"Goals: at most {TIMES_FLOOR:g} times the floor; Today and Cases at most {TIMES_SMALL:g} times "
            f"their time with few cases; planning under {PLANNING_SECONDS:g} s; "
            f"under {RESIDENT_MEGABYTES:g} MB."
        )
        print(f"\n{goals}\n" + (f"Missed: {'; '.join(self.missed)}." if self.missed else "All were reached."))

    def _mark(self, reached: bool, what: str) -> str:
        if not reached:
            self.missed.append(what)
        return "reached" if reached else "MISSED"
