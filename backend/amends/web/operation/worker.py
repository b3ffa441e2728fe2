"""Does the worker live, what is on its way, and what stands still?"""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

import amends
from amends.services.nudge import nudges, target_health
from amends.services.operation import health
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web import dates
from amends.web.operation import worker_view as shown
from amends.web.security import Policy
from amends.web.templating import render


@get("/settings/worker", opt={"policy": Policy.LEAD})
async def show(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """Workers, queue, what nobody was told of, how nudges ended, places in trouble, and what runs here."""
    workers, queue = await health.workers(now=now), await nudges.queue(now=now)
    untold = await nudges.untold(now=now, most=shown.SHOWN + 1)
    ended = await nudges.settled(now=now)
    return await render(
        request,
        "settings/worker.html",
        verdict=shown.verdict(workers, queue, now=now),
        workers=[shown.worker_row(worker, now=now) for worker in workers],
        queue=queue,
        oldest=dates.moment(queue.oldest_at, now=now) if queue.oldest_at else None,
        next=dates.moment(queue.next_at, now=now) if queue.next_at else None,
        untold=[shown.untold_row(one, now=now) for one in untold[: shown.SHOWN]],
        no_place=any(one.why is nudges.Why.NOWHERE for one in untold),
        more_untold=len(untold) > shown.SHOWN,
        ends=[shown.end_row(state, count) for state, count in ended.items()],
        dead=await nudges.count_dead(),
        targets=[
            shown.target_row(one, me=member, now=now) for one in await target_health.in_trouble(now=now)
        ],
        database="SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL",
        has_queue=settings.has_queue,
        version=amends.__version__,
        revision=await health.revision(),
        head=health.head(),
    )


routes = (show,)
