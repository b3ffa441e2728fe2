"""Transactions: one for each command, with steps alone inside."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGE, dotted, modules, shown, tree
from tests.offenders import expect_none

SERVICES = modules(PACKAGE / "services")
Name = tuple[str, str]
"""A module and a function of it."""


def opens(node: ast.AST) -> bool:
    return isinstance(node, ast.AsyncWith) and any(
        ast.unparse(item.context_expr) == "transaction()" for item in node.items
    )


def imported(module: Path) -> Iterator[tuple[str, Name]]:
    """Each name that a module imports, with where it comes from."""
    for node in tree(module).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((alias.asname or alias.name, (node.module, alias.name)) for alias in node.names)


def commands() -> set[Name]:
    """Every function that opens a transaction, also by the name under which its package passes it on."""
    own = {
        (dotted(module), function.name)
        for module in SERVICES
        for function in tree(module).body
        if isinstance(function, ast.AsyncFunctionDef) and any(map(opens, ast.walk(function)))
    }
    packages = [module for module in SERVICES if module.name == "__init__.py"]
    passed_on = {(dotted(one), name) for one in packages for name, known in imported(one) if known in own}
    return own | passed_on


def called(node: ast.Call, module: Path, names: dict[str, Name]) -> Name | None:
    """`make()` is of this module, or imported; `moves.make()` is of an imported module."""
    match node.func:
        case ast.Name(id=name):
            return names.get(name, (dotted(module), name))
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in names:
            return (".".join(names[owner]), name)
    return None


def nested(module: Path, known: set[Name]) -> Iterator[str]:
    names = dict(imported(module))
    for block in filter(opens, ast.walk(tree(module))):
        for node in ast.walk(block):
            if isinstance(node, ast.Call) and called(node, module, names) in known:
                yield f"{shown(module)}:{node.lineno} calls {ast.unparse(node.func)}"


def test_no_command_runs_inside_the_transaction_of_another():
    """What runs several commands, as a batch or a message action does, opens none around them."""
    known = commands()
    assert ("amends.services.workflow.moves", "make") in known
    expect_none(
        (offender for module in SERVICES for offender in nested(module, known)),
        "A transaction holds steps only: split the command into itself and a step that both call",
    )
