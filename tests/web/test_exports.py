"""What leaves as a file asks for the password again, or holds nothing that is worth taking."""

import ast
from pathlib import Path

import amends.web
from amends.app import assembled
from amends.web.sensitive_routes import FILES
from tests.offenders import expect_none
from tests.web.routes import calls

NOT_ASKED = {
    ("api/files.py", "download"): "one file of a case, for a token to which its member gave that scope",
    ("capture/imports.py", "show_template"): "an empty table with its columns",
    ("capture/evidence.py", "download"): "one picture, which the page of its case shows to the same member",
    ("case/files.py", "download"): "one file, which the page of its case names to the same member",
    ("capture/pair.py", "download"): "the extension, which is the same for everybody",
    ("operation/dossier_links.py", "fetch"): "a dossier, for who has its link of seven days and no account",
    ("operation/erasing.py", "report"): "which tables there are; of nobody in particular",
    ("team/calendar.py", "export"): "the days on which the team is closed; nothing of a person or a case",
}
"""Files for which nobody is asked, with the reason."""


def files_that_leave() -> dict[tuple[str, str], bool]:
    """The handlers that answer with a file to be kept, and whether they ask for the password."""
    found, web = {}, Path(amends.web.__file__).parent
    for path in web.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AsyncFunctionDef) and "attachment; filename" in ast.unparse(node):
                asks = any(ast.unparse(one) == "confirmed" for one in node.decorator_list)
                found[path.relative_to(web).as_posix(), node.name] = asks
    return found


def test_what_asks_and_answers_with_a_file_is_known_as_one() -> None:
    """The page that asked who is there stays in the browser: it has to say that a file was saved."""
    app = assembled("http://127.0.0.1:8000", is_measured=False)
    asks = [call for call in calls(app) if getattr(call.handler.fn, "is_confirmed", False)]
    names = {name for (_path, name), asks_too in files_that_leave().items() if asks_too}
    saved = {str(call) for call in asks if call.handler.fn.__name__ in names and call.method != "HEAD"}
    assert {str(call) for call in asks} >= FILES
    assert len(names) == len({call.handler.fn.__name__ for call in asks if str(call) in FILES & saved})


def test_whatever_leaves_as_a_file_asks_for_the_password_again() -> None:
    handlers = files_that_leave()
    assert handlers["reply/reply_templates.py", "take_out"]
    unasked = {handler for handler, asks in handlers.items() if not asks}
    expect_none(
        (": ".join(handler) for handler in unasked - NOT_ASKED.keys()),
        "decorate it with @confirmed, or say in NOT_ASKED why nobody needs to be asked",
    )
    assert unasked == NOT_ASKED.keys(), "what is no longer there needs no reason"
