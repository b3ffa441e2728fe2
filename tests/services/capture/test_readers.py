"""A site that changed its layout shows as a figure: what its reader could not read, and how often."""

from amends.services.capture import readers
from amends.services.capture.readers import ReaderHealth
from amends.services.team.members import Member
from tests.world import DAY, MONDAY, make_case


async def test_without_captures_there_is_nothing_to_tell(database: str):
    assert await readers.health(now=MONDAY) == []


async def test_each_reader_and_version_is_told_with_what_was_missing(bob: Member):
    for version, missing in ((9, []), (10, ["rating"]), (10, ["rating", "author"]), (10, [])):
        await make_case(bob, adapter={"name": "x", "version": version}, missing=missing)
    await make_case(bob, adapter={"name": "reddit", "version": "3"})
    await make_case(bob)
    for by_hand in readers.BY_HAND:
        await make_case(bob, adapter={"name": by_hand})
    assert await readers.health(now=MONDAY) == [
        ReaderHealth(name="", version="", captures=1, missing=[]),
        ReaderHealth(name="reddit", version="3", captures=1, missing=[]),
        ReaderHealth(name="x", version="10", captures=3, missing=[("rating", 2), ("author", 1)]),
        ReaderHealth(name="x", version="9", captures=1, missing=[]),
    ]


async def test_what_was_captured_before_thirty_days_is_forgotten(bob: Member):
    await make_case(bob, adapter={"name": "x", "version": 1})
    assert await readers.health(now=MONDAY + 31 * DAY) == []
