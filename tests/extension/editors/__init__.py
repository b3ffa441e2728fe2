"""How do the tests get pages with the real editors that sites use as reply boxes?"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Route

from tests.extension.npm_packages import installed

HERE = Path(__file__).parent
KINDS = {".js": "text/javascript", ".mjs": "text/javascript"}
PAGE = (HERE / "page.html").read_text(encoding="utf-8")
NAMES = sorted(path.stem for path in HERE.glob("*.html") if path.stem != "page")


def entry(given: Any) -> str | None:
    """Which file a package's `exports` name for a browser."""
    if isinstance(given, str):
        return given
    wanted = ("browser", "production", "import", "default")
    return next((found for name in wanted if name in given and (found := entry(given[name]))), None)


def import_map(modules: Path) -> dict[str, str]:
    """Bare names as addresses under /lib/."""
    found = {}
    for file in [*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]:
        package = json.loads(file.read_text(encoding="utf-8"))
        exports = package.get("exports") or {}
        parts = exports if "." in exports or any(key.startswith("./") for key in exports) else {".": exports}
        for part, given in parts.items():
            if given and (path := entry(given)) and path.endswith((".js", ".mjs")):
                name = package["name"]
                found[f"{name}{part[1:]}"] = f"/lib/{name}/{path.removeprefix('./')}"
    return found


def serve(name: str, changes: dict[str, str]) -> Callable[[Route], None]:
    """Answers a page with that editor in it, and the editor's own files."""
    modules = installed(HERE, "editors")
    mapped = f'<script type="importmap">{json.dumps({"imports": import_map(modules)})}</script>'
    html = PAGE.replace("<!-- box -->", mapped + (HERE / f"{name}.html").read_text(encoding="utf-8"))
    for old, new in changes.items():
        html = html.replace(old, new)

    def answer(route: Route) -> None:
        path = route.request.url.partition("/lib/")[2].partition("?")[0]
        if route.request.is_navigation_request():
            route.fulfill(headers={"content-type": "text/html; charset=utf-8"}, body=html)
        elif path and (modules / path).is_file():
            kind = KINDS.get(Path(path).suffix, "text/plain")
            route.fulfill(headers={"content-type": kind}, path=modules / path)
        else:
            route.abort()

    return answer
