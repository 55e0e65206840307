"""The door to Slack, against the real local workspace."""
