"""No page says hostile words unfolded but those on which somebody asks for them, whatever else is on it."""

import re

import pytest

from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.vocabulary import Language
from amends.services.operation import demo
from tests.architecture.source import modules, shown
from tests.offenders import expect_none
from tests.statements import execute
from tests.web.site import Site
from tests.web.walk import kind_of, walked
from tests.world import make_member

WORD = "Vermin"
TITLES = f"UPDATE case_file SET nature = 'threat', title = '{WORD} 1 ' || title"
POSTS = f"UPDATE capture SET title = '{WORD} 2', text = '{WORD} 3 ' || text, quoted = '{WORD} 4'"
FOLDED = re.compile(r'<details class="hostile">.*?</details>', re.DOTALL)
OURS = ("/help", "/api", "/pair", "/sample", "/cases/export.csv?")
"""Nobody else's words, or the words of what is read anyway."""
FIRST = (
    "/",
    "/cases?words=courier",
    "/cases/several?number=1&number=2",
    "/retention",
    "/stories/20",
    "/settings/reminders?at=2030-01-04T18:40",
)
RIGHT = {
    "/cases/export.csv": "an export has what there is",
    "/dossiers/new": "what goes to the police is chosen by reading it",
    "/stories/#": "the form on which the words of a story are edited",
}
"""Where they stand as they were written, and why."""

UNFOLDED_THERE = {
    "case/titles.py": "the rule itself",
    "follow_up/second_chances_view.py": "folded by the template",
    "operation/dossier_paper.py": "a dossier has what was said",
    "operation/dossiers_view.py": "what goes to the police is chosen by reading it",
    "operation/threats_view.py": "folded by the template",
    "person/measures_view.py": "folded by the template",
    "workflow/chips_view.py": "folded by the template",
    "workflow/triage_view.py": "folded by the template",
}
"""Modules of pages that ask for the title of a case as it was written, and why they may."""


def test_titles_of_cases_come_from_one_rule() -> None:
    asking = [file for file in modules() if "/web/" in shown(file) and "own_texts.title(" in file.read_text()]
    wrong = [shown(file) for file in asking if shown(file).partition("/web/")[2] not in UNFOLDED_THERE]
    expect_none(wrong, "Ask web.case.titles, which folds hostile words, or say here why not")
    assert len(asking) == len(UNFOLDED_THERE)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_page_of_the_demonstration_says_them_unfolded(fresh_site: Site, database_url: str) -> None:
    files = FolderEvidenceFiles(fresh_site.settings.evidence_dir)
    await demo.make(now=fresh_site.clock(), files=files, language=Language.ENGLISH)
    execute(database_url, TITLES)
    execute(database_url, POSTS)
    admin = await fresh_site.visit_as(await make_member("ada", role="admin"))
    found = await walked(admin, FIRST, each=1, without=OURS)
    said = {path: FOLDED.sub("", met.answer.text) for path, met in found.items()}
    asked = {path for path in said if kind_of(path).partition("?")[0] in RIGHT}
    wrong = [
        f"{path}: …{' '.join(words[max(0, place - 80) : place + 40].split())}…"
        for path, words in said.items()
        if path not in asked and (place := words.find(WORD)) >= 0
    ]
    expect_none(wrong, "Ask web.case.titles for the title, and put other words into the macro `folded`")
    assert {kind_of(path).partition("?")[0] for path in asked if WORD in said[path]} == set(RIGHT)
    assert "In the post" in said["/cases?words=courier"]
    folding = {kind_of(path) for path in found if WORD in found[path].answer.text and path not in asked}
    assert {"/cases/#", "/triage", "/cases/#/measures"} <= folding
