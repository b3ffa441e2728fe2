"""Background worker: periodic jobs and the delivery of nudges."""
