"""What people say about the bibs of a photo: it outranks the machine, and an admin can take it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from bot.admins import Admins
from bot.core.corrections import Correction
from bot.core.job import Submit
from bot.core.share import Share
from bot.errors import AskError
from bot.slack import Slack
from storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """A photo, with what is told of it and what was said about that.

    Attributes:
        share: The photo.
        numbers: What is asserted in it.
        corrections: What was said, oldest first, with what was taken back.
    """

    share: Share
    numbers: tuple[str, ...]
    corrections: tuple[Correction, ...]


class Correcting:
    """Corrects bibs, for members of the channel that holds the photo."""

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], submit: Submit) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._submit = submit
        self._admins = Admins(storage, slack_of)

    def photos(self, workspace: str, user: str, channel: str, ts: str) -> tuple[Correctable, ...]:
        """The photos of a message.

        Raises:
            AskError: They are not known, or not for this person: the answer is the same.
            NotAllowed: In this channel admins alone correct.
        """
        self._check(workspace, user, channel)
        with self._storage.begin(workspace) as work:
            done = {report.file for report in work.shares.of_message(channel, ts) if report.state == "done"}
            told = tuple(
                Correctable(
                    share=share,
                    numbers=tuple(one.number for one in work.bibs.of_share(share)),
                    corrections=tuple(work.corrections.of(share)),
                )
                for share in work.shares.in_message(channel, ts)
                if share.file in done
            )
        if not told:
            raise _unknown()
        return told

    def correct(self, workspace: str, share: Share, correction: Correction) -> None:
        """Keep what a person says, and bring every answer that tells of the photo up to date.

        Raises:
            AskError: The photo is not known, or not for this person.
            NotAllowed: In its channel admins alone correct.
        """
        self._check(workspace, correction.by, share.channel)
        with self._storage.begin(workspace) as work:
            touched = work.corrections.make(share, correction)
        self._retell(workspace, touched)

    def undo(self, workspace: str, user: str, correction: int) -> None:
        """Take a correction back.

        Raises:
            NotAllowed: Only admins can.
            AskError: It was taken back already, or its photo is gone.
        """
        self._admins.check(workspace, user, "Only an admin can take a correction back.")
        with self._storage.begin(workspace) as work:
            touched = work.corrections.undo(correction, user)
            work.audit.note(user, "undo", touched[0].channel if touched else "", {"correction": correction})
        self._retell(workspace, touched)

    def _check(self, workspace: str, user: str, channel: str) -> None:
        if channel not in self._slack_of(workspace).visible_channels(user):
            raise _unknown()
        with self._storage.begin(workspace) as work:
            correctors = work.channels.settings(channel).correctors
        if correctors == "admins":
            self._admins.check(workspace, user, "In this channel only admins can correct a bib. Ask one of them.")

    def _retell(self, workspace: str, shares: Sequence[Share]) -> None:
        for share in shares:
            self._submit("retell", f"{workspace}-{uuid4().hex}", {"workspace": workspace, "share": share.address()})


def _unknown() -> AskError:
    return AskError("I don't know this photo.")
