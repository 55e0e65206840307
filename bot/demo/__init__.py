"""A Slack workspace on this machine: Slack's Web API, its events, and people who drop photos."""
