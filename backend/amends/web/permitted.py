"""Pages of members who may not change anything: without the forms and links that their role refuses.

Nothing has to be remembered in a template: what a page offers is compared with the policies of the routes, so
a form that is added later is not shown to a reader either.
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from litestar import Litestar
from litestar.exceptions import HTTPException
from litestar.handlers.base import BaseRouteHandler

from amends.services.team.members import Member
from amends.web.security import NEEDED, Policy, needed

CASE = '<article id="case"'
FORM = re.compile(r"<form\b(?P<with>[^>]*)>.*?</form>", re.DOTALL)
LINK = re.compile(r"<a\b(?P<with>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
OUTSIDE = re.compile(
    r"<input\b[^>]*\bform=\"[^\"]*\"[^>]*>|<button\b[^>]*\bform=\"[^>]*>.*?</button>|<choose-all\b.*?</choose-all>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"\b(action|href|method|class)=\"([^\"]*)\"")
WORK = re.compile(r"\bdata-(?:(?:step|write|then)=|works\b)")
"""Links that lead to a form on a page which a reader may open, and which is not there for them."""
EMPTY = re.compile(
    r"<details\b[^>]*>\s*<summary\b(?:(?!<details|</summary>).)*</summary>\s*</details>"
    r"|<(section|article)\b[^>]*>\s*(?:<h([2-4])\b(?:(?!</h\2).)*</h\2>\s*)?</\1>"
    r"|<(div|li|p|ul|menu)\b[^>]*class=\"button-row[^>]*>\s*</\3>"
    r"|<(li|menu)\b[^>]*>\s*</\4>"
    r"|<div\b(?![^>]*\bid=)[^>]*>\s*</div>",
    re.DOTALL,
)
PASSES = 3
"""What is empty since something was left out in it may leave another part empty."""


def permitted(page: str, app: Litestar, member: Member) -> str:
    """The page as this member may use it; a link within a sentence stays as its words."""
    shown = FORM.sub(lambda form: form[0] if _may_send(app, member, form["with"]) else "", page)
    shown = LINK.sub(lambda link: _link(app, member, link), shown)
    shown = OUTSIDE.sub("", shown)
    for _pass in range(PASSES):
        shown = EMPTY.sub("", shown)
    return shown


def only_read(page: str, app: Litestar) -> str:
    """The page of a case to which nobody writes any more: without its forms, and links that lead to one."""
    before, begins, rest = page.partition(CASE)
    within, ends, after = rest.rpartition("</article>")
    within = FORM.sub(lambda form: "" if 'method="post"' in form["with"] else form[0], within)
    within = LINK.sub(lambda link: "" if _leads_to_a_form(app, link["with"]) else link[0], within)
    for _pass in range(PASSES):
        within = EMPTY.sub("", within)
    return before + begins + within + ends + after


def _leads_to_a_form(app: Litestar, attributes: str) -> bool:
    path = urlsplit(dict(ATTRIBUTE.findall(attributes)).get("href", "")).path
    return bool(WORK.search(attributes)) or policy_of(app, "GET", path) is Policy.WORK


def _may_send(app: Litestar, member: Member, attributes: str) -> bool:
    """Where a form goes to is not known before a script says so, it is one that changes something."""
    given = dict(ATTRIBUTE.findall(attributes))
    method, action = given.get("method", "get").upper(), given.get("action", "")
    return (bool(action) or method == "GET") and _may_ask(app, member, method, action)


def _link(app: Litestar, member: Member, link: "re.Match[str]") -> str:
    given = dict(ATTRIBUTE.findall(link["with"]))
    if WORK.search(link["with"]):
        return ""
    if _may_ask(app, member, "GET", given.get("href", "")):
        return link[0]
    return "" if "button" in given.get("class", "") or "<svg" in link["words"] else link["words"]


def _may_ask(app: Litestar, member: Member, method: str, address: str) -> bool:
    """Whether a route lets the member; what is no address of ours is not refused."""
    path = urlsplit(address.replace("&amp;", "&")).path
    if not path.startswith("/"):
        return True
    policy = policy_of(app, method, path)
    return policy not in NEEDED or member.may(needed(policy, method))


@lru_cache(maxsize=4096)
def policy_of(app: Litestar, method: str, path: str) -> Policy | None:
    """The policy of the route that answers there; None where none does."""
    handler = route_at(app, method, path)
    policy = handler.opt.get("policy") if handler else None
    return policy if isinstance(policy, Policy) else None


def route_at(app: Litestar, method: str, path: str) -> BaseRouteHandler | None:
    """What answers at an address; None where nothing does."""
    try:
        _app, handler, _path, _values, _template = app.asgi_router.handle_routing(
            path=unquote(path), method=method
        )
    except (HTTPException, ValueError):
        return None
    return handler
