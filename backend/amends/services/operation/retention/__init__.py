"""Retention: what expires by itself, and closed cases whose retention period is over."""

from amends.services.operation.retention.erasing import erase_next
from amends.services.operation.retention.expired import delete_expired
from amends.services.operation.retention.listing import review

__all__ = ["delete_expired", "erase_next", "review"]
