"""Tests of the gateways, with real servers at the other end."""
