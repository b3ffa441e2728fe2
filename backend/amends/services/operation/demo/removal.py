"""Removal of the demonstration."""

from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import transaction
from amends.services.operation.demo import people, topics


class Removed(msgspec.Struct, frozen=True):
    """How much went."""

    cases: int
    members: int


async def remove() -> Removed:
    """Removes its cases with all that hangs on them, its authors, its replies and its members.

    A case that holds a real post as well stays, without the invented ones. The team goes only when the
    demonstration made it and nobody else works here.
    """
    async with transaction():
        cases, authors = await _invented()
        await _delete(tables.Case, cases)
        await topics.remove_themes()
        await tables.Post.delete().where(tables.Post.url.like(people.POSTS))
        await _delete(tables.Author, [one for one in authors if not await _is_needed(one)])
        member, reply, rules = tables.Member, tables.ReplyTemplate, tables.ReplyRules
        await reply.delete().where(reply.starter.is_not_null() & reply.changed_by.email.like(people.EMAILS))
        await rules.delete().where(rules.made_by.email.like(people.EMAILS))
        gone = await member.delete().where(member.email.like(people.EMAILS)).returning(member.id)
        if not await member.exists():
            await tables.Team.delete().where(tables.Team.name == people.TEAM)
    return Removed(len(cases), len(gone))


async def _invented() -> tuple[list[UUID], list[UUID]]:
    """The cases of which every post is invented, and the authors of invented posts."""
    post, capture = tables.Post, tables.Capture
    rows = await post.select(post.case).where(post.url.like(people.POSTS))
    touched = {row["case"] for row in rows}
    if not touched:
        return [], []
    real = await post.select(post.case).where(post.case.is_in(list(touched)), post.url.not_like(people.POSTS))
    authors = await capture.select(capture.author).where(capture.post.url.like(people.POSTS)).distinct()
    return list(touched - {row["case"] for row in real}), [row["author"] for row in authors if row["author"]]


async def _is_needed(author: UUID) -> bool:
    captured = await tables.Capture.exists().where(tables.Capture.author == author)
    return captured or await tables.Case.exists().where(tables.Case.author == author)


async def _delete(table: Any, ids: list[UUID]) -> None:  # noqa: ANN401 - any table with an id
    if ids:
        await table.delete().where(table.id.is_in(ids))
