"""Demonstration data: made by the product's own commands, removed without a trace."""

from amends.services.operation.demo.making import Made, make
from amends.services.operation.demo.removal import remove

__all__ = ["Made", "make", "remove"]
