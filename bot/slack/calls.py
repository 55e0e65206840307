"""Calls of Slack's Web API, and what its errors mean."""

import random
import time
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import SlackBusy, SlackError, Unknowable
from bot.metrics import SLACK_CALLS

GONE: Final = frozenset({"file_not_found", "file_deleted", "not_visible", "channel_not_found"})
"""Slack's words for what is deleted, or not ours to see; it does not tell which."""
MUTE: Final = frozenset(
    {
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_non_threadable_channel",
        "cannot_reply_to_message",
        "message_limit_exceeded",
        "thread_not_found",
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
    }
)
"""Slack's words for places where nothing can be posted, which is nobody's fault."""
_BUSY: Final = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})

_PAUSES: Final = (0.1, 0.5)
"""Seconds before a question is asked again, where Slack named no other time."""
_SPREAD: Final = 1.25
"""A pause is longer by up to this factor: who waited for the same end shall not ask in the same moment."""
_SHORT_SECONDS: Final = 1.0
"""What takes longer is for later: somebody may be waiting."""


class Calls:
    """Calls methods. A question is asked again at once or after a moment; whatever changes something is said once.

    Slack's documents allow to repeat what only reads; whoever asks decides about everything else, and about later.

    Attributes:
        client: With the bot's token, and without retry handlers.
    """

    def __init__(self, client: WebClient) -> None:
        client.retry_handlers.clear()
        self.client = client
        self._closed_until: dict[str, float] = {}

    def _call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        data = self._answer(method, **arguments).data
        assert isinstance(data, dict)  # noqa: S101  # every method that we call answers with an object
        return data

    def _answer(self, method: str, **arguments: Any) -> Any:
        for pause in _PAUSES if _reads(method) else ():
            began = time.monotonic()
            try:
                return self._ask(method, **arguments)
            except SlackBusy as error:
                if error.after > _SHORT_SECONDS or time.monotonic() - began >= _SHORT_SECONDS:
                    raise
                time.sleep(max(pause, error.after) * random.uniform(1.0, _SPREAD))  # noqa: S311  # no secret
        return self._ask(method, **arguments)

    def _ask(self, method: str, **arguments: Any) -> Any:
        self._check_open(method)
        try:
            answer = (
                self.client.api_call(method, json=arguments)
                if _as_json(method)
                else self.client.api_call(method, params=arguments)
            )
        except SlackApiError as error:
            translated = _translated(method, error)
            self._close(method, translated.after)
            SLACK_CALLS.labels(method, translated.code or "refused").inc()
            raise translated from error
        except (URLError, HTTPException, OSError) as error:
            SLACK_CALLS.labels(method, "unanswered").inc()
            raise _unanswered(method, error) from error
        SLACK_CALLS.labels(method, "ok").inc()
        return answer

    def _check_open(self, method: str) -> None:
        """Leave Slack alone for as long as it asked to.

        Raises:
            SlackBusy: It is not over.
        """
        if (left := self._closed_until.get(method, 0.0) - time.monotonic()) > 0:
            raise _slow_down(left)

    def _close(self, method: str, seconds: float) -> None:
        """Close a method for a while; what fails for another reason meanwhile does not open it."""
        self._closed_until[method] = max(self._closed_until.get(method, 0.0), time.monotonic() + seconds)


def _reads(method: str) -> bool:
    """Whether a method only tells something."""
    return method.rpartition(".")[2] in ("conversations", "info", "list", "replies", "test")


def _as_json(method: str) -> bool:
    """Posting takes JSON; reading takes a form, and some read methods take nothing else."""
    return method.startswith(("chat.", "views.", "assistant."))


def _translated(method: str, error: SlackApiError) -> SlackError:
    response: Any = error.response
    code = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if response.status_code == 429 or code == "ratelimited":  # noqa: PLR2004  # HTTP's own Too Many Requests
        return _slow_down(retry_after(response.headers, 1.0))
    if response.status_code >= 500 or code in _BUSY:  # noqa: PLR2004  # HTTP's own server errors
        return _unanswered(method, error)
    if code == "missing_scope":
        say = f"I lack the Slack permission {response.get('needed')}. An admin must reinstall me with it."
    else:
        say = f"Slack refused ({code or 'no reason given'})."
    return SlackError(say, code=code)


def _slow_down(seconds: float) -> SlackBusy:
    return SlackBusy("Slack asks me to slow down; I will try again.", code="ratelimited", after=seconds)


def retry_after(headers: Mapping[str, str], default: float) -> float:
    """Seconds to wait; servers write the header's name in any case, and slack_sdk keeps it as it came."""
    told = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(told) if told.isdecimal() else default


def _unanswered(method: str, error: Exception) -> SlackError:
    refused = isinstance(error, URLError) and isinstance(error.reason, ConnectionRefusedError)
    if method == "chat.postMessage" and not refused:
        return Unknowable("Slack did not say whether it took my answer; I will look and try again.")
    return SlackBusy("Slack does not answer right now; I will try again.")
