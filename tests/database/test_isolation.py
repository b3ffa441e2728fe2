"""Isolation of rows: what fails for one of many stops no other one."""

import pytest

from amends.database import DatabaseIsAway, each_apart


async def test_the_others_are_done_and_what_failed_is_raised_at_the_end():
    done = []

    async def halve(number: int) -> int:
        done.append(number)
        if number % 2:
            raise ValueError(number)
        return number // 2

    with pytest.raises(ExceptionGroup) as failed:
        await each_apart([1, 2, 3, 4], halve)
    assert done == [1, 2, 3, 4]
    assert [str(error) for error in failed.value.exceptions] == ["1", "3"]
    assert await each_apart([2, 4], halve) == 3


async def test_a_database_that_is_away_ends_it_at_once():
    tried = []

    async def away(number: int) -> int:
        tried.append(number)
        raise DatabaseIsAway

    with pytest.raises(DatabaseIsAway):
        await each_apart([1, 2], away)
    assert tried == [1]
