"""Where do the tests of the house find its modules, scripts and templates?"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "backend/amends"
STATIC = PACKAGE / "web/static"
TEMPLATES = PACKAGE / "web/templates"

CHILD_PROCESS = {
    f"amends.gateways.notifier.{name}"
    for name in ("child", "jail", "guard", "kept_connections", "outcome_probe")
}


def modules(folder: Path = PACKAGE) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def importable() -> list[str]:
    """Every module but those that live in the notifier's child process alone: Apprise acts when imported."""
    names = [dotted(module) for module in modules() if module.stem != "__main__"]
    return [name for name in names if name not in CHILD_PROCESS]


def dotted(module: Path) -> str:
    """`backend/amends/rules/workflow/moves.py` is `amends.rules.workflow.moves`."""
    parts = module.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def scripts() -> list[Path]:
    """Our own JavaScript: the extension's and the pages', not what the build brought."""
    found = [*(ROOT / "extension").rglob("*.js"), *STATIC.rglob("*.js")]
    return sorted(file for file in found if not {"vendor", "node_modules"} & set(file.parts))


def templates() -> list[Path]:
    return sorted(
        file for file in TEMPLATES.rglob("*") if file.is_file() and file.parent.name != "__pycache__"
    )


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


def shown(file: Path) -> str:
    return str(file.relative_to(ROOT))
