"""The log: one line an event, with no secret in it."""

import logging
import re
import sys
from typing import Final

_SECRETS: Final = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+"  # Slack's tokens
    r"|v0=[0-9a-f]{64}|hooks\.slack\.com/\S+"  # its signatures, and addresses that take an answer
    r"|(?:AKIA|ASIA)[A-Z0-9]{12,}|[A-Za-z0-9+/=]{200,}"  # Amazon's keys and session tokens; pictures, too
    r"|Bearer \S+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # passwords in addresses
)
_LOUD: Final = ("slack_bolt", "slack_sdk", "botocore", "urllib3", "uvicorn", "alembic", "dbos", "PIL")
"""Libraries that are not followed below WARNING: some of them log whole requests, with signatures and pictures."""


class _Redacting(logging.Formatter):
    """Takes tokens and signatures out of whatever is logged, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRETS.sub("[secret]", super().format(record))


def start(level: str | int) -> None:
    """Write the log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("dbos").addHandler(logging.NullHandler())  # else it writes to a console of its own, unredacted
    logging.getLogger("slack_bolt").addFilter(_means_something)


def _means_something(record: logging.LogRecord) -> bool:
    """Drop Bolt's warning that it found the token twice: it is in the client and in the environment."""
    return "`token` will be unused" not in record.getMessage()
