"""Spotter: it looks at the photos that a team drops in Slack, and answers in the thread."""
