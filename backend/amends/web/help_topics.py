"""Help texts: what each page is for, from docs/help, in both languages."""

import re
from functools import cache
from pathlib import Path

import msgspec
from markupsafe import Markup

import amends
from amends.rules.case.word_folding import terms

PACKAGE = Path(amends.__file__).parent
PLACES = (PACKAGE / "_help", PACKAGE.parents[1] / "docs" / "help")
"""In an installed wheel, and in a checkout."""

TOPICS = (
    "start",
    "today",
    "triage",
    "cases",
    "case",
    "answer",
    "private-link",
    "new-case",
    "import",
    "several",
    "board",
    "people",
    "agenda",
    "replies",
    "approvals",
    "dossiers",
    "threats",
    "privacy",
    "retention",
    "measures",
    "problems",
    "incidents",
    "drills",
    "stories",
    "places",
    "campaigns",
    "feeds",
    "mail",
    "insights",
    "capacity",
    "pair",
    "profile",
    "reminders",
    "team",
    "calendar",
    "duties",
    "times",
    "themes",
    "fields",
    "locations",
    "rules",
    "playbooks",
    "answering",
    "health",
    "records",
    "audit",
    "webhooks",
    "backups",
    "keyboard",
)
"""Every text, in the order of the list of topics."""

BY_PAGE = (
    (r"/", "today"),
    (r"/triage.*", "triage"),
    (r"/(cases/new|share)", "new-case"),
    (r"/cases/import.*", "import"),
    (r"/cases/several.*", "several"),
    (r"/cases/board", "board"),
    (r"/cases/\d+/answer.*", "answer"),
    (r"/cases/\d+/private-link", "private-link"),
    (r"/cases/\d+/verification", "records"),
    (r"/cases/\d+/threat.*", "threats"),
    (r"/cases/\d+/hold.*", "privacy"),
    (r"/legal-holds/.*", "privacy"),
    (r"/cases/\d+/retention.*", "retention"),
    (r"/cases/\d+/measures.*", "measures"),
    (r"/cases/.+", "case"),
    (r"/cases", "cases"),
    (r"/(views|search).*", "cases"),
    (r"/people/[^/]+/(copy|erase|hold).*", "privacy"),
    (r"/people.*", "people"),
    (r"/dossiers.*", "dossiers"),
    (r"/problems.*", "problems"),
    (r"/incidents/drills.*", "drills"),
    (r"/incidents.*", "incidents"),
    (r"/stories.*", "stories"),
    (r"/places.*", "places"),
    (r"/campaigns.*", "campaigns"),
    (r"/feeds.*", "feeds"),
    (r"(?:/settings)?/mail.*", "mail"),
    (r"/(insights|settings)/capacity.*", "capacity"),
    (r"/(insights|settings/reports).*", "insights"),
    (r"/(agenda|follow-ups).*", "agenda"),
    (r"/replies.*", "replies"),
    (r"/approvals.*", "approvals"),
    (r"/(pair|sample).*", "pair"),
    (r"/settings/(reminders|targets|tests).*", "reminders"),
    (r"/settings/calendar", "calendar"),
    (r"/settings/duties.*", "duties"),
    (r"/settings/policy.*", "times"),
    (r"/settings/themes.*", "themes"),
    (r"/settings/fields.*", "fields"),
    (r"/settings/locations.*", "locations"),
    (r"/settings/rules.*", "rules"),
    (r"/settings/(playbooks|contacts).*", "playbooks"),
    (r"/settings/threat-plan.*", "threats"),
    (r"/settings/replies.*", "answering"),
    (r"/settings/records.*", "records"),
    (r"/settings/audit.*", "audit"),
    (r"/settings/(backups|keys).*", "backups"),
    (r"/settings/webhooks.*", "webhooks"),
    (r"/settings/privacy.*", "privacy"),
    (r"(/settings)?/retention", "retention"),
    (r"/settings/(worker|figures|extension|delivery).*", "health"),
    (r"/settings/(team|members|providers).*", "team"),
    (r"/settings.*", "profile"),
    (r"/(shortcuts|commands)", "keyboard"),
)
"""Which text explains a page: the first whose pattern is the whole path."""
COMPILED = tuple((re.compile(pattern), topic) for pattern, topic in BY_PAGE)


class Help(msgspec.Struct, frozen=True, kw_only=True):
    """One text: its title, what it says, and the words by which it is found."""

    topic: str
    title: str
    html: Markup
    words: str


def topic_of(path: str) -> str:
    """The text that explains the page at this path; where none does, the first steps."""
    return next((topic for pattern, topic in COMPILED if pattern.fullmatch(path)), TOPICS[0])


@cache
def help_on(topic: str, language: str) -> Help:
    """A text in a language."""
    import markdown

    folder = next(place for place in PLACES if place.is_dir())
    text = (folder / language / f"{topic}.md").read_text(encoding="utf-8")
    title, _end, said = text.partition("\n")
    return Help(
        topic=topic,
        title=title.removeprefix("# "),
        html=Markup(markdown.markdown(said)),  # noqa: S704 - our own words
        words=_folded(text),
    )


def found(words: str, language: str) -> list[Help]:
    """The texts in which all these words stand, each at least as a beginning; all of them without a word."""
    wanted = _folded(words).split()
    texts = [help_on(topic, language) for topic in TOPICS]
    return [text for text in texts if all(f" {word}" in f" {text.words}" for word in wanted)]


def _folded(text: str) -> str:
    return " ".join(term for _start, _end, term in terms(text))
