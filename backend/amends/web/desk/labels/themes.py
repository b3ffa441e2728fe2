"""Labels of themes where one is shown or chosen."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from amends.services.desk.themes import ThemeShown
from amends.web.controls import Options


@lru_cache(maxsize=32)
def paths(themes: tuple[ThemeShown, ...]) -> dict[UUID, str]:
    """Each theme after the wider one that it stands under: "Delivery › Late"."""
    names = {one.id: one.name for one in themes}
    return {one.id: f"{names[one.parent]} › {one.name}" if one.parent else one.name for one in themes}


def options(themes: tuple[ThemeShown, ...], *, chosen: UUID | None = None) -> Options:
    """Those that are offered, and the one that is chosen, as a list to choose from."""
    called = paths(themes)
    return tuple((str(one.id), called[one.id]) for one in themes if not one.retired or one.id == chosen)


def wide(themes: Iterable[ThemeShown], *, but: UUID | None = None) -> Options:
    """Those under which another one may stand."""
    return tuple(
        (str(one.id), one.name) for one in themes if not one.parent and not one.retired and one.id != but
    )
