"""Sentences of timeline entries about questions to a colleague."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import gettext as _
from amends.rules.follow_up.questions import ANSWERED, ASKED, Answer, Preset


def told(particulars: Mapping[str, Any]) -> str:
    """What was asked, answered or withdrawn, as a predicate; words of their own stand below it."""
    preset = str(particulars.get("preset", ""))
    values = {
        "name": particulars.get("to", ""),
        "question": _(ASKED[Preset(preset)]) if preset else "",
        "answer": answer(particulars),
    }
    deeds = {
        ("asked", True): _("asked %(name)s: “%(question)s”"),
        ("asked", False): _("asked %(name)s a question"),
        ("answered", True): _("answered %(name)s’s question “%(question)s” %(answer)s"),
        ("answered", False): _("answered %(name)s’s question %(answer)s"),
        ("withdrawn", True): _("withdrew the question “%(question)s”"),
        ("withdrawn", False): _("withdrew a question"),
    }
    return deeds[str(particulars["deed"]), bool(preset)] % values


def answer(particulars: Mapping[str, Any]) -> str:
    """What was answered in one press, quoted."""
    chosen = str(particulars.get("answer", ""))
    return _("with “%(answer)s”") % {"answer": _(ANSWERED[Answer(chosen)])} if chosen else _("in words")
