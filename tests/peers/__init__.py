"""Spotter beside a Slack server that others wrote."""
