"""Tables of what many cases say: reports, near texts, incidents, campaigns; of drills and stories."""

from amends.tables.insight import campaigns, capacity, drills, stories

TABLES = (*campaigns.TABLES, capacity.CapacityPlan, capacity.CapacityNote, *drills.TABLES, stories.CaseStory)
"""In the order in which they can be created."""
