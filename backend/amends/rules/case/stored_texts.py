"""Stored texts: sentences of ours that are written where members and strangers write too.

Stored in the language of the team or of whoever acts; `rules/operation/own_texts.py` knows them again.
"""

from amends.i18n import N_

ERASED = N_("Erased: its words were deleted")
"""The title of an erased case; longer than a post that consists of one word."""
STARS_ONLY = N_("%(value)s of %(most)s, no text")

HOLD_REVIEW = N_("Is it still needed?")
MEASURE_REVIEW = N_("What became of it?")
BLOCKED = N_("Blocked or reported")
THREAT = N_("Flagged as a threat")
UNDO = N_("Undo")
SHORT_OF_HOURS = N_("More hours are needed than are available. %(reasons)s")

INCIDENT_UPDATE = N_("Say how things stand")
INCIDENT_REVIEW = N_("Write the review")

REMEDY_ASKED = N_("%(name)s asks a lead to approve: %(words)s")
UNANSWERED = N_("%(question)s – %(name)s can no longer sign in and has not answered. Ask someone else.")
