"""Jinja as we set it up, which keeps compiled templates as Python keeps compiled modules."""

import hashlib
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from amends.web.quick_jinja import QuickEnvironment

TEMPLATES = Path(__file__).parent / "templates"
COMPILED_WITH: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
}


class CompiledTemplates(FileSystemBytecodeCache):
    """Reads what was compiled of the very same source with the same options, and keeps what was not.

    To compile a page and what it extends takes up to a tenth of a second, in which nobody else is answered.
    Whoever may write into this folder may write our modules too, so a file there is trusted like a `.pyc`.
    """

    def __init__(self, templates: Path = TEMPLATES, options: dict[str, Any] = COMPILED_WITH) -> None:
        known = repr((jinja2.__version__, sorted(options.items())))
        self._folder = Path(cache_from_source(str(templates / "any.py"))).parent
        super().__init__(str(self._folder), f"%s.{hashlib.sha256(known.encode()).hexdigest()[:12]}.jinja")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Leaves the bucket empty, which compiles the template, where nothing can be read."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it where Python would keep a compiled module; else the next start compiles it again."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


def bare_environment() -> QuickEnvironment:
    """Everything is escaped, a name that is not there is an error; none of our words are in it yet."""
    return QuickEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=CompiledTemplates(),
        undefined=StrictUndefined,
        auto_reload=False,
        **COMPILED_WITH,
    )
