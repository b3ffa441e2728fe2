"""Are styles and scripts small, and asked for at once?"""

import re

from amends.web.static_files import FOLDER, loaded
from tests.web.site import Site

IMPORT = re.compile(r"from '\./([\w-]+\.js)'")


def test_styles_are_sent_without_comments_and_indentation_and_keep_their_rules():
    for path in sorted((FOLDER / "css").glob("*.css")):
        written, sent = path.read_text(), loaded().files[f"css/{path.name}"].content.decode()
        assert "/*" not in sent
        assert not re.search(r"^\s", sent, re.MULTILINE)
        without = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
        assert re.sub(r"\s", "", sent) == re.sub(r"\s", "", without)
        assert len(re.findall(r"(?<=\w) (?=[.:#\w*\[])", sent)) >= len(
            re.findall(r"(?<=\w) (?=[.:#\w*\[])", without)
        )


async def test_what_the_scripts_of_a_page_import_is_asked_for_with_them(site: Site) -> None:
    for visitor, path in ((site.visitor(), "/sign-in"), (await site.signed_in("admin"), "/")):
        page = (await visitor.get(path)).text
        asked = set(re.findall(r'(?:src|href)="[^"]*/js/([\w-]+\.js)"', page))
        imported = {
            name
            for script in asked
            for name in IMPORT.findall(loaded().files[f"js/{script}"].content.decode())
        }
        assert imported - asked == set()
