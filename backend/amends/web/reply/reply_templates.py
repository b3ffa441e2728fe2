"""Library of reply templates."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import gettext as _
from amends.rules.capture.sheets import LARGEST_BYTES
from amends.rules.vocabulary import Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import Written
from amends.services.team import audit
from amends.web import forms
from amends.web.confirmation import confirmed
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, saved, submit_or_redisplay
from amends.web.reply import reply_templates_view as presenter
from amends.web.reply import template_form
from amends.web.security import Policy
from amends.web.templating import query

PAGE = "/replies"


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The prepared replies that fit the filters of the address, by name, paged by the last one."""
    return await _listed(here)


@get(f"{PAGE}/new", opt={"policy": Policy.LEAD})
async def new(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for one more prepared reply."""
    return await template_form.page(here)


@post(f"{PAGE}/new", status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(template_form.page, "reply")
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """Keeps a new prepared reply."""
    given = await here.form(Written)
    template_id = await reply_templates.add(given, by=here.member, now=here.now)
    return saved(f"{PAGE}/{template_id}")


@post(f"{PAGE}/preview", status_code=200, opt={"policy": Policy.LEAD})
async def preview(here: NamedDependency[Here]) -> Response[bytes]:
    """How a reply would read, and what the lint says of it; nothing is kept."""
    return await template_form.previewed(here)


@get(f"{PAGE}/{{template_id:uuid}}", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], template_id: FromPath[UUID]) -> Response[bytes]:
    """One prepared reply; for a lead, in the form in which it is changed."""
    row = await reply_templates.find(template_id)
    if not here.member.role.reaches(Role.LEAD):
        return await here.render("reply_templates/show.html", card=presenter.card(row), archived=row.archived)
    return await template_form.page(here, template_id=template_id)


@post(f"{PAGE}/{{template_id:uuid}}", status_code=303, opt={"policy": Policy.LEAD})
@submit_or_redisplay(template_form.page, "reply")
async def change(here: NamedDependency[Here], template_id: FromPath[UUID]) -> Response[Any]:
    """Another wording."""
    given, seen = await here.form(Written), (await here.form(template_form.SeenForm)).seen
    await reply_templates.change(here.act, template_id, given, seen=seen)
    return saved(f"{PAGE}/{template_id}")


@post(f"{PAGE}/{{template_id:uuid}}/archive", status_code=303, opt={"policy": Policy.LEAD})
@answered_once
async def archive(here: NamedDependency[Here], template_id: FromPath[UUID]) -> Redirect:
    """Offers it no more."""
    await reply_templates.archive(here.act, template_id)
    return Redirect(f"{PAGE}?notice=archived", status_code=303)


@post(f"{PAGE}/{{template_id:uuid}}/restore", status_code=303, opt={"policy": Policy.LEAD})
@answered_once
async def restore(here: NamedDependency[Here], template_id: FromPath[UUID]) -> Redirect:
    """Offers it again."""
    await reply_templates.restore(here.act, template_id)
    return Redirect(f"{PAGE}/{template_id}?notice=restored", status_code=303)


@post(f"{PAGE}/starters", status_code=303, opt={"policy": Policy.LEAD})
@answered_once
async def install(here: NamedDependency[Here]) -> Redirect:
    """Adds the starter set."""
    await reply_templates.install(by=here.member, now=here.now)
    return Redirect(f"{PAGE}?notice=started", status_code=303)


@get(f"{PAGE}/table.csv", opt={"policy": Policy.LEAD})
@confirmed
async def take_out(here: NamedDependency[Here]) -> Response[Any]:
    """The whole library as a table."""
    await audit.record(AuditKind.EXPORTED, by=here.member, now=here.now, what="replies")
    headers = {"content-disposition": 'attachment; filename="amends-replies.csv"'}
    return Response(await reply_templates.table(), media_type="text/csv", headers=headers)


async def _listed(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    asked = here.query
    wanted, after = presenter.read(asked), presenter.after(asked)
    found = await reply_templates.page(wanted, after=after)
    page = await here.render(
        "reply_templates/_fragment.html" if here.wants_fragment else "reply_templates/index.html",
        status=typed.status,
        cards=[presenter.card(row) for row in found.rows],
        filters=presenter.shown(wanted, after=after, next_after=found.next_after),
        may_write=here.member.role.reaches(Role.LEAD),
        has_starters=await reply_templates.has_starters(),
        error=typed.detail,
    )
    if here.wants_fragment:  # an address without the fields that say nothing
        page.headers["hx-push-url"] = f"{PAGE}{query({**presenter.written(wanted), 'after': after})}"
    return page


@post(f"{PAGE}/table", opt={"policy": Policy.LEAD}, request_max_body_size=4 * LARGEST_BYTES)
@submit_or_redisplay(_listed)
async def bring_in(here: NamedDependency[Here]) -> Response[Any]:
    """Adds the replies of a table; all of them, or none where a line is wrong."""
    given = (await here.request.form()).get("table")
    content = await given.read() if isinstance(given, UploadFile) else b""
    if not content:
        raise forms.FormIsIncomplete(_("Choose a file."))
    await reply_templates.bring_in(here.act, content)
    return Redirect(f"{PAGE}?notice=brought-in", status_code=303)


routes = (index, new, add, preview, take_out, bring_in, install, show, change, archive, restore)
