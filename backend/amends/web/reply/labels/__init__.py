"""Labels of the occasions and tones of replies."""

from amends.i18n import N_
from amends.rules.vocabulary import Occasion, Tone

OCCASIONS = {
    Occasion.FIRST: N_("First answer"),
    Occasion.FOLLOWING: N_("Another public reply"),
    Occasion.SOLUTION: N_("Solution"),
    Occasion.CLOSING: N_("Last word"),
}

TONES = {
    Tone.APOLOGY: N_("Apology"),
    Tone.EMPATHY: N_("Empathy"),
    Tone.THANKS: N_("Thanks"),
    Tone.DISTANCE: N_("Distance"),
}
