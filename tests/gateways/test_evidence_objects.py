"""Evidence in object storage: altered objects, a bucket that is missing, a storage that is away."""

import asyncio
import logging
from datetime import timedelta

import pytest

from amends.gateways import evidence_objects
from amends.gateways.evidence_files import EvidenceIsAltered, EvidenceIsMissing, EvidenceStoreIsAway
from amends.gateways.evidence_objects import ObjectEvidenceFiles
from tests.object_storage import bucket_at


async def test_an_altered_object_is_not_passed_off_as_evidence_and_can_be_kept_anew(object_storage: str):
    files = ObjectEvidenceFiles(bucket_at(object_storage))
    digest = await files.keep(b"picture")
    await files._store.put_async(f"{digest[:2]}/{digest}", b"forged")
    with pytest.raises(EvidenceIsAltered):
        await files.fetch(digest)
    await files.keep(b"picture")
    assert await files.fetch(digest) == b"picture"


async def test_a_missing_bucket_is_a_fault_of_the_storage_and_not_a_missing_file(object_storage: str):
    files = ObjectEvidenceFiles(bucket_at(object_storage, made=False))
    for refused in (files.fetch("0" * 64), files.keep(b"picture")):
        with pytest.raises(EvidenceStoreIsAway) as away:
            await refused
        assert away.value.extra["problem"] == "NoSuchBucket"


async def test_a_storage_that_is_away_says_when_to_try_again_and_its_secret_is_nowhere(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
):
    nowhere = bucket_at("http://127.0.0.1:9", made=False)
    with caplog.at_level(logging.DEBUG), pytest.raises(EvidenceStoreIsAway) as away:
        await ObjectEvidenceFiles(nowhere).fetch("0" * 64)
    assert away.value.extra["retry_after"] > 0
    said = f"{away.value!r} {away.value.extra} {caplog.text} {capsys.readouterr()} {nowhere!r}"
    assert nowhere.secret_access_key not in said
    assert nowhere.access_key_id not in said


async def test_it_is_seen_whether_a_bucket_keeps_what_is_deleted(object_storage: str):
    assert not await ObjectEvidenceFiles(bucket_at(object_storage)).keeps_versions()
    assert await ObjectEvidenceFiles(bucket_at(object_storage, versioned=True)).keeps_versions()


async def test_what_is_tried_is_no_evidence(object_storage: str):
    files = ObjectEvidenceFiles(bucket_at(object_storage))
    await files.keeps_versions()
    assert [name async for name in files.names()] == []
    with pytest.raises(EvidenceIsMissing):
        await files.fetch("0" * 64)


@pytest.mark.parametrize("behaves", ["hangs", "is busy"])
async def test_a_storage_that_hangs_or_stays_busy_is_given_up_in_time(
    behaves: str, monkeypatch: pytest.MonkeyPatch
):
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if behaves == "is busy":
            writer.write(b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            await reader.read()
        writer.close()

    monkeypatch.setattr(evidence_objects, "ANSWER", timedelta(seconds=0.3))
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        files = ObjectEvidenceFiles(bucket_at(f"http://{host}:{port}", made=False))
        for refused in (files.keep(b"picture"), files.fetch("0" * 64), files.erase("0" * 64)):
            with pytest.raises(EvidenceStoreIsAway):
                await refused
