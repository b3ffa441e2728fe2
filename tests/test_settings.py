"""How an installation is set up: sane without a word, and one clear sentence for whatever is wrong."""

import stat
import threading
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from amends.settings import HELP, KNOWN, Settings, WrongSetting, from_environ, terminal_language

KEY = "a secret that is long enough, 42 letters.."


def read(folder: Path, **given: str) -> Settings:
    return from_environ(
        {"AMENDS_DATA_DIR": str(folder), **{f"AMENDS_{name}": value for name, value in given.items()}}
    )


def test_without_any_setting_everything_stays_on_this_machine(tmp_path: Path):
    found = read(tmp_path / "data")
    assert (found.host, found.port, found.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert not found.metrics_token
    assert found.database_url == f"sqlite:///{tmp_path}/data/amends.db"
    assert found.allowed_hosts == {"127.0.0.1", "localhost", "::1"}
    assert not found.is_secure


def test_secrets_are_made_once_for_nobody_else_to_read(tmp_path: Path):
    first, second = read(tmp_path), read(tmp_path)
    assert (first.secret_key, first.encryption_keys) == (second.secret_key, second.encryption_keys)
    for name in ("secret_key", "encryption_keys"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_many_first_starts_at_once_agree_on_the_secrets(tmp_path: Path):
    found: list[Settings] = []
    starts = [threading.Thread(target=lambda: found.append(read(tmp_path))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len({one.secret_key for one in found}) == len({one.encryption_keys for one in found}) == 1
    assert len(found) == 8


def test_secrets_are_never_shown(tmp_path: Path):
    found = read(tmp_path, SECRET_KEY=KEY)
    assert found.secret_key not in repr(found)
    assert found.encryption_keys[0] not in repr(found)
    assert KEY not in repr(read(tmp_path, METRICS_TOKEN=KEY))


def test_secrets_may_come_as_files(tmp_path: Path):
    (tmp_path / "key").write_text(f"{KEY}\n")
    (tmp_path / "database").write_text("postgresql://amends:pw@db/amends\n")
    found = read(
        tmp_path, SECRET_KEY_FILE=str(tmp_path / "key"), DATABASE_URL_FILE=str(tmp_path / "database")
    )
    assert (found.secret_key, found.database_url) == (KEY, "postgresql://amends:pw@db/amends")


def test_lists_are_separated_by_commas(tmp_path: Path):
    found = read(
        tmp_path,
        TRUSTED_PROXIES="10.0.0.1, 10.0.0.2",
        ALLOW_PRIVATE_TARGETS="127.0.0.1:25,10.0.0.0/8",
        ENCRYPTION_KEYS=f"{Fernet.generate_key().decode()},{Fernet.generate_key().decode()}",
    )
    assert found.trusted_proxies == ("10.0.0.1/32", "10.0.0.2/32")
    assert found.allow_private_targets == ("127.0.0.1:25", "10.0.0.0/8")
    assert len(found.encryption_keys) == 2


def test_the_address_that_people_type_is_one_we_answer_to(tmp_path: Path):
    found = read(tmp_path, BASE_URL="https://amends.example.org/")
    assert found.base_url == "https://amends.example.org"
    assert "amends.example.org" in found.allowed_hosts
    assert found.is_secure


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "٨٠"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "sqlite:///"),
        ("BASE_URL", "amends.example.org"),
        ("BASE_URL", "https://example.org/amends"),
        ("BASE_URL", "https://user@example.org"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("ENCRYPTION_KEYS", "not a key"),
        ("ALLOW_PRIVATE_TARGETS", "localhost"),
        ("ALLOW_PRIVATE_TARGETS", "10.0.0.0/99"),
        ("TRUSTED_PROXIES", "caddy"),
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "10.0.0.2/8"),
        ("TRUSTED_PROXIES", "10.0.0.1, 0.0.0.0/0"),
        ("TRUSTED_PROXIES", "::/0"),
        ("METRICS_TOKEN", "short"),
        ("BACKUP_BEFORE_MIGRATING", "perhaps"),
        ("BACKUP_PASSPHRASE", "short"),
        ("METRICS_TOKEN_FILE", "/nowhere/at/all"),
        ("DISPATCHER", "celery"),
        ("DISPATCHER", "pgqueuer"),  # on SQLite
        ("DATABASE", "sqlite:///x"),
        ("PORT_FILE", "/etc/hostname"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, value: str):
    with pytest.raises(WrongSetting, match=f"AMENDS_{name}"):
        read(tmp_path, **{name: value})


@pytest.mark.parametrize(
    ("given", "dispatcher"),
    [
        ({}, "local"),
        ({"DATABASE_URL": "postgresql://amends@db/amends"}, "pgqueuer"),
        ({"DATABASE_URL": "postgresql://amends@db/amends", "DISPATCHER": "local"}, "local"),
    ],
)
def test_workers_hear_of_nudges_through_the_queue_where_there_can_be_one(
    tmp_path: Path, given: dict[str, str], dispatcher: str
):
    assert read(tmp_path, **given).dispatcher == dispatcher


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(WrongSetting, match="AMENDS_DATA_DIR"):
        read(tmp_path / "file" / "data")


def test_every_setting_says_what_it_is_for():
    assert set(HELP) <= KNOWN
    assert all(len(words) > 20 for words in HELP.values())


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "fr_CH.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "de"),
        ({"LANG": "C.UTF-8"}, ""),
        ({}, ""),
    ],
)
def test_the_language_of_the_terminal_is_read_as_its_programs_read_it(environ: dict[str, str], language: str):
    assert terminal_language(environ) == language


S3 = {"S3_BUCKET": "amends-evidence/of/us", "S3_ACCESS_KEY_ID": "AKIA", "S3_SECRET_ACCESS_KEY": KEY}


def test_object_storage_is_a_bucket_with_a_key_and_its_secret_is_never_shown(tmp_path: Path):
    assert read(tmp_path).object_storage is None
    (tmp_path / "key").write_text(f"{KEY}\n")
    as_file = {**S3, "S3_SECRET_ACCESS_KEY": "", "S3_SECRET_ACCESS_KEY_FILE": str(tmp_path / "key")}
    found = read(tmp_path, **as_file)
    storage = found.object_storage
    assert storage
    assert (storage.bucket, storage.prefix, storage.region) == ("amends-evidence", "of/us", "us-east-1")
    assert storage.secret_access_key == KEY
    assert KEY not in repr(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"S3_BUCKET": ""},
        {"S3_BUCKET": "Bucket"},
        {"S3_BUCKET": "bucket/../other"},
        {"S3_ACCESS_KEY_ID": ""},
        {"S3_SECRET_ACCESS_KEY": ""},
        {"S3_ENDPOINT": "s3.example.org"},
        {"S3_ENDPOINT": "https://s3.example.org/bucket"},
    ],
)
def test_wrong_object_storage_is_refused_by_name(tmp_path: Path, wrong: dict[str, str]):
    with pytest.raises(WrongSetting, match="AMENDS_S3_") as refused:
        read(tmp_path, **{**S3, **wrong})
    assert KEY not in str(refused.value)
