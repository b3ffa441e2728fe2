"""How does a form of the case page try something, and come back with what was typed when it is refused?"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Request, Response

from amends.errors import Conflict, Forbidden, Invalid
from amends.services.team.members import Member
from amends.web import forms
from amends.web.desk.cases import case_shown, to_case
from amends.web.workflow.move_forms_view import Typed


async def attempt(
    request: Request[Any, Any, Any],
    number: int,
    command: Callable[[], Awaitable[str]],
    *,
    form: str,
    member: Member,
    now: datetime,
) -> Response[Any]:
    """Does it, and goes back to the case with the notice that `command` names.

    What is refused shows the case again, with the sentence beside the field and all that was typed. What is
    not about the form (no such case) goes to the page for problems.
    """
    try:
        notice = await command()
    except (Invalid, Conflict, Forbidden) as error:
        fields = error.fields if isinstance(error, Invalid) else {}
        refused = Typed(
            form=form,
            values=await forms.typed(request),
            errors=fields,
            problem="" if fields else error.detail,
        )
        return await case_shown(request, number, member=member, now=now, typed=refused, status=error.status)
    return to_case(number, notice)
