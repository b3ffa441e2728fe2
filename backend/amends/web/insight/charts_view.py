"""Charts ready to draw: stacked columns in the units of an SVG, with the same numbers for a table."""

from collections.abc import Iterable, Sequence

import msgspec

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 190, 34, 8, 24
"""The drawing area, in units of the SVG; the labels of the axes stand left and below."""
GAP = 0.28
"""How much of each column's place is left free."""
LABELS = 13
"""So many columns have their name below them, the others are named when pointed at and in the table."""


class Part(msgspec.Struct, frozen=True):
    """One stretch of a column; `series` is its place in the legend."""

    series: int
    top: float
    height: float
    title: str


class Column(msgspec.Struct, frozen=True):
    """One day or week: where it stands, its name, its parts from below, their numbers and lists."""

    left: float
    middle: float
    name: str
    is_named: bool
    parts: tuple[Part, ...]
    numbers: tuple[tuple[int, str], ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Columns over a scale; `series` are the names of the parts, `lines` the heights with their numbers.

    `every` is how many columns there are for one name below them.
    """

    title: str
    summary: str
    series: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]
    width: float
    every: int


Row = tuple[str, Sequence[tuple[int, str]]]
"""The name of a column, and its numbers from below, each with the address of its list."""


def chart(title: str, summary: str, series: Sequence[str], rows: Sequence[Row]) -> Chart:
    """A chart of stacked columns; nothing is drawn for a zero."""
    most = scale(max((sum(n for n, _href in numbers) for _name, numbers in rows), default=0))
    place = (WIDTH - LEFT) / max(len(rows), 1)
    every = -(-len(rows) // LABELS)
    return Chart(
        title=title,
        summary=summary,
        series=tuple(series),
        columns=tuple(
            Column(
                left=round(LEFT + place * (number + GAP / 2), 1),
                middle=round(LEFT + place * (number + 0.5), 1),
                name=name,
                is_named=number % every == 0,
                parts=tuple(_parts(name, series, numbers, most)),
                numbers=tuple(numbers),
            )
            for number, (name, numbers) in enumerate(rows)
        ),
        lines=tuple((round(_height(most * part, most), 1), most * part // 1) for part in (0, 1)),
        width=round(place * (1 - GAP), 1),
        every=every,
    )


def scale(most: int) -> int:
    """The top of the scale: 2, 4, 10, 20, 40, 100 and so on, not below the highest column."""
    top = 1
    while True:
        for step in (2, 4, 10):
            if most <= top * step:
                return top * step
        top *= 10


def _parts(name: str, series: Sequence[str], numbers: Sequence[tuple[int, str]], most: int) -> Iterable[Part]:
    below = 0
    for place, (number, _href) in enumerate(numbers):
        if number:
            top = _height(below + number, most)
            height = _height(below, most) - top
            yield Part(place, round(top, 1), round(height, 1), f"{name}, {series[place]}: {number}")
        below += number


def _height(number: int, most: int) -> float:
    """How far from above a number is drawn."""
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - number / most)
