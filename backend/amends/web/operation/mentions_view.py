"""Where a person is named elsewhere, in words: the texts that name them, cut around the name."""

import json
from typing import Any

from amends.i18n import gettext as _
from amends.rules.operation.privacy import SearchWords, around, is_named
from amends.services.operation.privacy.mentions import Mention
from amends.web.operation import readable_copy


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
