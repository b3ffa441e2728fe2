"""Server process: uvicorn and the worker side by side, with a common shutdown."""

import asyncio
import gc
import socket
from collections.abc import Sequence

import structlog
import uvicorn

from amends import app
from amends.cli.http_limits import CONNECTIONS, LimitedProtocol
from amends.cli.terminal import say
from amends.cli.wiring import files_of, notifier_of, secrets_of, worker_of
from amends.clock import Clock, utc_now
from amends.services.team import members
from amends.settings import Settings
from amends.web.operation import setup
from amends.worker.jobs import JOBS, Job
from amends.worker.single_instance import free_stale_leases

GRACE_SECONDS = 5
"""How long requests may take to end when we stop; open streams are cut then."""

log = structlog.get_logger()


def keep_what_is_loaded() -> None:
    """Leave what the start has loaded out of every later garbage collection.

    Modules, routes and templates live as long as the process, and a full collection that walks
    through all of them holds up every request of that moment.
    """
    gc.collect()
    gc.freeze()


class Server(uvicorn.Server):
    """Uvicorn, with our worker on the same loop: it starts after the app and stops before it."""

    def __init__(
        self,
        settings: Settings,
        *,
        with_worker: bool,
        clock: Clock = utc_now,
        jobs: Sequence[Job] = JOBS,
    ) -> None:
        self.settings, self.with_worker, self.clock, self.jobs = settings, with_worker, clock, jobs
        self.exit_code = 0
        self._stop = asyncio.Event()
        self._work: asyncio.Task[None] | None = None
        self.app = app.create_app(
            settings,
            clock=clock,
            files=files_of(settings),
            secrets=secrets_of(settings),
            notifier=notifier_of(settings, children=1),
        )
        super().__init__(
            uvicorn.Config(
                self.app,
                http=LimitedProtocol,
                limit_concurrency=CONNECTIONS,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # the app itself believes the proxies that the operator trusts
                lifespan="on",
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            self.exit_code = 1
            return
        if not await members.is_anyone():
            say(f"Nobody is a member yet. This link makes the first admin, once: {setup.link(self.settings)}")
        if self.with_worker:
            self._work = asyncio.create_task(self._run_worker())
            self._work.add_done_callback(self._end_with_worker)
        keep_what_is_loaded()
        say(f"Amends is ready: {self.settings.base_url}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stop.set()
        self.app.state["site"].ends.set()
        if self._work is not None:
            await asyncio.wait([self._work])
        await super().shutdown(sockets)

    async def _run_worker(self) -> None:
        lock = await free_stale_leases(self.settings.data_dir, now=self.clock())
        try:
            await worker_of(self.settings, clock=self.clock, jobs=self.jobs).run(self._stop)
        finally:
            if lock:
                lock.close()

    def _end_with_worker(self, work: asyncio.Task[None]) -> None:
        """A server without its worker reminds nobody: better to end, and be started again."""
        if self._stop.is_set():
            return
        error = None if work.cancelled() else work.exception()
        log.critical("the worker has ended, so the server ends", exc_info=error)
        self.exit_code, self.should_exit = 70, True
