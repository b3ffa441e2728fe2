"""Does the extension keep the promises that its documentation makes?"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from amends.rules.vocabulary import Stage
from amends.rules.workflow.next_step import STEPS, Action
from tests.architecture.source import shown
from tests.extension.conftest import EXTENSION, PAGES
from tests.extension.npm_checks import TYPES, npm_check
from tests.offenders import expect_none

HERE = Path(__file__).parent
SCRIPTS = sorted(EXTENSION.rglob("*.js"))
SITES = sorted((EXTENSION / "content" / "sites").glob("*.js"))
LOCALES = sorted((EXTENSION / "_locales").glob("*/messages.json"))
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML"
    r"|\beval\(|new Function|importScripts|externally_connectable|web_accessible_resources"
)


def source_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


SHORTENED = ["author", "title", "quoted", "timeText", "lang", "media", "metrics", "context"]
"""What a page can say at such length that it is shortened."""


def test_nothing_builds_markup_or_code_from_text() -> None:
    found = [
        f"{shown(path)}: {match}"
        for path in [*SCRIPTS, EXTENSION / "manifest.json"]
        for match in FORBIDDEN.findall(source_of(path))
    ]
    expect_none(found, "Build elements with createElement and textContent: a page's text is hostile")


def test_every_script_is_typed_and_says_what_it_is_for() -> None:
    silent = [shown(path) for path in SCRIPTS if not source_of(path).startswith("// @ts-check\n/**")]
    expect_none(silent, "Begin the script with `// @ts-check` and a comment /** that says what it is for")


def test_pages_hold_no_script_and_no_style_of_their_own() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|https?://")
    found = [shown(page) for page in EXTENSION.rglob("*.html") if inline.search(source_of(page))]
    expect_none(found, "Move the page's script or style into a file of its own")


def test_a_site_is_one_file_one_folder_of_pages_and_one_line() -> None:
    missing = [f"{path.stem}: {what}" for path in SITES for what in missing_of(path)]
    expect_none(missing, "Add what the site lacks")


def missing_of(site: Path) -> Iterator[str]:
    name, pages = site.stem, sorted((PAGES / site.stem).glob("*.html"))
    if not re.search(rf"\bname: '{name}'", source_of(site)):
        yield f"name: '{name}' in its file, which is named so"
    if f"import '../content/sites/{name}.js';" not in source_of(EXTENSION / "lib" / "sites.js"):
        yield "its import in extension/lib/sites.js"
    if not pages:
        yield f"a saved page in tests/pages/{name}"
    for page in pages:
        if not page.with_suffix(".json").exists():
            yield f"the captures expected of {shown(page)}, in a .json beside it"
    if not re.search(rf"^\| `{name}` \|", source_of(EXTENSION / "README.md"), re.MULTILINE):
        yield "its line in extension/README.md"


def test_every_folder_of_pages_belongs_to_a_site() -> None:
    folders = {path.name for path in PAGES.iterdir() if path.is_dir()}
    assert folders == {path.stem for path in SITES} | {"generic"}


def test_every_language_says_everything() -> None:
    catalogues = {path.parent.name: json.loads(source_of(path)) for path in LOCALES}
    assert set(catalogues) == {"en", "fr"}
    assert catalogues["en"].keys() == catalogues["fr"].keys()
    for key, entry in catalogues["en"].items():
        assert entry.get("placeholders") == catalogues["fr"][key].get("placeholders"), key
    plain_space = re.compile(r"(?<!\u202f)[;!?](?!\w)|(?<=[^\u202f\d]):(?!/)|« (?!\u202f)")
    assert [key for key, entry in catalogues["fr"].items() if plain_space.search(entry["message"])] == []


def test_every_text_that_is_asked_for_exists_and_none_is_left_over() -> None:
    known = set(json.loads(source_of(LOCALES[0])))
    everything = "\n".join(
        source_of(path) for path in EXTENSION.rglob("*") if path.suffix in {".js", ".html"}
    )
    everything += source_of(EXTENSION / "manifest.json")
    asked = set(re.findall(r"(?:getMessage|button)\(\s*'(\w+)'", everything))
    asked |= set(re.findall(r'data-(?:message|label)="(\w+)"', everything)) | set(
        re.findall(r"__MSG_(\w+)__", everything)
    )
    asked |= {
        match
        for pair in re.findall(r"getMessage\(\s*[\w.]+ \? '(\w+)' : '(\w+)'", everything)
        for match in pair
    }
    asked |= {f"severity{level}{form}" for level in "1234" for form in ("", "Long")}
    asked |= {f"stage_{stage}" for stage in Stage}
    asked |= {f"change_{word}" for word in ("unchanged", "edited", "rating", "replies", "gone")}
    asked |= {f"part_{name}" for name in SHORTENED}
    asked |= {f"next_{step}" for step in STEPS - {Action.NOTHING}}
    assert asked - known == set()
    assert known - asked == set()


def test_installing_asks_for_nothing() -> None:
    manifest = json.loads(source_of(EXTENSION / "manifest.json"))
    silent = {"activeTab", "scripting", "storage", "unlimitedStorage", "alarms", "contextMenus"}
    assert set(manifest["permissions"]) == silent
    assert manifest["optional_host_permissions"] == ["<all_urls>"]
    assert manifest["optional_permissions"] == ["notifications"]
    assert not {"host_permissions", "content_scripts"} & manifest.keys()
    assert manifest["background"]["service_worker"] == manifest["background"]["scripts"][0]
    assert manifest["content_security_policy"]["extension_pages"].startswith(
        "default-src 'none'; script-src 'self';"
    )
    for path in [
        *manifest["icons"].values(),
        manifest["action"]["default_popup"],
        manifest["options_ui"]["page"],
    ]:
        assert (EXTENSION / path).exists()


def test_the_folder_holds_only_what_a_browser_loads() -> None:
    kinds = {path.suffix for path in EXTENSION.rglob("*") if path.is_file()}
    assert kinds <= {".js", ".json", ".html", ".css", ".png", ".md", ".ts"}
    assert not (EXTENSION / "package.json").exists()


def test_the_types_are_right(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = json.loads(source_of(HERE / "tsconfig.json"))
    settings["compilerOptions"]["typeRoots"] = [str(TYPES)]
    settings["include"] = [str(EXTENSION / "**" / "*.js"), str(EXTENSION / "types.d.ts")]
    project = tmp_path_factory.mktemp("types") / "tsconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    checked = npm_check("tsc", "-p", str(project))
    assert checked.returncode == 0, checked.stdout + checked.stderr
