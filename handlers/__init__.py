"""What can be said to Spotter in Slack: one file each, and this folder is the list."""
