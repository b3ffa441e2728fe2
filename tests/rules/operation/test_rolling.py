"""Is every file read at least once in a round, whatever the nights were like?"""

import random
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from amends.rules.operation.rolling import ALL_AT_ONCE, NIGHTS, Night, next_part, part_of, read_since

FIRST = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FILES = [sha256(str(number).encode()).hexdigest() for number in range(400)]
MANY = ALL_AT_ONCE + 1


def nights_of(*parts: int | None) -> list[Night]:
    """Nights in the order in which they were, the newest first as the rule wants them."""
    return [Night(started_at=FIRST + day * DAY, part=part) for day, part in enumerate(parts)][::-1]


def test_few_files_are_all_read_every_night():
    assert next_part(nights_of(3), files=ALL_AT_ONCE) is None
    assert next_part(nights_of(3), files=MANY) == 4


def test_every_file_is_read_in_any_round_of_nights_even_among_nights_that_read_all():
    chance = random.Random(18)
    for _ in range(50):
        parts: list[int | None] = []
        for _night in range(40):
            files = MANY if chance.random() < 0.8 else 1
            parts.append(next_part(nights_of(*parts), files=files))
        for start in range(len(parts) - NIGHTS + 1):
            window = parts[start : start + NIGHTS]
            read = {name for name in FILES if None in window or part_of(name) in window}
            assert read == set(FILES)


def test_parts_are_about_alike():
    counts = [sum(part_of(name) == part for name in FILES) for part in range(NIGHTS)]
    assert min(counts) > len(FILES) / NIGHTS / 2


def test_a_name_that_somebody_has_altered_has_a_part_too():
    assert part_of("no hash, ’) --") in range(NIGHTS)


def test_since_when_every_file_was_read_is_the_oldest_night_that_is_still_needed():
    assert read_since([]) is None
    assert read_since(nights_of(*range(NIGHTS - 1))) is None
    assert read_since(nights_of(*range(NIGHTS))) == FIRST
    assert read_since(nights_of(*range(NIGHTS), 0)) == FIRST + DAY
    assert read_since(nights_of(0, None, 1)) == FIRST + DAY
