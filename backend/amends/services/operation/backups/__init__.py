"""Backups of everything: making one file of a database and its evidence, looking at it, restoring it."""

from amends.services.operation.backups.checking import BackupIsNewer, check
from amends.services.operation.backups.making import Made, Source, make, rotate

__all__ = ["BackupIsNewer", "Made", "Source", "check", "make", "rotate"]
