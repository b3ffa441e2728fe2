"""List of cases with its filters, and the same list as a CSV file."""

from datetime import datetime

from litestar import Response, get
from litestar.di import NamedDependency

from amends.rules.capture import sheets
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import field_values, fields, next_steps, searches
from amends.services.desk import cases, themes, views
from amends.services.desk.cases import CaseRow
from amends.services.team import audit, locations, members
from amends.services.team.members import Act, Member
from amends.web.confirmation import confirmed
from amends.web.desk import cards_view, exports, filters, filters_view, views_view
from amends.web.desk import searches_view as found_words
from amends.web.desk.cards_view import Card
from amends.web.desk.filters_view import Known
from amends.web.page_kit import NOTHING_TYPED, Here, Typed
from amends.web.security import Policy
from amends.web.templating import query


@get("/cases", opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The cases that fit the filters of the address, in its order, paged by the number of the last one."""
    return await list_page(here)


async def list_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The list, with the name that was typed to save it under and what was wrong with that."""
    asked = typed.values or here.query
    before = int(key) if (key := asked.get("before", "")).isdecimal() and len(key) < 10 else None
    wanted = filters.read(asked, reader=here.member.id)
    found = await cases.page(wanted, before=before, now=here.now)
    everyone, every_theme = await members.everyone(), await themes.everything()
    platforms, spoken, own = await cases.platforms(), await cases.languages(), await fields.everything()
    known = Known(everyone, platforms, spoken, every_theme, await locations.everything(), own)
    page = await here.render(
        "cases/_fragment_list.html" if here.wants_fragment else "cases/index.html",
        status=typed.status,
        cards=await _cards(found.rows, wanted.words, reader=here.member, now=here.now),
        total=filters_view.total(await cases.total(wanted, found, now=here.now, before=before)),
        views=views_view.views(await views.seen_by(here.member), wanted, typed, reader=here.member.id),
        filters=filters_view.shown(
            wanted, known, reader=here.member.id, before=before, next_before=found.next_before
        ),
    )
    if here.wants_fragment:  # an address without the fields that say nothing
        page.headers["hx-push-url"] = (
            f"/cases{query({**filters.written(wanted, reader=here.member.id), 'before': before})}"
        )
    return page


async def _cards(rows: list[CaseRow], typed: str, *, reader: Member, now: datetime) -> list[Card]:
    """The cards of these cases; of those that were looked for, with the place where the words stand."""
    viewer = await next_steps.viewer(Act(reader, now), (row.facts for row in rows))
    made = cards_view.shown(rows, reader=reader.id, viewer=viewer, now=now)
    if not typed:
        return made
    found = await searches.found_in(found_words.unexplained(rows, typed=typed), typed)
    return found_words.shown(made, rows, found)


@get("/cases/export.csv", opt={"policy": Policy.LEAD})
@confirmed
async def export(here: NamedDependency[Here]) -> Response[bytes]:
    """All cases that fit the same filters, in the same order."""
    wanted = filters.read(here.query, reader=here.member.id)
    found = [row async for row in cases.every(wanted, now=here.now)]
    own = await field_values.of_cases([row.number for row in found])
    rows = [exports.cells(row) | exports.field_cells(own.get(row.number, {})) for row in found]
    await audit.record(AuditKind.EXPORTED, by=here.member, now=here.now, what="cases", count=len(rows))
    headers = {"content-disposition": 'attachment; filename="amends-cases.csv"'}
    return Response(
        sheets.write(exports.columns(await fields.everything()), rows), media_type="text/csv", headers=headers
    )


routes = (index, export)
