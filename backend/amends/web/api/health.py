"""Liveness and readiness endpoints."""

from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from amends.services.operation import health
from amends.settings import Settings
from amends.web.security import Policy


@get("/healthz", opt={"policy": Policy.PUBLIC}, include_in_schema=False)
async def alive() -> dict[str, str]:
    """Whether the process answers; asks nothing of anybody."""
    return {"status": "ok"}


@get("/readyz", opt={"policy": Policy.PUBLIC}, include_in_schema=False)
async def ready(
    now: NamedDependency[datetime], settings: NamedDependency[Settings]
) -> Response[dict[str, Any]]:
    """Whether people can be served and are nudged: 200, or 503 with the reasons.

    A job that fails in a worker that lives is named, and takes nobody's pages away: 200, "degraded".
    """
    found = await health.readiness(settings, now=now)
    reasons = _reasons(found)
    body = {
        "status": "unavailable" if reasons else "degraded" if found.failing else "ok",
        "reasons": [
            *reasons,
            *(f"A job of the worker fails: {one}. Look at its log." for one in found.failing),
        ],
        "database": found.database,
        "migrations": found.migrations,
        "worker": not found.worker_late,
        "worker_seen_at": found.worker_seen_at.isoformat() if found.worker_seen_at else None,
        "failing_jobs": list(found.failing),
        "disk": found.disk_free >= health.LEAST_FREE,
    }
    return Response(body, status_code=503 if reasons else 200)


def _reasons(found: health.Readiness) -> list[str]:
    """What an operator should look at, in the order in which it helps."""
    if not found.database:
        return ["The database does not answer. Look at AMENDS_DATABASE_URL and at the server."]
    reasons = []
    if not found.migrations:
        reasons.append("The database is not at this version. Run: amends migrate")
    if found.worker_late:
        reasons.append("No worker has been heard of for three minutes. Run: amends work")
    if found.disk_free < health.LEAST_FREE:
        reasons.append("Less than 100 MB are free where AMENDS_DATA_DIR is. Make room.")
    return reasons
