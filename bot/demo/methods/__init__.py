"""The methods of Slack's Web API, by what they are about."""
