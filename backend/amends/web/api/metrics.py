"""Prometheus endpoint: numbers, and labels from closed lists."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from prometheus_client import exposition
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.registry import Collector

import amends
from amends.services.operation import metrics
from amends.services.operation.metrics import Readings
from amends.settings import Settings
from amends.web.security import Policy

OPENMETRICS = "application/openmetrics-text"
PLAIN = exposition.CONTENT_TYPE_PLAIN_0_0_4.removesuffix("; charset=utf-8")
"""The framework adds the charset."""
STATES = ("ready", "sending", "held", "retrying")


class _Read(Collector):
    """What was read; the library only writes it down, and keeps no state of its own."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self.families = list(families)

    def collect(self) -> Iterable[Metric]:
        return self.families


@get("/metrics", opt={"policy": Policy.METRICS}, include_in_schema=False)
async def show(
    request: Request[Any, Any, Any], now: NamedDependency[datetime], settings: NamedDependency[Settings]
) -> Response[bytes]:
    """The numbers of this instant as OpenMetrics where that is asked for, else in the text format 0.0.4."""
    readings = await metrics.read(now=now)
    read = _Read([_build(settings), *_families(readings, now)])
    if OPENMETRICS in request.headers.get("accept", ""):
        text = openmetrics.generate_latest(read)  # type: ignore[no-untyped-call]
        return Response(text, media_type=openmetrics.CONTENT_TYPE_LATEST)
    return Response(exposition.generate_latest(read), media_type=PLAIN)


def _families(read: Readings, now: datetime) -> Iterator[Metric]:
    seen_at, oldest_at = read.worker_seen_at, read.queue.oldest_at
    yield GaugeMetricFamily(
        "amends_worker_last_seen_timestamp_seconds",
        "When any worker last showed that it is alive, in seconds since 1970; 0 if none did for a day.",
        value=seen_at.timestamp() if seen_at else 0,
    )
    yield _gauge("amends_workers", "Workers heard of within a day.", "state", _both(read.workers))
    yield _gauge(
        "amends_nudges",
        "Nudges on their way: to be sent now, being sent, held until later, or to be tried again.",
        "state",
        {state: getattr(read.queue, state) for state in STATES},
    )
    yield GaugeMetricFamily(
        "amends_oldest_ready_nudge_age_seconds",
        "How long the nudge that waits longest could have been sent; 0 if none waits.",
        value=max((now - oldest_at).total_seconds(), 0) if oldest_at else 0,
    )
    yield _counter("amends_nudges_settled", "Nudges that came to an end, ever.", "state", read.settled)
    yield _counter("amends_deliveries", "Tries to send one nudge, ever.", "result", read.deliveries)
    yield GaugeMetricFamily(
        "amends_dead_letters",
        "Nudges that were given up, of follow-ups that still need somebody.",
        value=read.dead_letters,
    )
    yield from _owed(read)


def _owed(read: Readings) -> Iterator[Metric]:
    yield _gauge(
        "amends_overdue_follow_ups",
        "Follow-ups past their date, but for what sleeps or is paused.",
        "kind",
        read.overdue,
    )
    yield GaugeMetricFamily(
        "amends_unowned_overdue_follow_ups",
        "Those of them that nobody owns.",
        value=read.unowned_overdue,
    )
    yield _gauge("amends_open_cases", "Open cases.", "stage", read.open_cases)
    yield GaugeMetricFamily(
        "amends_failing_targets",
        "Targets where at least three messages in a row did not arrive.",
        value=read.failing_targets,
    )
    yield GaugeMetricFamily(
        "amends_paused_targets", "Targets whose service asked for a pause.", value=read.paused_targets
    )


def _build(settings: Settings) -> Metric:
    """The version, and how this process is set up; as a gauge of 1, which both formats know."""
    about = {
        "version": amends.__version__,
        "database": settings.database_url.partition(":")[0],
        "dispatcher": settings.dispatcher,
    }
    family = GaugeMetricFamily("amends_build_info", "What runs here.", labels=list(about))
    family.add_metric(list(about.values()), 1)
    return family


def _both(workers: Mapping[str, int]) -> dict[str, int]:
    return {state: workers.get(state, 0) for state in ("live", "late")}


def _gauge(name: str, words: str, label: str, values: Mapping[Any, int]) -> Metric:
    return _filled(GaugeMetricFamily(name, words, labels=[label]), values)


def _counter(name: str, words: str, label: str, values: Mapping[Any, int]) -> Metric:
    return _filled(CounterMetricFamily(name, words, labels=[label]), values)


def _filled(family: Any, values: Mapping[Any, int]) -> Metric:  # noqa: ANN401 - two kinds of family
    for value, count in values.items():
        family.add_metric([str(value)], count)
    filled: Metric = family
    return filled
