"""Labels of customer links and their answers."""

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.rules.person.customer_links import CheckInAnswer, ContactRequest, Purpose

WORDS: dict[object, str] = {
    Purpose.HAND_OFF: mark("Go on in private"),
    Purpose.CHECK_IN: mark("Ask how it stands"),
    CheckInAnswer.WELL: mark("Yes, all is well"),
    CheckInAnswer.PARTLY: mark("Better, but not quite"),
    CheckInAnswer.BADLY: mark("No, it is not solved"),
    ContactRequest.ASKED: mark("asked for"),
    ContactRequest.GIVEN: mark("given"),
    ContactRequest.REFUSED: mark("refused"),
    ContactRequest.IGNORED: mark("not answered"),
}


def word(value: object) -> str:
    """What a value is called in the reader's language."""
    return _(WORDS[value])
