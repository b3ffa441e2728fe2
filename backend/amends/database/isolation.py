"""Isolation of rows: what fails for one of many stops no other one."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from amends.database.driver_errors import DatabaseIsAway

Item = TypeVar("Item")


async def each_apart(items: Iterable[Item], deed: Callable[[Item], Awaitable[int]]) -> int:
    """Does it for each in turn, and adds up what that returns.

    What one of them raises is raised at the end, together, as an ExceptionGroup; DatabaseIsAway at once, for
    it would meet all of them.
    """
    total, errors = 0, []
    for item in items:
        try:
            total += await deed(item)
        except DatabaseIsAway:
            raise
        except Exception as error:  # noqa: BLE001 - raised below, after the others
            errors.append(error)
    if errors:
        raise ExceptionGroup(f"{len(errors)} failed", errors)
    return total
