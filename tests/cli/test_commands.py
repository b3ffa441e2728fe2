"""Commands: effects, output, exit codes, and one sentence for each error."""

import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from amends.cli import parser
from amends.cli.work import instant
from amends.gateways.backup_child import ChildBackupMaker
from amends.gateways.secrets import Secrets, new_key
from tests.cli.running import amends, free_port
from tests.object_storage import bucket_at, environment

PASSWORD = "correct horse 9 battery"


@pytest.fixture
def folder(tmp_path: Path, migrated_sqlite_file: Path) -> Path:
    """A folder of data whose database is up to date: building one takes longer than any command."""
    shutil.copyfile(migrated_sqlite_file, tmp_path / "amends.db")
    return tmp_path


def add_member(folder: Path, **settings: str) -> None:
    done = amends(
        folder,
        "member",
        "add",
        "ada@example.org",
        "--name",
        "Ada",
        "--role",
        "admin",
        "--password-stdin",
        typed=f"{PASSWORD}\n",
        **settings,
    )
    assert done.returncode == 0, done.stderr


def fails_with_one_sentence(done, *words: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("amends: ")
    assert done.stderr.count("\n") == 1
    for word in words:
        assert word in done.stderr


def test_members_and_tokens_on_both_databases(tmp_path: Path, database_url: str):
    settings = {"AMENDS_DATABASE_URL": database_url}
    add_member(tmp_path, **settings)
    listed = amends(tmp_path, "member", "list", **settings)
    assert listed.stdout == "ada@example.org\tadmin\tAda\n"

    made = amends(tmp_path, "token", "create", "ada@example.org", "--name", "script", **settings)
    assert re.fullmatch(r"amends_[a-z0-9]{8}_[\w-]{43}\n", made.stdout), "the token alone"
    prefix = made.stdout[7:15]
    assert amends(tmp_path, "token", "list", **settings).stdout.startswith(
        f"{prefix}\tada@example.org\tscript"
    )
    assert amends(tmp_path, "token", "revoke", prefix, **settings).returncode == 0
    assert amends(tmp_path, "token", "list", **settings).stdout == ""


def test_who_gets_no_password_gets_a_link_that_is_good_once(folder: Path):
    made = amends(folder, "member", "add", "bob@example.org", "--name", "Bob", "--role", "agent")
    assert "http://127.0.0.1:8000/password?purpose=invite&code=" in made.stdout
    reset = amends(folder, "member", "reset", "bob@example.org")
    assert "/password?purpose=reset&code=" in reset.stdout


def test_who_is_disabled_leaves_nothing_behind(tmp_path: Path, database_url: str):
    settings = {"AMENDS_DATABASE_URL": database_url}
    add_member(tmp_path, **settings)
    for name in ("bob", "eve"):
        new = ("member", "add", f"{name}@example.org", "--name", name, "--role", "agent")
        amends(tmp_path, *new, **settings)
    leave = ("member", "disable", "bob@example.org", "--hand-to", "eve@example.org")
    gone = amends(tmp_path, *leave, **settings)
    assert gone.stdout == "bob <bob@example.org> can no longer sign in. Handed over: nothing.\n"
    for refused, words in (
        (("disable", "ada@example.org"), "Make someone else an admin first"),
        (("disable", "eve@example.org", "--hand-to", "bob@example.org"), "bob can no longer sign in"),
        (("disable", "eve@example.org", "--hand-to", "cake=ada@example.org"), "the kinds are cases,"),
        (("reset", "bob@example.org"), "bob can no longer sign in"),
    ):
        fails_with_one_sentence(amends(tmp_path, "member", *refused, **settings), words)
    assert amends(tmp_path, "member", "enable", "bob@example.org", **settings).returncode == 0
    assert "(disabled)" not in amends(tmp_path, "member", "list", **settings).stdout


def test_what_a_member_has_is_named_where_nobody_can_be_asked(folder: Path):
    done = amends(folder, "demo")
    assert done.returncode == 0, done.stderr
    [first, *_] = [
        line.split("\t")[0]
        for line in amends(folder, "member", "list").stdout.splitlines()
        if "\tagent\t" in line
    ]
    fails_with_one_sentence(amends(folder, "member", "disable", first), "open cases", "--hand-to")
    gone = amends(folder, "member", "disable", first, "--hand-to", "nobody")
    assert gone.returncode == 0, gone.stderr
    assert "open cases" in gone.stdout


def test_what_is_wrong_is_said_in_one_sentence(folder: Path):
    add_member(folder)
    again = ("member", "add", "ada@example.org", "--name", "Ada", "--role", "admin")
    fails_with_one_sentence(amends(folder, *again), "member already")
    fails_with_one_sentence(amends(folder, "member", "reset", "nobody@example.org"), "Member not found")
    fails_with_one_sentence(amends(folder, "token", "revoke", "aaaaaaaa"))
    fails_with_one_sentence(amends(folder, *again, "--password-stdin"), "first line")
    fails_with_one_sentence(amends(folder, "serve", AMENDS_PORT="x"), "AMENDS_PORT")
    fails_with_one_sentence(amends(folder, "work", AMENDS_DATABASE_URL="mysql://x"), "AMENDS_DATABASE_URL")
    fails_with_one_sentence(amends(folder, "work", "--now", "2026-03-03T12:00:00Z"), "--once")
    fails_with_one_sentence(amends(Path("/proc/nowhere"), "serve"), "AMENDS_DATA_DIR", "folder")
    away = "postgresql://nobody@127.0.0.1:1/nothing"
    fails_with_one_sentence(amends(folder, "migrate", AMENDS_DATABASE_URL=away), "PostgreSQL")


def test_migrate_says_whether_there_was_anything_to_do(tmp_path: Path, empty_database_url: str):
    settings = {"AMENDS_DATABASE_URL": empty_database_url}
    assert "has been brought" in amends(tmp_path, "migrate", **settings).stdout
    assert "is up to date" in amends(tmp_path, "migrate", **settings).stdout


def test_once_works_at_the_instant_that_it_is_told(tmp_path: Path, database_url: str):
    settings = {"AMENDS_DATABASE_URL": database_url}
    done = amends(tmp_path, "work", "--once", "--now", "2030-01-01T12:00:00+01:00", **settings)
    assert done.returncode == 0, done.stderr
    expected = "0 planned, 0 delivered, 0 not delivered, 0 no longer true, at 2030-01-01T11:00:00Z.\n"
    assert done.stdout == expected


def test_the_doctor_finds_what_is_missing_and_says_what_to_do(tmp_path: Path, empty_database_url: str):
    settings = {"AMENDS_DATABASE_URL": empty_database_url}
    before = amends(tmp_path, "doctor", **settings)
    assert before.returncode == 1
    assert "FAIL  migrations: they wait. Run `amends migrate`." in before.stdout
    amends(tmp_path, "migrate", **settings)
    after = amends(tmp_path, "doctor", **settings)
    lines = dict(re.findall(r"^(?:ok  |FAIL)  (\w+): (.+)$", after.stdout, re.MULTILINE))
    assert lines.keys() == {
        *("folder", "modes", "proxy", "clock", "database", "migrations", "worker", "targets", "evidence"),
        "backups",
        "keys",
        "work",
        "drafts",
        "storage",
    }
    assert after.returncode == 1
    assert "amends work" in lines["worker"]
    assert "/settings" in lines["targets"]


def test_the_doctor_names_a_proxy_that_is_not_configured(folder: Path):
    https = {"AMENDS_BASE_URL": "https://amends.example.org"}
    lacking = amends(folder, "doctor", **https).stdout
    assert "FAIL  proxy: AMENDS_BASE_URL is https" in lacking
    named = amends(folder, "doctor", **https, AMENDS_TRUSTED_PROXIES="172.18.0.0/16").stdout
    assert "ok    proxy: X-Forwarded-For is believed from 172.18.0.0/16." in named


def test_files_of_the_data_folder_are_private_whoever_made_them(tmp_path: Path):
    amends(tmp_path, "migrate")
    evidence = tmp_path / "evidence" / "ab"
    evidence.mkdir(parents=True)
    (evidence / "abc").write_bytes(b"proof")
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    told = amends(tmp_path, "doctor").stdout
    assert "ok    modes: others could read" in told
    assert {oct(path.stat().st_mode & 0o077) for path in tmp_path.rglob("*")} == {"0o0"}
    assert "only this user can read the data" in amends(tmp_path, "doctor").stdout


def test_a_new_database_is_private_from_the_start(tmp_path: Path):
    amends(tmp_path, "work", "--once", umask=0o000)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes["amends.db"] == modes["worker.lock"] == modes["secret_key"] == "0o600"
    assert set(modes.values()) <= {"0o600", "0o700"}


def test_the_doctor_survives_a_database_that_is_away(tmp_path: Path):
    done = amends(tmp_path, "doctor", AMENDS_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert "FAIL  database:" in done.stdout
    assert "Traceback" not in done.stderr


def sealed_with(folder: Path, key: str) -> None:
    """A target of the team whose address this key opens."""
    target = uuid4()
    sealed = Secrets([key]).seal("json://example.org", of=target)
    values = (str(target), "Room", sealed, "json://…", 1, 0, "2026-01-01T00:00:00+00:00")
    with sqlite3.connect(folder / "amends.db") as database:
        database.execute(
            "INSERT INTO target (id, name, sealed, masked, position, failures, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )


def test_with_lost_keys_neither_web_nor_worker_starts_and_the_doctor_says_so(folder: Path):
    old, new = new_key(), new_key()
    amends(folder, "migrate")
    sealed_with(folder, old)
    for command in (("serve", "--port", str(free_port())), ("work",), ("work", "--once")):
        fails_with_one_sentence(
            amends(folder, *command, AMENDS_ENCRYPTION_KEYS=new), "open none of the 1 stored", "keys forget"
        )
    doctor = amends(folder, "doctor", AMENDS_ENCRYPTION_KEYS=new)
    assert "FAIL  keys: they do not open: Room." in doctor.stdout
    assert amends(folder, "work", "--once", AMENDS_ENCRYPTION_KEYS=old).returncode == 0


def test_keys_are_replaced_and_what_none_opens_is_forgotten(folder: Path):
    amends(folder, "migrate")
    old = new_key()
    sealed_with(folder, old)
    new = amends(folder, "keys", "new").stdout.strip()
    lost = amends(folder, "keys", "rotate", AMENDS_ENCRYPTION_KEYS=new)
    assert (lost.returncode, "No key opens: 1 target addresses (Room)." in lost.stderr) == (1, True)
    rotated = amends(folder, "keys", "rotate", AMENDS_ENCRYPTION_KEYS=f"{new},{old}")
    assert rotated.stdout.startswith("Sealed with the first key: 1 target addresses, 0 keys of web push, ")
    assert amends(folder, "work", "--once", AMENDS_ENCRYPTION_KEYS=new).returncode == 0
    forgotten = amends(folder, "keys", "forget", AMENDS_ENCRYPTION_KEYS=old)
    assert forgotten.stdout == "1 targets were removed: Room.\n"


def test_work_once_goes_on_after_a_job_that_failed_and_exits_1(folder: Path):
    add_member(folder)
    with sqlite3.connect(folder / "amends.db") as database:
        database.execute("UPDATE member SET zone = 'Nowhere/Atlantis'")
    done = amends(folder, "work", "--once")
    assert done.returncode == 1
    assert "Failed: plan digests (ExceptionGroup)." in done.stderr
    assert done.stdout.startswith("0 planned, 0 delivered")


def test_the_demonstration_comes_and_goes(tmp_path: Path):
    made = amends(tmp_path, "demo", LC_ALL="", LC_MESSAGES="", LANG="fr_FR.UTF-8", AMENDS_PORT="8123")
    assert made.stdout.startswith("30 cases and 4 members were made.")
    assert "Sign in as astrid@demo.invalid" in made.stdout
    assert made.stdout.splitlines()[-1].startswith("Open http://127.0.0.1:8123 in a browser.")
    with sqlite3.connect(tmp_path / "amends.db") as database:
        spoken = database.execute("SELECT language FROM member WHERE email LIKE 'astrid@%'").fetchone()
        assert spoken == ("fr",), "the language of the terminal"
    gone = amends(tmp_path, "demo", "--remove")
    assert gone.stdout.startswith("30 cases and 4 members")
    with sqlite3.connect(tmp_path / "amends.db") as database:
        assert database.execute("SELECT count(*) FROM case_file").fetchone() == (0,)


def test_the_demonstration_stays_away_from_a_team_at_work(tmp_path: Path):
    amends(tmp_path, "demo")
    with sqlite3.connect(tmp_path / "amends.db") as database:
        database.execute("UPDATE member SET email = replace(email, '@demo.invalid', '@example.org')")
    fails_with_one_sentence(amends(tmp_path, "demo"), "a team works here", "AMENDS_DATA_DIR")


def test_all_cases_are_counted_again_for_the_reports(folder: Path):
    amends(folder, "demo")
    assert amends(folder, "recount").stdout.startswith("30 cases were counted, on ")


def test_what_is_recorded_is_verified_and_compared_with_heads_that_were_kept(folder: Path, tmp_path: Path):
    amends(folder, "demo")
    anchors = str(tmp_path / "anchors.jsonl")
    kept = amends(folder, "anchors", "export", anchors)
    assert kept.returncode == 0, kept.stdout
    digest = re.search("Anchor 1 of 30 cases: ([0-9a-f]{64})", kept.stdout)[1]
    before = amends(folder, "verify", "--anchors", anchors, "--anchor", digest)
    assert before.stdout.startswith("30 cases, ")
    assert before.stdout.endswith("Nothing was altered.\n")
    with sqlite3.connect(folder / "amends.db") as database:
        for trigger in ("entry_changed", "entry_deleted"):
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(
            'DELETE FROM entry WHERE position > 1 AND "case" IN (SELECT id FROM case_file WHERE number = 3)'
        )
        database.execute(
            "UPDATE entry SET actor = 'author' WHERE \"case\" IN "
            "(SELECT id FROM case_file WHERE number = 5) AND position = 2"
        )
        database.execute(
            "INSERT INTO time_stamp "
            "(id, anchor, authority, certificates, token, tries, run_at, problem, detail) "
            "VALUES ('00000000-0000-4000-8000-000000000009', 1, '', '', 'AAAA', 1, '2026-05-04', '', '')"
        )
    found = amends(folder, "verify", "--no-files", "--anchors", anchors)
    assert found.returncode == 1
    assert "#5, entry 2: the entry was altered" in found.stdout
    assert "#3, entry" in found.stdout
    assert "whether the certificate of their authority was revoked since" in found.stdout
    other = amends(folder, "verify", "--no-files", "--anchor", "0" * 64)
    assert "anchor: it was kept elsewhere, and is not there any more (0000" in other.stdout
    assert "no hash of an anchor" in amends(folder, "verify", "--anchor", "abc").stderr
    assert amends(folder, "verify", "--case", "4711").returncode == 1
    again = amends(folder, "anchors", "export", anchors)
    assert "is there already" in again.stderr
    wrong = amends(folder, "verify", "--anchors", str(folder / "amends.db"))
    assert "holds no anchors" in wrong.stderr


def test_help_is_instant_because_nothing_heavy_is_imported(tmp_path: Path):
    done = amends(tmp_path, "--help", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not imported & {"asyncio", "piccolo", "litestar", "uvicorn", "alembic", "cryptography", "babel"}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-03T12:00:00Z", datetime(2026, 3, 3, 12, tzinfo=UTC)),
        ("2026-03-03T12:00:00+02:00", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("2026-03-03", datetime(2026, 3, 3, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_utc(text: str, moment: datetime):
    assert instant(text) == moment


def test_every_command_has_help():
    help_text = parser().format_help()
    for name in ("serve", "work", "migrate", "member", "token", "keys", "doctor", "demo"):
        assert f"  {name} " in help_text


def test_a_backup_says_where_it_is_and_that_the_keys_are_not_in_it(folder: Path):
    add_member(folder)
    (folder / "passphrase").write_text(f"{PASSWORD}\n")
    done = amends(folder, "backup", "--passphrase-file", str(folder / "passphrase"), umask=0)
    path, inside, keys = done.stdout.splitlines()
    assert re.fullmatch(r"amends-\d{8}T\d{6}Z\.tar\.sealed", Path(path).name)
    assert Path(path).parent == folder / "backups"
    assert Path(path).stat().st_mode & 0o777 == 0o600
    assert (folder / "backups").stat().st_mode & 0o777 == 0o700
    assert "opened again and checked" in inside
    assert "keep them elsewhere" in keys
    (folder / "passphrase").write_text("short\n")
    short = amends(folder, "backup", "--passphrase-file", str(folder / "passphrase"))
    fails_with_one_sentence(short, "at least 12 characters")


def test_keys_go_beside_a_backup_sealed_or_not_at_all_and_come_back(folder: Path, tmp_path: Path):
    add_member(folder)
    (folder / "passphrase").write_text(PASSWORD)
    sealed = ("--passphrase-file", str(folder / "passphrase"))
    fails_with_one_sentence(amends(folder, "backup", "--with-keys"), "--passphrase-file")
    path = amends(folder, "backup", "--with-keys", *sealed).stdout.splitlines()[0]
    beside = Path(f"{path}.keys")
    assert beside.stat().st_mode & 0o777 == 0o600
    key = (folder / "encryption_keys").read_text()
    assert key.encode() not in beside.read_bytes()
    other = tmp_path / "other"
    fresh = tmp_path / "fresh"
    fresh.write_text("another passphrase")
    restore = ("keys", "restore", str(beside))
    done = amends(other, *restore, "--passphrase-file", str(fresh))
    fails_with_one_sentence(done, "passphrase")
    assert not (other / "encryption_keys").exists(), "a wrong passphrase makes none"
    assert amends(other, *restore, *sealed).returncode == 0
    first, _own = (other / "encryption_keys").read_text().split(",")
    assert first == key
    assert (other / "secret_key").read_text() == (folder / "secret_key").read_text()
    fails_with_one_sentence(amends(other, *restore, *sealed, AMENDS_ENCRYPTION_KEYS=key), "environment")


def test_a_backup_of_nothing_and_without_a_terminal_to_ask_at_is_refused(tmp_path: Path, folder: Path):
    fails_with_one_sentence(amends(folder, "backup", "--encrypt"), "--passphrase-file")
    (folder / "amends.db").unlink()
    fails_with_one_sentence(amends(folder, "backup"), "no tables yet")
    assert not list(tmp_path.glob("backups/*.tar*"))


def test_a_backup_moves_from_one_database_to_the_other(folder: Path, tmp_path: Path, empty_database_url: str):
    add_member(folder)
    path = amends(folder, "backup").stdout.splitlines()[0]
    there = {"AMENDS_DATABASE_URL": empty_database_url}
    looked = amends(tmp_path / "there", "restore", path, "--check", **there)
    assert looked.stdout.endswith("Every part is as it was written.\n")
    done = amends(tmp_path / "there", "restore", path, **there)
    assert done.returncode == 0, done.stderr
    assert "are in place: 0 cases, 0 entries and 0 files were verified" in done.stdout
    assert "The encryption keys here are other ones" in done.stderr, "of a new folder"
    assert amends(tmp_path / "there", "member", "list", **there).stdout == "ada@example.org\tadmin\tAda\n"
    again = amends(tmp_path / "there", "restore", path, **there)
    fails_with_one_sentence(again, "into an empty place only")


def test_what_is_no_backup_is_not_restored(folder: Path):
    fails_with_one_sentence(amends(folder, "restore", str(folder / "none")), "There is no file")
    (folder / "letter").write_text("Dear Ada")
    fails_with_one_sentence(amends(folder, "restore", str(folder / "letter")), "is not a backup of Amends")


def test_a_migration_copies_what_was_there_and_says_where(folder: Path):
    add_member(folder)
    with sqlite3.connect(folder / "amends.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    turned_off = amends(folder, "migrate", AMENDS_BACKUP_BEFORE_MIGRATING="off")
    assert turned_off.returncode == 1, "the tables of 0002 are there already"
    assert not list(folder.glob("*.at-*"))
    done = amends(folder, "migrate")
    assert f"the database was copied to {folder / 'amends.db.at-0001'}" in done.stderr
    assert (folder / "amends.db.at-0001").exists()


def test_the_doctor_and_the_worker_know_of_a_backup_by_hand(folder: Path):
    add_member(folder)
    assert "backups: never made here" in amends(folder, "doctor").stdout
    path = amends(folder, "backup", AMENDS_BACKUP_PASSPHRASE=PASSWORD).stdout.splitlines()[0]
    assert path.endswith(".sealed")
    assert f"{Path(path).name} in {folder / 'backups'}" in amends(folder, "doctor").stdout


async def test_the_worker_makes_a_backup_by_this_command(folder: Path, monkeypatch: pytest.MonkeyPatch):
    add_member(folder)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(folder))
    made = await ChildBackupMaker().make(kept=1)
    assert (made.problem, made.files) == ("", 0)
    assert (folder / "backups" / made.name).stat().st_size == made.size
    assert made.rows > 0
    monkeypatch.setenv("AMENDS_BACKUP_DIR", str(folder / "amends.db"))
    assert "No backup was made in" in (await ChildBackupMaker().make(kept=1)).problem


@pytest.mark.parametrize(("what", "head"), [("cases", "number"), ("people", "person"), ("replies", "title")])
def test_an_export_is_a_new_file_for_a_spreadsheet(folder: Path, what: str, head: str):
    file = folder / "table.csv"
    assert amends(folder, "export", what, str(file), umask=0).stdout == f"{file}\n"
    assert file.read_text("utf-8-sig").startswith(f'"{head}"')
    assert file.stat().st_mode & 0o777 == 0o600
    fails_with_one_sentence(amends(folder, "export", what, str(file)), "is there already")


MAIL = "From: Dana <dana@example.com>\nMessage-ID: <1@x>\nSubject: My cake\n\nIt came broken.\n"


def test_a_mail_is_taken_from_standard_input_once_on_both_databases(tmp_path: Path, database_url: str):
    settings = {"AMENDS_DATABASE_URL": database_url}
    taken = amends(tmp_path, "mail-in", typed=MAIL, **settings)
    assert (taken.returncode, taken.stdout) == (0, "The mail was kept.\n"), taken.stderr
    again = amends(tmp_path, "mail-in", typed=f"Received: by x\n{MAIL}", **settings)
    assert (again.returncode, again.stdout) == (0, "This mail was kept before.\n")


def test_a_mail_server_is_told_to_try_again_while_the_database_is_away(folder: Path):
    nowhere = f"postgresql://nobody@127.0.0.1:{free_port()}/x"
    assert amends(folder, "mail-in", typed=MAIL, AMENDS_DATABASE_URL=nowhere).returncode == 75


def test_a_mail_that_is_too_large_goes_back_to_whoever_wrote_it(folder: Path):
    refused = amends(folder, "mail-in", typed="x" * 25_000_001)
    assert refused.returncode == 65
    assert refused.stderr == "amends: This mail is larger than 25 MB.\n"


def test_retention_says_what_would_go_and_changes_nothing(folder: Path):
    told = amends(folder, "retention", "--preview", "--ended", "12")
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0].startswith("Retention is off")
    assert "ended (after 12 months): 0 cases" in lines
    assert "merged (with their case): 0 cases" in lines
    assert "drafts (after 3 months): 0" in lines
    assert amends(folder, "retention").returncode == 2
    fails_with_one_sentence(amends(folder, "retention", "--preview", "--ended", "999"), "--ended", "360")


def test_the_doctor_names_what_a_killed_backup_left(folder: Path):
    (folder / "backups").mkdir(mode=0o700, exist_ok=True)
    (folder / "backups" / ".amends-20260504T080000Z.tar.part").touch()
    assert ".amends-20260504T080000Z.tar.part in" in amends(folder, "doctor").stdout


def test_evidence_moves_to_object_storage_and_the_doctor_tries_the_bucket(
    tmp_path: Path, object_storage: str
):
    storage = environment(bucket_at(object_storage))
    fails_with_one_sentence(amends(tmp_path, "evidence", "move", "--to", "s3"), "AMENDS_S3_BUCKET")
    moved = amends(tmp_path, "evidence", "move", "--to", "s3", **storage)
    assert moved.stdout == (
        "0 files were copied and read back, 0 were there already, 0 were erased at their old place.\n"
    )
    assert "ok    storage: the bucket" in amends(tmp_path, "doctor", **storage).stdout
    versioned = environment(bucket_at(object_storage, versioned=True))
    assert "keeps versions, so erased files stay" in amends(tmp_path, "doctor", **versioned).stdout
    missing = amends(tmp_path, "doctor", **environment(bucket_at(object_storage, made=False)))
    assert "cannot be used (NoSuchBucket)" in missing.stdout
    assert "a-secret-key-of-the-bucket" not in missing.stdout + missing.stderr
