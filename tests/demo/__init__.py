"""The local Slack holds to what the real one does."""
