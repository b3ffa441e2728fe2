"""What the actions of a review change: as it read when the action was added, and as it reads since (P78)."""

from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.errors import NotFound
from amends.rules.team.policies import Policy
from amends.rules.vocabulary import ActionTarget, TaskState
from amends.services.follow_up import playbooks
from amends.services.reply import reply_templates
from amends.services.team import policies


class Subject(msgspec.Struct, frozen=True):
    """What an action changes: `about` names the playbook or the prepared reply, where one was chosen."""

    target: ActionTarget
    about: UUID | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An action and what it changes, `before` and `after`; both are times of a policy or plain text."""

    position: int
    target: ActionTarget
    about: UUID | None
    state: TaskState
    before: Annotated[str, Selected("t.before_text")]
    after: Annotated[str, Selected("COALESCE(t.after_text, '')")]


ACTIONS = f"""
SELECT {columns_of(Change, table="t")} FROM incident_task AS t
WHERE t.incident = :incident AND t.kind = 'action' AND t.before_text <> '' ORDER BY t.position LIMIT 200
"""  # noqa: S608 - ours


async def changes(incident: UUID) -> dict[int, Change]:
    """The actions of a review under which something reads otherwise now, by their position.

    Of an action that is settled what it read then, so that later changes are not taken for its own.
    """
    found: dict[int, Change] = {}
    for one in await read(converter(Change), ACTIONS, incident=incident):
        is_open = one.state is TaskState.OPEN
        after = await wording(Subject(one.target, one.about)) if is_open else one.after
        if after and after != one.before:
            found[one.position] = msgspec.structs.replace(one, after=after)
    return found


async def wording(subject: Subject) -> str:
    """How it reads now; empty for a plan, where none was chosen, and for what is gone."""
    try:
        match subject:
            case Subject(ActionTarget.TIMES):
                return msgspec.json.encode(await policies.current()).decode()
            case Subject(ActionTarget.PLAYBOOK, about) if about:
                return await _playbook(about)
            case Subject(ActionTarget.REPLY, about) if about:
                reply = await reply_templates.find(about)
                return f"{reply.title}\n\n{reply.text}"
    except NotFound:
        return ""
    return ""


def times(text: str) -> Policy:
    """The times that `wording` gave of a policy."""
    return msgspec.json.decode(text, type=Policy)


async def _playbook(about: UUID) -> str:
    playbook = await playbooks.find(about)
    steps = await playbooks.steps_of(about)
    lines = [
        f"{place}. {step.words}"
        + (f" ({step.contact_name})" if step.contact_name else "")
        + (f" · {step.within_hours} h" if step.within_hours else "")
        for place, step in enumerate(steps, start=1)
    ]
    return "\n".join([playbook.name, "", *lines])
