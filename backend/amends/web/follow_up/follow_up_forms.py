"""Fields of the forms of a promise and of a reminder."""

from functools import lru_cache

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.vocabulary import Repeats
from amends.services.team.members import Member
from amends.web.controls import Field, Options, form_field, members_to_choose
from amends.web.labels import label
from amends.web.page_kit import Typed


def promise_fields(typed: Typed) -> tuple[Field, ...]:
    """What was promised, and by when; the same on every case until somebody has typed something."""
    return _promise(typed) if typed.form == "promise" else _usual_promise(language())


@lru_cache(maxsize=8)
def _usual_promise(_spoken: str) -> tuple[Field, ...]:
    return _promise(Typed())


def _promise(typed: Typed) -> tuple[Field, ...]:
    hint = _("In your time zone. Only our team sees this.")
    return (
        form_field("words", "line", _("What did we promise?"), typed.of("promise")),
        form_field("due_at", "moment", _("By when?"), typed.of("promise"), hint=hint),
    )


def reminder_fields(typed: Typed, *, reader: Member, members: tuple[Member, ...]) -> tuple[Field, ...]:
    """Of what, when, whom and how often; the same for one reader until something was typed."""
    me = str(reader.id)
    if typed.form == "reminder":
        return _reminder(typed, me, members_to_choose(members))
    return _usual_reminder(me, members_to_choose(members), language())


@lru_cache(maxsize=64)
def _usual_reminder(me: str, people: Options, _spoken: str) -> tuple[Field, ...]:
    return _reminder(Typed(), me, people)


def _reminder(typed: Typed, me: str, people: Options) -> tuple[Field, ...]:
    rhythms = [(one.value, label(one)) for one in Repeats]
    whom = form_field("owner", "select", _("For"), typed.of("reminder"), options=list(people))
    again = form_field(
        "repeats", "select", _("Repeat"), typed.of("reminder"), required=False, options=rhythms
    )
    return (
        form_field("words", "line", _("About"), typed.of("reminder")),
        form_field("due_at", "moment", _("When"), typed.of("reminder")),
        msgspec.structs.replace(whom, value=whom.value or me, blank=""),
        msgspec.structs.replace(again, blank=_("once")),
    )
