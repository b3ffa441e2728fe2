"""Ends a test run from which nothing is heard any more.

With --dist loadgroup xdist can wait for ever for tests of a worker process that has crashed.
"""

import threading
from collections.abc import Callable

SILENCE_SECONDS = 600
"""Longer than any test takes on a busy machine."""


class Watchdog:
    """Calls `bark` once when it has not heard anything for so many seconds."""

    def __init__(self, bark: Callable[[], object], seconds: float = SILENCE_SECONDS) -> None:
        self._bark, self._seconds = bark, seconds
        self._heard, self._ended = threading.Event(), False
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def pytest_runtest_logreport(self) -> None:
        """A part of a test has ended, in whichever process: the time begins again."""
        self._heard.set()

    def end(self) -> None:
        """It watches no longer."""
        self._ended = True
        self._heard.set()
        self._thread.join()

    def _watch(self) -> None:
        while self._heard.wait(self._seconds):
            self._heard.clear()
            if self._ended:
                return
        self._bark()
