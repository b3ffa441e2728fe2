"""Main program of the child process in which a PDF is drawn; it fetches nothing.

Started by `pdf_sandbox.py` as an isolated interpreter. The page and its styles come by standard input.
"""

import json
import sys
from typing import Any, NoReturn

from amends.gateways.bounded_child import limit_resources

ROOM = 512 * 1024 * 1024
"""Bytes of address space: a page of a report takes about 150 MB of it."""
SECONDS = 30
"""Of processor time; a page of a report takes about one."""
VARIANT = "pdf/ua-1"
"""With tags, so that a screen reader knows headings and tables."""


class NothingIsFetched(Exception):
    """A page asked for something that is not part of it."""


def main() -> None:
    """Draw the page of standard input, and end; says one word where the library is not there."""
    limit_resources(seconds=SECONDS, room=ROOM, files=64)
    given = json.loads(sys.stdin.buffer.read())
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        sys.stdout.write("missing")
        return

    class NoFetcher(URLFetcher):  # type: ignore[misc, unused-ignore]
        def fetch(self, url: str, headers: Any = None) -> NoReturn:  # noqa: ANN401 - as the library has it
            raise NothingIsFetched

    page = weasyprint.HTML(string=given["html"], url_fetcher=NoFetcher(), base_url="about:blank")
    styles = weasyprint.CSS(string=given["css"], url_fetcher=NoFetcher())
    sys.stdout.buffer.write(page.write_pdf(stylesheets=[styles], pdf_variant=VARIANT))
    sys.stdout.buffer.flush()
