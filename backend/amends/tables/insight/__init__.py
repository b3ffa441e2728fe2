"""Tables of what many cases say: reports, near texts, incidents, campaigns; and of drills."""

from amends.tables.insight import campaigns, capacity, drills

TABLES = (*campaigns.TABLES, capacity.CapacityPlan, *drills.TABLES)
"""In the order in which they can be created."""
