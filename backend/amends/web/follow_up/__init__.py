"""What we owe next and by when: follow-ups, promises, reminders, mentions, remedies, agenda."""
