"""Labels of themes where one is shown or chosen."""

from collections.abc import Iterable
from uuid import UUID

from amends.services.desk.themes import ThemeShown, paths
from amends.web.controls import Options


def options(themes: tuple[ThemeShown, ...], *, chosen: UUID | None = None) -> Options:
    """Those that are offered, and the one that is chosen, as a list to choose from."""
    called = paths(themes)
    return tuple((str(one.id), called[one.id]) for one in themes if not one.retired or one.id == chosen)


def wide(themes: Iterable[ThemeShown], *, but: UUID | None = None, chosen: UUID | None = None) -> Options:
    """Those under which another one may stand, and the one under which it stands."""
    return tuple(
        (str(one.id), one.name)
        for one in themes
        if not one.parent and (not one.retired or one.id == chosen) and one.id != but
    )
