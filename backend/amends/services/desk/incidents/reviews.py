"""Review of a closed incident: what worked, what did not, and the actions it ends in (P77 to P79)."""

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.desk import incidents as rules
from amends.rules.vocabulary import IncidentEntry, ReviewState, TaskKind, TaskState
from amends.services.desk.incidents import owed, timeline
from amends.services.team.members import Act

TEXT_LIMIT = 10_000


class ReviewUnknown(NotFound):
    """This incident has no review yet."""


class ReviewChanged(Conflict):
    """Someone else has changed this review in the meantime."""


class ReviewCannotGoOn(Conflict):
    """The review cannot go on like this."""


async def write(act: Act, number: int, *, worked: str, failed: str, decisions: str, version: int) -> None:
    """What was learnt; `version` is the one that the member saw.

    Raises IncidentUnknown, ReviewUnknown, ReviewChanged.
    """
    given = {"worked": worked, "failed": failed, "decisions": decisions}
    texts = {name: typed_text(text, limit=TEXT_LIMIT, field=name) for name, text in given.items()}
    async with transaction():
        incident = await timeline.take(number, even_closed=True)
        review = await take(incident)
        if review.version != version:
            raise ReviewChanged(
                _("Someone else has changed this review in the meantime. Compare, then save again.")
            )
        table = tables.IncidentReview
        columns = {getattr(table, name): text for name, text in texts.items()}
        changes = {**columns, table.version: version + 1, table.changed_at: act.now}
        await table.update(changes).where(table.id == review.id)


ACTIONS = "SELECT COUNT(*) AS actions FROM incident_task WHERE incident = :incident AND kind = 'action'"


async def move(act: Act, number: int, state: ReviewState) -> None:
    """The review goes on: it is read, agreed to, closed, or written again. It ends in an action at least.

    Raises IncidentUnknown, ReviewUnknown, ReviewCannotGoOn.
    """
    async with transaction():
        await owed.hold(number)
        incident = await timeline.take(number, even_closed=True)
        review = await take(incident)
        if state not in rules.REVIEW_GOES_TO[ReviewState(review.state)]:
            raise ReviewCannotGoOn(_("This is not possible any more. Look at the review again."))
        [row] = await run(ACTIONS, incident=incident.id)
        if rules.needs_an_action(state, actions=row["actions"]):
            raise ReviewCannotGoOn(
                _("A review ends in an action: add what changes, who does it and by when. Then go on.")
            )
        table = tables.IncidentReview
        await table.update({table.state: state, table.changed_at: act.now}).where(table.id == review.id)
        if state in (ReviewState.REVIEWED, ReviewState.CLOSED):
            await owed.end(act, incident, TaskKind.REVIEW, state=TaskState.DONE)
        await timeline.record(incident, IncidentEntry.REVIEWED, act, state=state.value)


async def take(incident: tables.Incident) -> tables.IncidentReview:
    """Step: the review of a held incident. Raises ReviewUnknown."""
    table = tables.IncidentReview
    return must_be_there(await table.objects().where(table.incident == incident.id).first())


def must_be_there(review: tables.IncidentReview | None) -> tables.IncidentReview:
    """The review itself. Raises ReviewUnknown before the incident is closed."""
    if review is None:
        raise ReviewUnknown(_("The review begins when the incident is closed."))
    return review
