"""Routers of hundreds of routes, which Litestar is not to copy."""

from typing import Any, Self

from litestar import Router


class RouterOfOneApplication(Router):
    """Made for one application, which takes it as it is.

    Litestar copies a router deeply when it takes it, for the case that another takes it too. With all
    routes of the pages in it that was a third of the time in which an application is assembled.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self
