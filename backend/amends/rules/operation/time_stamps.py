"""Time stamps: when an authority is asked again, and when admins hear of it."""

from datetime import timedelta

FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)
TOLD_AFTER = 5
"""Tries in vain: about half an hour after the first one."""


def pause(tries: int) -> timedelta:
    """How long an authority is left alone after so many tries in vain."""
    doubled: int = 2 ** min(tries - 1, 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def certificates_in(text: str) -> int:
    """How many certificates a text in PEM holds; none where it holds something else."""
    from cryptography import x509

    try:
        return len(x509.load_pem_x509_certificates(text.encode()))
    except ValueError:
        return 0
