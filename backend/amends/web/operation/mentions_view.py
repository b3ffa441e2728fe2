"""Where a person is named elsewhere, in words: the texts that name them, cut around the name."""

import json
from typing import Any

import msgspec

from amends.i18n import gettext as _
from amends.rules.operation.privacy import SearchWords, around, is_named
from amends.services.operation.privacy.mention_searches import Searched
from amends.services.operation.privacy.mentions import Mention
from amends.web.operation import readable_copy


class SearchShown(msgspec.Struct, frozen=True, kw_only=True):
    """How far the search has come, while it goes on."""

    rows: int
    of_rows: int
    share: int


def search_shown(searched: Searched) -> SearchShown | None:
    """A search that goes on; none where it has ended."""
    if searched.is_finished:
        return None
    share = 100 * searched.rows // searched.of_rows if searched.of_rows else 0
    return SearchShown(rows=searched.rows, of_rows=searched.of_rows, share=min(share, 99))


def excerpt(mention: Mention, words: SearchWords) -> str:
    """What names the person, each text with its name; the texts themselves where only an id does."""
    row: dict[str, Any] = {name: _read(mention.row[name]) for name in mention.columns}
    body = row.pop("body", None) if mention.table == "particulars" else None
    told = readable_copy.in_words(body if isinstance(body, dict) else row)
    naming = [(name, text) for name, text in told if is_named(text, words)]
    pieces = (f"{name}{_(': ')}{around(_line(text), words)}" for name, text in naming or told)
    plain = "" if mention.excerpt[:1] in ("{", "[") else mention.excerpt
    return " · ".join(pieces) or plain


def _line(text: str) -> str:
    return " · ".join(text.splitlines())


def _read(value: object) -> object:
    """What is written as JSON, read."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
