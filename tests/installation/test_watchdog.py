"""The test run's watchdog: it ends a run that stands still, and no other."""

import threading

from tests.waiting import PATIENCE
from tests.watchdog import Watchdog


def test_silence_is_noticed():
    barked = threading.Event()
    watchdog = Watchdog(barked.set, seconds=0.01)
    assert barked.wait(PATIENCE)
    watchdog.end()


def test_a_run_that_goes_on_is_left_alone():
    barked = threading.Event()
    watchdog = Watchdog(barked.set, seconds=PATIENCE)
    watchdog.pytest_runtest_logreport()
    watchdog.end()
    assert not barked.is_set()
