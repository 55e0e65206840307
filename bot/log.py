"""The log: one line an event, with no secret in it, and nothing that looks like another line."""

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, Literal

_OURS: Final = ("bot", "handlers", "storage")
"""What is followed as closely as the operator wants. Others are not followed below WARNING: Slack's and Amazon's
libraries log whole requests and answers, with signatures, pictures and the words that were read in them."""
_WILFUL: Final = ("slack_bolt", "slack_sdk", "dbos")
"""Libraries that set levels of their own."""
_SECRETS: Final = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[.\w-]+"  # Slack's tokens
    r"|v0=[0-9a-f]{64}|hooks\.slack\.com/\S+"  # its signatures, and addresses that take an answer
    r"|(?:AKIA|ASIA)[A-Z0-9]{12,}|[\w+/=-]{200,}"  # Amazon's key ids and session tokens; pictures, too
    r"|(?<![\w/+=])(?=[a-z0-9/+]*[A-Z])(?=[A-Z0-9/+]*[a-z])(?=\S*\d)[A-Za-z0-9/+]{40}(?![\w/+=])"  # its secret keys
    r"|gAAAA[\w-]{60,}={0,2}|(?<![\w-])[\w-]{43}=(?![\w=])"  # Fernet's tokens and keys
    r"|(?i:authorization)['\"]?\s*[:=]\s*['\"]?[^'\"\n]+|Bearer \S+"
    r"|(?<=://)[^/\s:@]+:\S+(?=@)"  # passwords in addresses
    r"|(?<=secret=)[^&\s'\"]+|(?<=token=)[^&\s'\"]+|(?<=password=)[^&\s'\"]+|(?<=[?&]code=)[^&\s'\"]+"
)
_LEAST: Final = 8
"""Characters of a secret that is looked for by its value: a shorter one would be found in innocent words."""


@dataclass(frozen=True, slots=True)
class _Trace:
    """What the lines of one job or of one answer have in common."""

    correlation: str = ""
    team: str = ""


_trace: ContextVar[_Trace] = ContextVar("_trace", default=_Trace())  # noqa: B039  # a frozen value


def correlation(name: str) -> str:
    """The short form of a job's name, which all its lines in the log have: 8 hexadecimal digits."""
    return sha256(name.encode()).hexdigest()[:8] if name else ""


def current() -> str:
    """The correlation id of what is under way; empty where nothing is."""
    return _trace.get().correlation


@contextmanager
def correlated(name: str, workspace: str) -> Iterator[str]:
    """Let all that is logged in this block bear the correlation id of `name`, and a hash of the workspace's id."""
    told = _trace.set(_Trace(correlation(name), correlation(workspace)))
    try:
        yield current()
    finally:
        _trace.reset(told)


class CarefulFormatter(logging.Formatter):
    """Takes secrets out of whatever is logged, tracebacks included, and lets nobody forge a line.

    Whoever names a file chooses what is logged of it. So control characters are written as escapes, and what follows a
    record's first line is indented.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(mark)s: %(message)s")
        known = sorted((re.escape(one) for one in secrets if len(one) >= _LEAST), key=len, reverse=True)
        self._secrets = re.compile("|".join([*known, _SECRETS.pattern]))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """Write a record's own line."""
        vars(record)["mark"] = f" [{current()}]" if current() else ""
        return _visible(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """Write all of a record, its traceback included."""
        first, *more = super().format(record).split("\n")
        return self.careful("\n".join([first, *(f"  {_visible(line)}" for line in more)]))

    def careful(self, told: str) -> str:
        """Take the secrets out."""
        return self._secrets.sub("[secret]", told)


class JsonFormatter(CarefulFormatter):
    """The same as one JSON object a line, in ASCII; secrets go before they are quoted."""

    def format(self, record: logging.LogRecord) -> str:
        """Write all of a record, its traceback included."""
        trace = _trace.get()
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "correlation": trace.correlation,
            "team": trace.team,
            "message": self.careful(record.getMessage()),
            "error": self.careful(self.formatException(record.exc_info)) if record.exc_info else "",
        }
        return json.dumps({name: value for name, value in told.items() if value})


def start(level: str | int, secrets: Iterable[str] = (), form: Literal["text", "json"] = "text") -> None:
    """Write the log to standard error.

    Args:
        level: How closely our own code is followed.
        secrets: What must not be written, besides what looks like a secret.
        form: Lines for people, or JSON objects for whatever collects them.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(secrets) if form == "json" else CarefulFormatter(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    for name in _WILFUL:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("dbos").addHandler(logging.NullHandler())  # else it writes to a console of its own, unredacted
    logging.getLogger("slack_bolt").addFilter(_means_something)


def _visible(line: str) -> str:
    """Write what is not printable as an escape: line ends, what steers a terminal, what turns text around."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in line)


def _means_something(record: logging.LogRecord) -> bool:
    """Drop Bolt's warning that it found the token twice: it is in the client and in the environment."""
    return "`token` will be unused" not in record.getMessage()
