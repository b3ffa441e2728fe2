"""The documents name every setting, command, error and word, and their links lead somewhere."""

import importlib
import re
import subprocess
import sys
from enum import Enum

from amends import errors, tables
from amends.rules import vocabulary
from amends.rules.operation.backups import LEFT_OUT
from amends.settings import HELP
from tests.architecture.source import ROOT, importable, shown
from tests.offenders import expect_none

CHANGELOG = (ROOT / "CHANGELOG.md").read_text()


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def test_every_setting_is_documented():
    text = document("configuration.md")
    silent = [name for name in HELP if f"`{name}`" not in text]
    expect_none(silent, "Describe the setting in docs/configuration.md")


def test_every_command_is_documented():
    command = [sys.executable, "-m", "amends", "--help"]
    report = subprocess.run(command, capture_output=True, text=True, check=True)
    listed = re.search(r"\{([\w,-]+)\}", report.stdout)
    assert listed, "amends --help lists its commands"
    text = document("cli.md")
    silent = [name for name in listed.group(1).split(",") if f"amends {name}" not in text]
    expect_none(silent, "Describe the command in docs/cli.md")


def test_every_error_has_a_heading_and_every_heading_an_error():
    for name in importable():
        importlib.import_module(name)
    known = descendants(errors.AmendsError)
    slugs = {error.slug() for error in known if error.__module__.startswith("amends.")}
    headings = set(re.findall(r"^##+ `?([a-z0-9-]+)`?$", document("problems.md"), re.MULTILINE))
    expect_none(slugs - headings, "Explain the error under a heading with its slug in docs/problems.md")
    expect_none(headings - slugs, "Take the heading out of docs/problems.md: no error has this slug")


def descendants(error: type[errors.AmendsError]) -> list[type[errors.AmendsError]]:
    return [found for child in error.__subclasses__() for found in [child, *descendants(child)]]


def test_every_word_of_the_vocabulary_is_in_the_glossary():
    text = document("glossary.md").lower()
    kinds = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, Enum)]
    words = {
        str(member.value)
        for kind in kinds
        for member in kind
        if kind.__module__.startswith(vocabulary.__name__)
    }
    assert words
    spellings = {word: {word, word.replace("_", " "), word.replace("_", "-")} for word in words}
    missing = [word for word, known in spellings.items() if not any(one in text for one in known)]
    expect_none(missing, "Explain the word in docs/glossary.md")


def test_every_table_of_a_backup_is_described():
    text = document("backup-file.md")
    names = {table._meta.tablename for table in tables.TABLES}
    described = set(re.findall(r"^\| `(\w+)` \| [A-Z]", text.partition("## The tables")[2], re.MULTILINE))
    expect_none(names - described - LEFT_OUT, "Say in docs/backup-file.md what a row of the table is")
    expect_none(described - names, "Take the table out of docs/backup-file.md: there is none")
    expect_none((one for one in LEFT_OUT if f"`{one}`" not in text), "Name what is left out of backups")


def test_the_changelog_and_the_package_name_the_same_version():
    import amends

    version = re.search(r"^## \[?(\d+\.\d+\.\d+)", CHANGELOG, re.MULTILINE)
    assert version
    assert version.group(1) == amends.__version__
    assert f'version = "{amends.__version__}"' in (ROOT / "pyproject.toml").read_text()
    assert f'"version": "{amends.__version__}"' in (ROOT / "extension/manifest.json").read_text()


def test_every_release_has_its_date_and_the_newest_stands_first():
    found = re.findall(r"^## (\d+)\.(\d+)\.(\d+) · (\d{4}-\d\d-\d\d)$", CHANGELOG, re.MULTILINE)
    assert len(found) == len(re.findall(r"^## ", CHANGELOG, re.MULTILINE))
    releases = [(int(major), int(minor), int(patch), day) for major, minor, patch, day in found]
    assert releases == sorted(releases, reverse=True)
    assert [day for *_numbers, day in releases] == sorted((day for *_numbers, day in releases), reverse=True)


def test_a_link_between_documents_leads_somewhere():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "extension").glob("*.md")]
    broken = [
        f"{shown(file)}: {target}"
        for file in documents
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text())
        if not re.match(r"[a-z]+:", target) and not (file.parent / target).exists()
    ]
    expect_none(broken, "Correct the link: nothing is there")
