"""What only the doctor asks Slack."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk.errors import SlackApiError

from bot.errors import SlackError
from bot.slack.calls import Calls


class Checks(Calls):
    """Asks whether tokens are good for what they are for; changes nothing."""

    def may_listen(self) -> None:
        """Ask for the address of a Socket Mode connection, which nobody opens.

        Raises:
            SlackError: The client's token is no app-level token with `connections:write`, or Slack does not answer.
        """
        self._call("apps.connections.open")

    def clock(self) -> datetime | None:
        """What Slack's clock shows, to the second; None where it does not tell. No token is needed.

        Raises:
            SlackError: Slack does not answer.
        """
        told = {name.lower(): value for name, value in self._headers().items()}
        return parsedate_to_datetime(told["date"]) if "date" in told else None

    def _headers(self) -> Mapping[str, str]:
        try:
            return self._answer("auth.test").headers  # type: ignore[no-any-return]  # slack_sdk left it bare
        except SlackError as error:
            if error.retry or not isinstance(error.__cause__, SlackApiError):
                raise
            return error.__cause__.response.headers  # type: ignore[no-any-return]  # as above
