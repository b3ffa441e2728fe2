"""A local S3-compatible storage: moto's server, once for a test process, with a bucket for each test."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx

from amends.settings import ObjectStorage


@contextmanager
def running(port: int = 0) -> Iterator[str]:
    """Its address. What is in it is lost at the end."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


def bucket_at(endpoint: str, *, versioned: bool = False, made: bool = True) -> ObjectStorage:
    """A new empty bucket there."""
    name = f"evidence-{uuid4().hex[:12]}"
    if made:
        httpx.put(f"{endpoint}/{name}").raise_for_status()
    if versioned:
        body = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
        httpx.put(f"{endpoint}/{name}?versioning", content=body).raise_for_status()
    return ObjectStorage(
        bucket=name,
        prefix="amends",
        endpoint=endpoint,
        region="us-east-1",
        access_key_id="an-access-key",
        secret_access_key="a-secret-key-of-the-bucket",
    )


def environment(storage: ObjectStorage) -> dict[str, str]:
    """The settings that name it."""
    return {
        "AMENDS_S3_BUCKET": f"{storage.bucket}/{storage.prefix}",
        "AMENDS_S3_ENDPOINT": storage.endpoint,
        "AMENDS_S3_ACCESS_KEY_ID": storage.access_key_id,
        "AMENDS_S3_SECRET_ACCESS_KEY": storage.secret_access_key,
    }
