"""Labels of the occasions and tones of replies."""

from amends.i18n import mark
from amends.rules.vocabulary import Occasion, Tone

OCCASIONS = {
    Occasion.FIRST: mark("First answer"),
    Occasion.FOLLOWING: mark("Once more in public"),
    Occasion.SOLUTION: mark("Solution"),
    Occasion.CLOSING: mark("Last word"),
}

TONES = {
    Tone.APOLOGY: mark("Apology"),
    Tone.EMPATHY: mark("Empathy"),
    Tone.THANKS: mark("Thanks"),
    Tone.DISTANCE: mark("Distance"),
}
