"""asyncpg, which the extra `postgres` brings: loaded with the first use of a PostgreSQL database."""

import sys
from typing import Any

from amends.database.sqlite import CannotOpenDatabase


def asyncpg() -> Any:  # noqa: ANN401 - asyncpg has no types
    """The library. Raises CannotOpenDatabase where it is not installed, with what to do."""
    try:
        import asyncpg as library  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise CannotOpenDatabase(
            "A PostgreSQL database needs asyncpg, which is not installed here: "
            "pip install 'amends[postgres]' or pipx inject amends asyncpg pgqueuer brings it, "
            "and python3 backend does so by itself."
        ) from error
    return library


def is_asyncpg(error: BaseException, *names: str) -> bool:
    """Whether an error is one of these classes of asyncpg; never where the library was not loaded."""
    library = sys.modules.get("asyncpg")
    return library is not None and isinstance(error, tuple(getattr(library, name) for name in names))
