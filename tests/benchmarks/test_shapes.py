"""Are the shapes of data what they say? Few have most of it, and all that is said of it holds."""

from collections import Counter
from datetime import UTC, datetime

from amends import tables
from benchmarks.seeds import Rows, World
from benchmarks.shapes import Shape, world

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
CASES = 2_000


def column(rows: Rows, name: str) -> list[object]:
    place = rows.columns.index(name)
    return [row[place] for row in rows.tuples]


def made(shape: Shape) -> World:
    one = world(shape, CASES, NOW)
    one.fill()
    return one


def test_a_fifth_of_the_owners_has_four_fifths_of_the_skewed_cases():
    owners = Counter(one for one in column(made(Shape.SKEWED).rows[tables.Case], "owner") if one)
    busiest = sum(cases for _owner, cases in owners.most_common(len(owners) // 5))
    assert busiest > 0.5 * owners.total()


def test_few_words_are_said_in_most_skewed_cases_and_most_words_hardly_ever():
    said = Counter(
        word
        for text in column(made(Shape.SKEWED).rows[tables.CaseWords], "words")
        for word in set(str(text).split())
    )
    assert said["the"] > CASES // 2
    assert sum(cases < 10 for cases in said.values()) > len(said) // 2


def test_every_case_of_the_open_shape_is_open_and_few_of_the_others():
    for shape, at_least, at_most in ((Shape.OPEN, CASES, CASES), (Shape.SKEWED, 1, CASES // 4)):
        stages = column(made(shape).rows[tables.Case], "stage")
        assert at_least <= sum(stage != "closed" for stage in stages) <= at_most


def test_parts_written_down_one_after_the_other_are_the_whole():
    whole = {table: len(rows.tuples) for table, rows in made(Shape.SKEWED).rows.items()}
    counted: Counter[object] = Counter()
    for part in world(Shape.SKEWED, CASES, NOW).parts(300):
        for table, rows in part.items():
            counted[table] += len(rows.tuples)
            rows.tuples.clear()
    assert {table: counted[table] for table in whole} == whole


def test_a_nudge_goes_to_a_target_of_its_member():
    rows = made(Shape.SKEWED).rows
    targets = dict(zip(column(rows[tables.Target], "id"), column(rows[tables.Target], "member"), strict=True))
    told = rows[tables.Nudge]
    for target, member in zip(column(told, "target"), column(told, "member"), strict=True):
        assert targets[target] == member
    assert told.tuples
