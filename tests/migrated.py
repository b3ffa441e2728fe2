"""Migrates a database, whether or not the caller is inside an event loop."""

from concurrent.futures import ThreadPoolExecutor


def migrate(url: str) -> None:
    """In a thread of its own, for the migrations start an event loop and a test may be inside one."""
    from amends.database.migrate import upgrade

    with ThreadPoolExecutor(1) as thread:
        thread.submit(upgrade, url, with_queue=True).result()
