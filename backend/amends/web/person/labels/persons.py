"""Labels of the reasons of account matches."""

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.rules.person.matching import Reason, Sign, Verdict

SIGNS = {
    Sign.SAME_HANDLE: mark("the same handle: %(detail)s"),
    Sign.SAME_NAME: mark("the same name: %(detail)s"),
    Sign.SAME_TEXT: mark("nearly the same text: “%(detail)s”"),
    Sign.SAME_LINKS: mark("the same link: %(detail)s"),
    Sign.AFTER_BLOCK: mark("first seen %(detail)s days after the other was blocked"),
    Sign.FEW_FOLLOWERS: mark("few followers: %(detail)s"),
}
VERDICTS = {
    Verdict.SAME: mark("joined"),
    Verdict.DIFFERENT: mark("not the same person"),
}


def reason(given: Reason) -> str:
    """One sign with what it was seen by."""
    return _(SIGNS[given.sign]) % {"detail": given.detail}


def verdict(given: Verdict) -> str:
    """What was decided."""
    return _(VERDICTS[given])
