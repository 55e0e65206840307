"""The log of the whole suite, searched as it is written: our own code, at its closest, logs no secret."""

import logging
import re
from typing import Final

OURS: Final = ("bot", "handlers", "storage")
"""What Spotter's log follows; libraries are followed from WARNING on."""
_SECRETS: Final = re.compile(
    r"xox[a-z]-|xapp-"  # Slack's tokens
    r"|local-signing-secret|vision-secret-key"  # the local workspace's, and the local Rekognition's
    r"|gAAAA[\w-]{60}|(?<![\w-])[\w-]{43}=(?![\w=])"  # Fernet's tokens and keys
    r"|Bearer |(?i:authorization)['\"]?[:=]"
)


class Searching(logging.Handler):
    """Searches every record, its traceback included, before any formatter has taken something out of it.

    Attributes:
        found: The records that hold a secret.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []
        self._traces = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        """Search a record."""
        told = record.getMessage()
        if record.exc_info:
            told += self._traces.formatException(record.exc_info)
        if _SECRETS.search(told):
            self.found.append(f"{record.name} {record.levelname}: {told}")
