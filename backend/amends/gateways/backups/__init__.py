"""Files of backups: one archive, sealed by a passphrase where one is given, whole or not there."""

from amends.gateways.backups.archive import BackupIsDamaged, Content, FileIsNoBackup, Writer, contents
from amends.gateways.backups.drafts import AnotherIsBeingMade, draft, left_half_done
from amends.gateways.backups.sealing import PassphraseDoesNotFit, PassphraseIsMissing, is_sealed

__all__ = [
    "AnotherIsBeingMade",
    "BackupIsDamaged",
    "Content",
    "FileIsNoBackup",
    "PassphraseDoesNotFit",
    "PassphraseIsMissing",
    "Writer",
    "contents",
    "draft",
    "is_sealed",
    "left_half_done",
]
