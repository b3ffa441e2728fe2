"""Which replies has the team prepared, and how does a lead write, archive and exchange them?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture.sheets import LARGEST_BYTES
from amends.rules.vocabulary import Role
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateRow, Written
from amends.services.team.members import Member
from amends.web import forms
from amends.web.reply import reply_templates_view as presenter
from amends.web.reply import template_form
from amends.web.security import Policy
from amends.web.templating import query, render, wants_fragment

PAGE = "/replies"


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(request: Request[Any, Any, Any], member: NamedDependency[Member]) -> Response[bytes]:
    """The prepared replies that fit the filters of the address, by name, paged by the last one."""
    return await _listed(request, member=member)


@get(f"{PAGE}/new", opt={"policy": Policy.LEAD})
async def new(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The form for one more prepared reply."""
    return await template_form.page(request, typed=template_form.typed_of(None))


@post(f"{PAGE}/new", status_code=303, opt={"policy": Policy.LEAD})
async def add(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """Keeps a new prepared reply."""
    try:
        given = await forms.decode(request, Written)
        template_id = await reply_templates.add(given, by=member, now=now)
    except Invalid as error:
        return await template_form.page(request, typed=await forms.typed(request), error=error)
    return Redirect(f"{PAGE}/{template_id}?notice=saved", status_code=303)


@post(f"{PAGE}/preview", status_code=200, opt={"policy": Policy.LEAD})
async def preview(request: Request[Any, Any, Any], now: NamedDependency[datetime]) -> Response[bytes]:
    """How a reply would read, and what the lint says of it; nothing is kept."""
    return await template_form.previewed(request, now=now)


@get(f"{PAGE}/{{template_id:uuid}}", opt={"policy": Policy.SIGNED_IN})
async def show(
    request: Request[Any, Any, Any], template_id: FromPath[UUID], member: NamedDependency[Member]
) -> Response[bytes]:
    """One prepared reply; for a lead, in the form in which it is changed."""
    row = await reply_templates.find(template_id)
    if not member.role.reaches(Role.LEAD):
        return await render(
            request, "reply_templates/show.html", card=presenter.card(row), archived=row.archived
        )
    return await template_form.page(request, typed=template_form.typed_of(row), row=row)


@post(f"{PAGE}/{{template_id:uuid}}", status_code=303, opt={"policy": Policy.LEAD})
async def change(
    request: Request[Any, Any, Any],
    template_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Another wording."""
    row: TemplateRow = await reply_templates.find(template_id)
    try:
        given = await forms.decode(request, Written)
        await reply_templates.change(template_id, given, by=member, now=now)
    except Invalid as error:
        return await template_form.page(request, typed=await forms.typed(request), row=row, error=error)
    return Redirect(f"{PAGE}/{template_id}?notice=saved", status_code=303)


@post(f"{PAGE}/{{template_id:uuid}}/archive", status_code=303, opt={"policy": Policy.LEAD})
async def archive(
    template_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """Offers it no more."""
    await reply_templates.archive(template_id, by=member, now=now)
    return Redirect(f"{PAGE}?notice=archived", status_code=303)


@post(f"{PAGE}/{{template_id:uuid}}/restore", status_code=303, opt={"policy": Policy.LEAD})
async def restore(
    template_id: FromPath[UUID], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """Offers it again."""
    await reply_templates.restore(template_id, by=member, now=now)
    return Redirect(f"{PAGE}/{template_id}?notice=restored", status_code=303)


@post(f"{PAGE}/starters", status_code=303, opt={"policy": Policy.LEAD})
async def install(member: NamedDependency[Member], now: NamedDependency[datetime]) -> Redirect:
    """Adds the starter set."""
    await reply_templates.install(by=member, now=now)
    return Redirect(f"{PAGE}?notice=started", status_code=303)


@get(f"{PAGE}/table.csv", opt={"policy": Policy.LEAD})
async def take_out() -> Response[bytes]:
    """The whole library as a table."""
    headers = {"content-disposition": 'attachment; filename="amends-replies.csv"'}
    return Response(await reply_templates.table(), media_type="text/csv", headers=headers)


@post(f"{PAGE}/table", opt={"policy": Policy.LEAD}, request_max_body_size=4 * LARGEST_BYTES)
async def bring_in(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[Any]:
    """Adds the replies of a table; all of them, or none where a line is wrong."""
    given = (await request.form()).get("table")
    content = await given.read() if isinstance(given, UploadFile) else b""
    try:
        if not content:
            raise forms.FormIsIncomplete(_("Choose a file."))
        await reply_templates.bring_in(content, by=member, now=now)
    except Invalid as error:
        return await _listed(request, member=member, error=error)
    return Redirect(f"{PAGE}?notice=brought-in", status_code=303)


async def _listed(
    request: Request[Any, Any, Any], *, member: Member, error: Invalid | None = None
) -> Response[bytes]:
    asked = request.query_params
    wanted, after = presenter.read(asked), presenter.after(asked)
    found = await reply_templates.page(wanted, after=after)
    page = await render(
        request,
        "reply_templates/_fragment.html" if wants_fragment(request) else "reply_templates/index.html",
        status=error.status if error else 200,
        cards=[presenter.card(row) for row in found.rows],
        filters=presenter.shown(wanted, after=after, next_after=found.next_after),
        may_write=member.role.reaches(Role.LEAD),
        has_starters=await reply_templates.has_starters(),
        error=error.detail if error else "",
    )
    if wants_fragment(request):  # an address without the fields that say nothing
        page.headers["hx-push-url"] = f"{PAGE}{query({**presenter.written(wanted), 'after': after})}"
    return page


routes = (index, new, add, preview, take_out, bring_in, install, show, change, archive, restore)
