"""How a case moves: moves, undo, joins, triage, batches, case commands, message actions."""
