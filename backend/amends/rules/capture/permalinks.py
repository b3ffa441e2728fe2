"""Permalinks: the forms in which a post is shared, and the id in each."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from amends.rules.capture.hosts import site_of
from amends.rules.case.platforms import Form
from amends.rules.vocabulary import PostKind

LONGEST_VALUE = 300


class Permalink(NamedTuple):
    """An address that was recognised."""

    url: str
    id: str
    kind: PostKind | None


def recognised(url: str, forms: tuple[Form, ...], *, origin: str) -> Permalink | None:
    """The first form that an address has; None when it has none of them."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    query = {name: value for name, value in reversed(parse_qsl(parts.query)) if len(value) <= LONGEST_VALUE}
    site = site_of(url)
    for form in forms:
        found = re.match(rf"{form.path}(?=/|\Z)", path) if form.site in ("", site) else None
        if found and (named := _named(form, query, unquote(parts.fragment))) is not None:
            return _built(form, {**found.groupdict(""), **named}, query, {"site": site, "origin": origin})
    return None


def _named(form: Form, query: Mapping[str, str], fragment: str) -> dict[str, str] | None:
    """What query and fragment name, or None where they are not as the form needs them."""
    wanted = [(pattern, query.get(name, "")) for name, pattern in form.query.items()]
    if form.fragment:
        wanted.append((form.fragment, fragment))
    named: dict[str, str] = {}
    for pattern, value in wanted:
        if not (found := re.fullmatch(pattern, value)):
            return None
        named |= found.groupdict("")
    return named


def _built(form: Form, named: dict[str, str], query: Mapping[str, str], host: dict[str, str]) -> Permalink:
    escaped = {name: quote(value, safe="/:@!$,;~()'*+=", errors="replace") for name, value in named.items()}
    url = form.url.format(**escaped, **host)
    ids = [form.id.format(**named)]
    for name in form.within:
        if value := query.get(name):
            url += f"{'&' if '?' in url else '?'}{name}={quote(value, safe=':(),', errors='replace')}"
            ids.append(value)
    kind = PostKind.COMMENT if len(ids) > 1 else form.kind
    return Permalink(url, ids[-1].lower() if form.lower else ids[-1], kind)
