"""The settings of a channel: everybody there may read them; admins change them, and the audit log says who and what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.admins import Admins
from bot.core import settling
from bot.core.channel import EMOTIONS_CONFIRMATION, ChannelSettings
from bot.detectors import every_detector, every_name
from bot.errors import AskError, WrongField
from bot.people.matching import Matching
from bot.slack import Message, Slack
from bot.vision import Vision
from storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is settled for a channel.

    Attributes:
        channel: Its id.
        settings: Its settings.
        cannot: Names of detectors that the engine here has not.
        free: Whether looking at photos costs nothing here.
    """

    channel: str
    settings: ChannelSettings
    cannot: frozenset[str] = frozenset()
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What an admin has filled in.

    Attributes:
        typed: Settings by their names, as they could be typed at a terminal; those that are not named stay.
        confirmation: What was typed to confirm that emotions may be told.
    """

    typed: Mapping[str, str]
    confirmation: str = ""


class Settling:
    """Settles channels.

    Args:
        storage: The memory.
        slack_of: The door to a workspace's Slack.
        vision: Who looks at photos.
        matching: Turns face matching on and off.
    """

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], vision: Vision, matching: Matching) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._vision = vision
        self._matching = matching
        self._admins = Admins(storage, slack_of)

    def may(self, workspace: str, user: str) -> bool:
        """Whether somebody may change settings."""
        return self._admins.is_admin(workspace, user)

    def read(self, workspace: str, channel: str) -> Settled:
        """What is settled for a channel."""
        with self._storage.begin(workspace) as work:
            return self.told(channel, work.channels.settings(channel))

    def told(self, channel: str, settings: ChannelSettings) -> Settled:
        """These settings, with what the engine here can do."""
        detectors = every_detector().items()
        cannot = frozenset(name for name, one in detectors if not self._vision.can(one.operation))
        return Settled(channel=channel, settings=settings, cannot=cannot, free=not self._vision.paid)

    def check(self, workspace: str, user: str, channel: str, form: Form) -> None:
        """Make sure that a form can be kept; nothing is changed.

        Raises:
            NotAllowed: The person is no admin.
            WrongField: A field cannot be as it is filled in.
        """
        self._admins.check(workspace, user)
        before = self.read(workspace, channel).settings
        after = _after(before, form)
        if after.moderators != before.moderators and after.moderators:
            self._check_moderators(workspace, after.moderators)
        if after.face_matching and not before.face_matching:
            self._check_matching(workspace, channel)

    def settle(self, workspace: str, user: str, channel: str, form: Form, notice: Message) -> bool:
        """Keep a form; whether anything is different now.

        Args:
            workspace: Its id.
            user: The admin.
            channel: Which channel it is about.
            form: What they filled in.
            notice: What the channel reads where face matching begins.

        Raises:
            NotAllowed: The person is no admin.
            WrongField: A field cannot be as it is filled in; then nothing is kept.
        """
        self.check(workspace, user, channel, form)
        with self._storage.begin(workspace) as work:
            before = work.channels.settings(channel)
            wanted = _after(before, form)
            after = replace(wanted, face_matching=before.face_matching)
            if differing := settling.differing(before, after):
                work.channels.settle(channel, after)
                work.audit.note(user, "settings", channel, differing)
        if wanted.face_matching and not before.face_matching:
            self._matching.turn_on(workspace, user, channel, notice)
        if before.face_matching and not wanted.face_matching:
            self._matching.turn_off(workspace, user, channel)
        return before != wanted

    def _check_moderators(self, workspace: str, moderators: str) -> None:
        if not self._slack_of(workspace).joined(moderators):
            raise WrongField("moderators", "I am not in that channel. Invite me there: /invite @Spotter")

    def _check_matching(self, workspace: str, channel: str) -> None:
        try:
            self._matching.check_place(workspace, channel)
        except AskError as error:
            raise WrongField("face_matching", error.say) from error


def _after(before: ChannelSettings, form: Form) -> ChannelSettings:
    """The settings with what a form says.

    Raises:
        WrongField: A field cannot be as it is filled in.
    """
    after = settling.changed(before, [f"{name}={value}" for name, value in form.typed.items()], every_name())
    if after.moderation != "thread" and not after.moderators:
        raise WrongField("moderators", "Choose the moderators' channel, or let me say it in the thread.")
    if "custom_labels" in after.detectors and not after.custom_model:
        raise WrongField("custom_model", "Your own model has no name yet. Name it here, or take its tick away.")
    return _with_emotions(before, after, form.confirmation)


def _with_emotions(before: ChannelSettings, after: ChannelSettings, confirmation: str) -> ChannelSettings:
    """Emotions are told once an admin has confirmed in writing that they may be; without them that ends, too."""
    if "emotions" not in after.attributes:
        return replace(after, emotions_confirmed=False)
    if not before.emotions_confirmed and _plain(confirmation) != _plain(EMOTIONS_CONFIRMATION):
        raise WrongField("confirmation", f"Before I tell emotions, please type: {EMOTIONS_CONFIRMATION}")
    return replace(after, emotions_confirmed=True)


def _plain(sentence: str) -> str:
    """A sentence without regard to capitals, spaces and its full stop."""
    return " ".join(sentence.casefold().rstrip(". ").split())
