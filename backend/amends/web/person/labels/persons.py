"""Labels of the reasons of account matches, and of what counts on the recovery track."""

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.rules.person.matching import Reason, Sign, Verdict
from amends.rules.person.recovery import Touch

SIGNS = {
    Sign.SAME_HANDLE: N_("the same handle: %(detail)s"),
    Sign.SAME_NAME: N_("the same name: %(detail)s"),
    Sign.SAME_TEXT: N_("nearly the same text: “%(detail)s”"),
    Sign.SAME_LINKS: N_("the same link: %(detail)s"),
    Sign.FEW_FOLLOWERS: N_("few followers: %(detail)s"),
}
VERDICTS = {
    Verdict.SAME: N_("joined"),
    Verdict.DIFFERENT: N_("not the same person"),
}

TOUCHES = {
    Touch.FIX_HELD: N_("The fix held"),
    Touch.PROMISE_KEPT: N_("A promise was kept"),
    Touch.ASKED_AGAIN: N_("The second chance was kept"),
    Touch.SAID_WELL: N_("They said that all is well"),
    Touch.RATED_HIGHER: N_("They raised their rating"),
    Touch.WON_BACK: N_("They were won back"),
}
"""What counted on the recovery track."""


def reason(given: Reason) -> str:
    """One sign with what it was seen by."""
    if given.sign is Sign.AFTER_BLOCK:
        words = ngettext(
            "first seen %(detail)s day after the other was blocked",
            "first seen %(detail)s days after the other was blocked",
            int(given.detail),
        )
        return words % {"detail": given.detail}
    return _(SIGNS[given.sign]) % {"detail": given.detail}


def verdict(given: Verdict) -> str:
    """What was decided."""
    return _(VERDICTS[given])
