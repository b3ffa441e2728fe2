"""How we are reminded: ladders, planning, delivery, targets, digests, message texts and actions."""
