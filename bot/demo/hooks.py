"""What goes with an interaction: the trigger that opens a modal, the address that takes an answer."""

import time
from dataclasses import dataclass, field
from threading import Lock
from uuid import uuid4

from bot.demo.refusal import Refused

TRIGGER_SECONDS = 3.0
HOOK_SECONDS = 30 * 60
HOOK_USES = 5


@dataclass(slots=True)
class Trigger:
    """Opens one modal for one person, within three seconds; `view` is the modal it was made in."""

    user: str
    view: str
    until: float
    is_used: bool = False


@dataclass(slots=True)
class Hook:
    """Takes up to five answers in half an hour, about `message` where there is one."""

    user: str
    channel: str
    message: str
    until: float
    uses: int = HOOK_USES


@dataclass(slots=True)
class Hooks:
    """All triggers and response addresses that were given out."""

    team_id: str
    url: str
    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _hooks: dict[str, Hook] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def new_trigger(self, user: str, view: str = "") -> str:
        """Make a trigger_id."""
        now = time.monotonic()
        with self._lock:
            self._triggers = {key: each for key, each in self._triggers.items() if each.until > now - HOOK_SECONDS}
            self._triggers[key := f"{time.time_ns()}.100.{uuid4().hex}"] = Trigger(user, view, now + TRIGGER_SECONDS)
        return key

    def new_response_url(self, user: str, channel: str, message: str = "") -> str:
        """Make a response_url."""
        now = time.monotonic()
        with self._lock:
            self._hooks = {key: each for key, each in self._hooks.items() if each.until > now}
            self._hooks[key := uuid4().hex] = Hook(user, channel, message, now + HOOK_SECONDS)
        return f"{self.url}/actions/{self.team_id}/{key}"

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger.

        Raises:
            Refused: Slack's word for unknown, used, or too old.
        """
        with self._lock:
            trigger = self._triggers.get(trigger_id)
            if not trigger:
                raise Refused("invalid_trigger_id")
            if trigger.is_used:
                raise Refused("exchanged_trigger_id")
            if trigger.until < time.monotonic():
                raise Refused("expired_trigger_id")
            trigger.is_used = True
            return trigger

    def use(self, key: str) -> Hook:
        """Use a response_url once more.

        Raises:
            Refused: It is unknown, worn out, or too old.
        """
        with self._lock:
            hook = self._hooks.get(key)
            if not hook or hook.uses <= 0 or hook.until < time.monotonic():
                raise Refused("used_url" if hook else "expired_url")
            hook.uses -= 1
            return hook

    def age(self, seconds: float) -> None:
        """Let time pass for every trigger and response_url, so that a test need not wait."""
        with self._lock:
            for trigger in self._triggers.values():
                trigger.until -= seconds
            for hook in self._hooks.values():
                hook.until -= seconds
