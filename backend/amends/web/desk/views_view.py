"""Tabs of Cases: the usual lists, and the saved views."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.services.desk.cases import CaseFilters
from amends.services.desk.views import ViewShown
from amends.web.desk.filters import written
from amends.web.page_kit import Typed
from amends.web.templating import query

USUAL: tuple[tuple[str, dict[str, str]], ...] = (
    (N_("All open"), {}),
    (N_("Mine"), {"owner": "me"}),
    (N_("Unassigned"), {"owner": "nobody"}),
    (N_("Late"), {"late": "on"}),
    (N_("Closed"), {"stage": "closed"}),
)


class ViewLink(msgspec.Struct, frozen=True, kw_only=True):
    """A list under a name, and whether it is the one at hand; a usual one has no id."""

    id: UUID | None = None
    name: str
    href: str
    shared: bool = False
    mine: bool = False
    current: bool


class Views(msgspec.Struct, frozen=True):
    """The lists under a name, and the fields of the one at hand where it may be saved.

    `name` is what was typed to save it under; `wrong` says what is wrong with that, `problem` with the whole.
    """

    links: tuple[ViewLink, ...]
    keepable: tuple[tuple[str, str], ...]
    name: str = ""
    wrong: str = ""
    problem: str = ""


def views(found: Iterable[ViewShown], filters: CaseFilters, typed: Typed, *, reader: UUID) -> Views:
    """The views as tabs; the list at hand is saved where it narrows and is no view yet."""
    at_hand = written(filters, reader=reader)
    links = tuple(_links(found, query(at_hand), query({**at_hand, "sort": ""})))
    fields = tuple((name, value) for name, value in at_hand.items() if value)
    return Views(
        links,
        () if any(link.current and (link.id or not filters.order) for link in links) else fields,
        name=typed.values.get("name", ""),
        wrong=typed.errors.get("name", ""),
        problem=typed.problem,
    )


def _links(found: Iterable[ViewShown], address: str, unordered: str) -> Iterator[ViewLink]:
    """A usual list is at hand in any order, a saved one in its own."""
    saved = [
        ViewLink(
            id=view.id,
            name=view.name,
            href=f"/cases{query(view.filters)}",
            shared=view.shared,
            mine=view.mine,
            current=query(view.filters) == address,
        )
        for view in found
    ]
    is_saved = any(link.current for link in saved)
    for name, filters in USUAL:
        is_current = query(filters) == unordered and not is_saved
        yield ViewLink(name=_(name), href=f"/cases{query(filters)}", current=is_current)
    yield from saved
