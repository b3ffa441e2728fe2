"""Do the packages for the stores load in a browser, and does Mozilla's own linter take the Firefox one?"""

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from amends.cli.extension import packed
from tests import chromium
from tests.extension.conftest import EXTENSION, go_to_options
from tests.extension.npm_checks import npm_check


def unzipped(store: str, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(packed(EXTENSION, store))).extractall(folder)
    return folder


def test_chromium_loads_the_package_for_chrome(playwright: Playwright, tmp_path: Path) -> None:
    package = unzipped("chrome", tmp_path / "package")
    options = chromium.launch_options_for_extensions()
    options["args"] = [
        *options["args"],
        f"--disable-extensions-except={package}",
        f"--load-extension={package}",
        "--disable-background-networking",
    ]
    context = playwright.chromium.launch_persistent_context(tmp_path / "profile", **options)
    workers = context.service_workers
    worker = workers[0] if workers else context.wait_for_event("serviceworker")
    page = context.new_page()
    go_to_options(page, worker.url.split("/")[2])
    page.wait_for_selector("body[data-ready]")
    told = page.evaluate("chrome.runtime.getManifest()")
    assert told["version"] == json.loads((package / "manifest.json").read_text())["version"]
    context.close()


def test_mozillas_linter_finds_neither_errors_nor_warnings_in_the_package_for_firefox(tmp_path: Path) -> None:
    done = lint(unzipped("firefox", tmp_path))
    assert (done["errors"], done["warnings"], done["notices"]) == ([], [], [])


def test_the_linter_finds_an_error_that_is_there(tmp_path: Path) -> None:
    manifest = {"manifest_version": 1, "name": "Wrong", "version": "1"}  # no script to read: that is quick
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert lint(tmp_path)["errors"]


def lint(package: Path) -> dict[str, list[object]]:
    checked = npm_check(
        "web-ext", "lint", "--no-config-discovery", "--output=json", f"--source-dir={package}"
    )
    try:
        found: dict[str, list[object]] = json.loads(checked.stdout)
    except json.JSONDecodeError:
        pytest.fail(checked.stdout + checked.stderr)
    return found
