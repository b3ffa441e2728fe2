"""Places to watch: pages that members visit in turns, and what they found there (P1, P2, P41)."""

from amends.services.desk.watched_places.commands import (
    Given,
    PlaceChanged,
    TooManyPlaces,
    WrongPlace,
    add_place,
    change,
    remove,
)
from amends.services.desk.watched_places.reminders import remind_of_late_visits
from amends.services.desk.watched_places.rows import (
    Due,
    PlaceRow,
    PlaceUnknown,
    Shown,
    Visit,
    due_for,
    find,
    listed,
    visits_of,
)
from amends.services.desk.watched_places.suggestions import Suggestion, suggested
from amends.services.desk.watched_places.visits import (
    FoundSaid,
    VisitIsPast,
    VisitUnknown,
    WrongCount,
    say_found,
    undo,
    visit,
)

__all__ = [
    "Due",
    "FoundSaid",
    "Given",
    "PlaceChanged",
    "PlaceRow",
    "PlaceUnknown",
    "Shown",
    "Suggestion",
    "TooManyPlaces",
    "Visit",
    "VisitIsPast",
    "VisitUnknown",
    "WrongCount",
    "WrongPlace",
    "add_place",
    "change",
    "due_for",
    "find",
    "listed",
    "remind_of_late_visits",
    "remove",
    "say_found",
    "suggested",
    "undo",
    "visit",
    "visits_of",
]
