"""State of the worker."""

from litestar import Response, get
from litestar.di import NamedDependency

import amends
from amends.services.case import redrawing
from amends.services.nudge import nudges, target_health
from amends.services.operation import health, installation_work
from amends.web import dates
from amends.web.operation import worker_view as shown
from amends.web.page_kit import Here
from amends.web.security import Policy


@get("/settings/worker", opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Workers, queue, what nobody was told of, how nudges ended, places in trouble, and what runs here."""
    workers, queue = await health.workers(now=here.now), await nudges.queue(now=here.now)
    untold = await nudges.untold(now=here.now, most=shown.SHOWN + 1)
    no_place = any(one.why is nudges.Why.NOWHERE for one in untold)
    ended = await nudges.settled(now=here.now)
    return await here.render(
        "settings/worker.html",
        verdict=shown.verdict(workers, queue, no_place=no_place, now=here.now),
        workers=[shown.worker_row(worker, now=here.now) for worker in workers],
        queue=queue,
        oldest=dates.moment(queue.oldest_at, now=here.now) if queue.oldest_at else None,
        next=dates.moment(queue.next_at, now=here.now) if queue.next_at else None,
        untold=[shown.untold_row(one, now=here.now) for one in untold[: shown.SHOWN]],
        no_place=no_place,
        more_untold=len(untold) > shown.SHOWN,
        ends=[shown.end_row(state, count) for state, count in ended.items()],
        dead=await nudges.count_dead(),
        damaged=await redrawing.damaged(),
        targets=[
            shown.target_row(one, me=here.member, now=here.now)
            for one in await target_health.in_trouble(now=here.now)
        ],
        work=[shown.work_row(one, now=here.now) for one in await installation_work.standing(now=here.now)],
        database="SQLite" if here.settings.database_url.startswith("sqlite") else "PostgreSQL",
        has_queue=here.settings.has_queue,
        version=amends.__version__,
        revision=await health.revision(),
        head=health.head(),
    )


routes = (show,)
