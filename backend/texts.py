"""Extract the texts to translate with Babel, and update every language's catalogue: `make texts`.

No locations and no dates are written and the messages are sorted, so moving code changes no catalogue.
"""

import importlib
import pkgutil
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

import amends
from amends.errors import AmendsError
from amends.i18n import LANGUAGES, LOCALE, catalogue_path

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "N_": None}


def extracted() -> Catalog:
    """Every message of the code and the templates, and the title of every error."""
    with (LOCALE / "babel.cfg").open() as configuration:
        methods, options = parse_mapping_cfg(configuration)
    found = Catalog()
    folder = str(Path(amends.__file__).parent)
    for _file, _line, message, _comments, context in extract_from_dir(folder, methods, options, KEYWORDS):
        found.add(message, context=context)
    for error in errors():
        found.add(error.title())
    return found


def errors() -> Iterator[type[AmendsError]]:
    """Every class of error that some module defines; its docstring is its title."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a library that one of them imports
        for module in pkgutil.walk_packages(amends.__path__, "amends."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    waiting = [AmendsError]
    while waiting:
        below = [error for error in waiting.pop().__subclasses__() if error.__module__.startswith("amends.")]
        waiting += below
        yield from below


def updated(content: bytes, found: Catalog, *, language: str) -> bytes:
    """The catalogue with exactly these messages.

    A new one has no translation yet, or as `fuzzy` that of the message most like it. A translation that
    is no longer used stays at the end behind `#~`. The header stays as it is.
    """
    translations = read_po(BytesIO(content), locale=language, abort_invalid=True)
    for unused in translations.obsolete.values():  # those that are used again get their translation back
        translations.add(unused.id, unused.string, context=unused.context, user_comments=unused.user_comments)
    translations.obsolete.clear()
    translations.update(found)
    written = BytesIO()
    write_po(
        written,
        translations,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        include_previous=True,
    )
    header, _, _ = content.partition(b"\n\n")
    return header + b"\n\n" + written.getvalue().rstrip(b"\n") + b"\n"


def main() -> None:
    """Update the catalogues of all languages but English, in which the texts are written."""
    found = extracted()
    for language in LANGUAGES:
        path = catalogue_path(language)
        if path.is_file():
            path.write_bytes(updated(path.read_bytes(), found, language=language))


if __name__ == "__main__":
    main()
