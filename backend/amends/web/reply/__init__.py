"""What we say: templates, lint, drafts, approvals, reply rules."""
