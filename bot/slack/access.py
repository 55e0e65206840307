"""Who somebody is, and which channels they can open now."""

import threading
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from slack_sdk import WebClient

from bot.errors import SlackError
from bot.slack.calls import Calls
from bot.slack.values import Identity, Person, person_of

_REMEMBERED_SECONDS: Final = 300.0
_UNKNOWN_PEOPLE: Final = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
"""Slack's words for somebody who is not of this workspace, as far as we may know."""

V = TypeVar("V")


class Access(Calls):
    """What may be shown to whom."""

    def __init__(self, client: WebClient, team: str = "") -> None:
        super().__init__(client)
        self._team = team
        self._in_team = {"team_id": team} if team else {}
        self._people: _Remembered[Person] = _Remembered()
        self._channels: _Remembered[frozenset[str]] = _Remembered()
        self._identity: _Remembered[Identity] = _Remembered()

    def identity(self) -> Identity:
        """Ask who we are."""
        return self._identity.get("", self._ask_identity)

    def still_in(self) -> str:
        """Ask afresh which workspace the token opens.

        Raises:
            SlackError: None any more, or Slack does not tell (`retry`).
        """
        self._identity.drop("")
        return self.identity().team

    def person(self, user: str) -> Person:
        """Who somebody is; remembered for five minutes."""
        return self._people.get(user, lambda: self._ask_person(user))

    def visible_channels(self, user: str) -> frozenset[str]:
        """The channels that a person is in now, of all public ones and of those private ones that we are in, too.

        A public channel that they could open, but are not in, is not among them. Remembered for five minutes.

        Raises:
            SlackError: Slack did not tell: then nothing may be shown.
        """
        return self._channels.get(user, lambda: self._ask_channels("public_channel,private_channel", user=user))

    def can_open(self, user: str, channel: str) -> bool:
        """Whether a person can open a channel now; Slack is asked again before a no, since they may have just joined.

        Raises:
            SlackError: Slack did not tell: then nothing may be shown.
        """
        if channel not in self.visible_channels(user):
            self.forget_access(user)
        return channel in self.visible_channels(user)

    def joined(self, channel: str) -> bool:
        """Whether we are in a channel; Slack is asked again before a no, since we may have just been invited."""
        return channel in self.visible_channels(self.identity().user) or channel in self.our_channels()

    def our_channels(self) -> frozenset[str]:
        """The channels that we are in, as Slack knows them now."""
        me = self.identity().user
        self.forget_access(me)
        return self.visible_channels(me)

    def public_channels(self) -> frozenset[str]:
        """The public channels that we are in, which every full member could open; remembered for five minutes."""
        return self._channels.get("", lambda: self._ask_channels("public_channel"))

    def is_shared(self, channel: str) -> bool:
        """Whether people of another company are in a channel, or are about to be."""
        told = self._call("conversations.info", channel=channel)["channel"]
        return any(told.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared"))

    def showable_channels(self, user: str, place: str) -> frozenset[str]:
        """The channels whose photos a person may show to everybody in a place: its own, and the public ones.

        None, where they cannot open the place (any more).
        """
        visible = self.visible_channels(user)
        return visible & {place, *self.public_channels()} if place in visible else frozenset()

    def forget_access(self, user: str) -> None:
        """Ask again about a person: they joined or left a channel."""
        self._people.drop(user)
        self._channels.drop(user)

    def _ask_identity(self) -> Identity:
        told = self._answer("auth.test")
        scopes = told.headers.get("x-oauth-scopes") or told.headers.get("X-OAuth-Scopes") or ""
        granted = frozenset(filter(None, scopes.replace(" ", "").split(",")))
        org_wide = bool(told.get("is_enterprise_install"))
        return Identity(self._team or told["team_id"], told["user_id"], granted, org_wide)

    def _ask_person(self, user: str) -> Person:
        try:
            told = self._call("users.info", user=user)["user"]
        except SlackError as error:
            if error.code not in _UNKNOWN_PEOPLE:
                raise
            return Person(id=user, stranger=True)
        return person_of(told, self.identity().team, org_wide=bool(self._team))

    def _ask_channels(self, types: str, **asked: str) -> frozenset[str]:
        channels: set[str] = set()
        cursor: dict[str, str] = {}
        while True:
            told = self._call("users.conversations", types=types, limit=200, **asked, **cursor, **self._in_team)
            channels.update(one["id"] for one in told["channels"])
            cursor = {"cursor": (told.get("response_metadata") or {}).get("next_cursor", "")}
            if not cursor["cursor"]:
                return frozenset(channels)


class _Remembered(Generic[V]):
    """Values by a name, each remembered for five minutes; an error is not remembered."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[float, V]] = {}
        self._lock = threading.Lock()

    def get(self, name: str, ask: Callable[[], V]) -> V:
        with self._lock:
            known = self._values.get(name)
        if known and time.monotonic() < known[0]:
            return known[1]
        fresh = ask()
        with self._lock:
            self._values[name] = (time.monotonic() + _REMEMBERED_SECONDS, fresh)
        return fresh

    def drop(self, name: str) -> None:
        with self._lock:
            self._values.pop(name, None)
