"""Which fields do the small forms of a case have besides its moves?"""

from amends.i18n import gettext as _
from amends.rules.vocabulary import Channel
from amends.web import words
from amends.web.field_words import Control
from amends.web.presenters.forms import Field, Typed


def promise_fields(typed: Typed) -> list[Field]:
    """What was promised, and by when."""
    hint = _("On your clock. Nobody is told but us.")
    return [
        _field("promise", "words", "line", _("What did we promise?"), typed),
        _field("promise", "due_at", "moment", _("By when?"), typed, hint=hint),
    ]


def touchpoint_fields(typed: Typed) -> list[Field]:
    """What was said, by whom, where."""
    directions = [("in", _("They said")), ("out", _("We said"))]
    channels = [(channel.value, words.word(channel)) for channel in Channel]
    return [
        _field("touchpoint", "direction", "chips", _("Who?"), typed, options=directions),
        _field("touchpoint", "channel", "chips", _("Through which channel?"), typed, options=channels),
        _field("touchpoint", "text", "long", _("What was said?"), typed),
        _field("touchpoint", "url", "url", _("Address"), typed, required=False),
    ]


def _field(
    form: str,
    name: str,
    control: Control,
    label: str,
    typed: Typed,
    *,
    hint: str = "",
    required: bool = True,
    options: list[tuple[str, str]] | None = None,
) -> Field:
    here = typed if typed.form == form else Typed()
    return Field(
        name=name,
        control=control,
        label=label,
        hint=hint,
        required=required,
        value=here.values.get(name, ""),
        error=here.errors.get(name, ""),
        options=tuple(options or ()),
    )
