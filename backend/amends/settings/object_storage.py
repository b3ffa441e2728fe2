"""Settings of S3-compatible storage for evidence."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import urlsplit

from amends.settings.wrong_setting import WrongSetting

HELP = {
    "AMENDS_S3_BUCKET": "The bucket for evidence, or bucket/prefix; else evidence is in the data folder.",
    "AMENDS_S3_ENDPOINT": "The address of the storage, such as https://s3.example.org; else Amazon’s.",
    "AMENDS_S3_REGION": "The region of the bucket; by default us-east-1.",
    "AMENDS_S3_ACCESS_KEY_ID": "The access key that reads, writes, lists and deletes in the bucket.",
    "AMENDS_S3_SECRET_ACCESS_KEY": "The secret of that access key.",
}
BUCKET = re.compile(r"([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9._-]+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectStorage:
    """Where the bucket is, what stands before each name in it, and the key that opens it."""

    bucket: str
    prefix: str
    endpoint: str
    region: str
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)


def read(given: Callable[[str], str | None]) -> ObjectStorage | None:
    """The storage that the settings name; nothing where they name no bucket. Raises WrongSetting."""
    values = {name: given(name) or "" for name in HELP}
    if not values["AMENDS_S3_BUCKET"]:
        if alone := next((name for name in HELP if values[name]), None):
            raise WrongSetting(
                f"{alone} is of no use without AMENDS_S3_BUCKET: name the bucket, or unset it."
            )
        return None
    bucket = BUCKET.fullmatch(values["AMENDS_S3_BUCKET"])
    if not bucket or {".", ".."} & set(bucket[2].split("/")):
        raise WrongSetting("AMENDS_S3_BUCKET must look like amends-evidence or amends-evidence/prefix.")
    for name in ("AMENDS_S3_ACCESS_KEY_ID", "AMENDS_S3_SECRET_ACCESS_KEY"):
        if not values[name]:
            raise WrongSetting(f"{name} is missing: AMENDS_S3_BUCKET needs it.")
    if find_spec("obstore") is None:
        raise WrongSetting("AMENDS_S3_BUCKET needs obstore: install amends[s3].")
    return ObjectStorage(
        bucket=bucket[1],
        prefix=bucket[2].strip("/"),
        endpoint=_endpoint(values["AMENDS_S3_ENDPOINT"]),
        region=values["AMENDS_S3_REGION"] or "us-east-1",
        access_key_id=values["AMENDS_S3_ACCESS_KEY_ID"],
        secret_access_key=values["AMENDS_S3_SECRET_ACCESS_KEY"],
    )


def _endpoint(url: str) -> str:
    """Without a path: the bucket is put behind it."""
    parts = urlsplit(url)
    if url and (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.username
    ):
        raise WrongSetting("AMENDS_S3_ENDPOINT must look like https://s3.example.org, without the bucket.")
    return url.rstrip("/")
