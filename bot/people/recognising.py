"""Who is in photos, for the one who asks: what is known at once, what is looked at by jobs, and people's word on it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from bot.core.consent import utc_now
from bot.core.geometry import Box
from bot.core.job import Submit
from bot.core.people import FaceMatch, Person, as_read, recognisable
from bot.core.photo_people import PhotoPeople
from bot.core.recognition import FaceWord, head_and_shoulders
from bot.core.share import Share
from bot.errors import AskError, NotAllowed, PhotoGone
from bot.people.matching import Matching
from bot.slack import Slack
from storage import Storage


class Recognising:
    """Answers members of the workspace, in channels where people are looked for.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        submit: Stores a job.
        add_face: Promises to take somebody's own face in a file as an enrolment photo: the workspace, the user, the
            file, the face's box.
    """

    def __init__(
        self,
        storage: Storage,
        slack_of: Callable[[str], Slack],
        submit: Submit,
        add_face: Callable[[str, str, str, Box], None],
    ) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._submit = submit
        self._add_face = add_face
        self._matching = Matching(storage, slack_of, submit)

    def check(self, workspace: str, user: str, channel: str) -> None:
        """Make sure that somebody may ask who is in the photos of a channel.

        Raises:
            NotAllowed: A guest, somebody of another company, or somebody who has left.
            AskError: People are not looked for there, or the asker cannot open it.
        """
        slack = self._slack_of(workspace)
        person = slack.person(user)
        if person.guest or person.stranger or not person.active:
            raise NotAllowed("Only members of this workspace can ask who is in a photo.")
        if not slack.can_open(user, channel):
            raise AskError(
                "I don't know this photo, or I am not in its channel: invite me there with /invite @Spotter."
            )
        self._matching.check(workspace, channel)

    def told(self, workspace: str, asker: str, channel: str, ts: str) -> tuple[PhotoPeople, ...]:
        """What is known of the people in the photos of a message; none where nobody has looked for people there.

        Raises:
            AskError: As `check`.
        """
        self.check(workspace, asker, channel)
        with self._storage.begin(workspace) as work:
            photos, people = work.matches.of_message(channel, ts), work.people.everybody()
        return tuple(for_asker(share, faces, people, asker) for share, faces in photos)

    def ask(self, workspace: str, asker: str, channel: str, *, ts: str = "", files: Sequence[str] = ()) -> None:
        """Promise to look who is in photos; the answer is for the asker alone.

        Args:
            workspace: Its id.
            asker: Who asks.
            channel: Where they ask.
            ts: The message that the photos are in; empty for a file's link.
            files: Slack's ids of the photos; none for the channel's newest photo.

        Raises:
            AskError: As `check`; for a link, of the channel that the photo is in.
            PhotoGone: There is no such file, or it is not for the asker: the answer is the same.
        """
        where = self._channel_of(workspace, asker, files[0]) if files and not ts else channel
        self.check(workspace, asker, where)
        self._promise(workspace, asker, channel, where=where, ts=ts, files=list(files))

    def ask_picture(self, workspace: str, asker: str, channel: str, file: str) -> None:
        """Promise to look who is in a picture of the asker's own; they are told by direct message.

        Raises:
            AskError: As `check`.
        """
        self.check(workspace, asker, channel)
        self._promise(workspace, asker, asker, where=channel, ts="", files=[file])

    def not_this(self, workspace: str, user: str, share: Share, box: Box, person: str) -> None:
        """Take somebody's word that a face is not a person's: it is not told again.

        Raises:
            AskError: As `check`, or the photo is not known any more.
        """
        self._say(workspace, user, share, FaceWord(box, person))

    def this_is(self, workspace: str, user: str, share: Share, box: Box, person: str) -> None:
        """Take somebody's word that a face is the person's whom it may be.

        Raises:
            AskError: As `check`, or the photo is not known any more.
        """
        self._say(workspace, user, share, FaceWord(box, person, is_them=True))

    def this_is_me(self, workspace: str, user: str, share: Share, box: Box) -> None:
        """Promise to take a face as one more enrolment photo of whoever says that it is theirs, if it is good enough.

        Raises:
            AskError: As `check`, or they have not agreed to be known.
        """
        self.check(workspace, user, share.channel)
        with self._storage.begin(workspace) as work:
            faces = [face.box for face in work.matches.of_share(share)]
        self._add_face(workspace, user, share.file, head_and_shoulders(box, faces))

    def _say(self, workspace: str, user: str, share: Share, word: FaceWord) -> None:
        self.check(workspace, user, share.channel)
        with self._storage.begin(workspace) as work:
            digest = work.shares.digest(share)
            if not digest or work.people.of_id(word.person) is None:
                raise AskError("I don't know this photo or this person any more.")
            touched = work.matches.say(digest, word, user)
            act = "this_is" if word.is_them else "not_this"
            work.audit.note(user, act, word.person, {"channel": share.channel, "file": share.file})
        retell(self._submit, workspace, touched)

    def _channel_of(self, workspace: str, asker: str, file: str) -> str:
        """A channel in which the asker may open a file; one where people are looked for, if there is one."""
        slack = self._slack_of(workspace)
        channels = slack.file(file).shares.keys() & slack.visible_channels(asker)
        if not channels:
            raise PhotoGone
        with self._storage.begin(workspace) as work:
            return max(sorted(channels), key=lambda channel: work.channels.settings(channel).face_matching)

    def _promise(self, workspace: str, asker: str, channel: str, **about: Any) -> None:
        payload = {"workspace": workspace, "user": asker, "channel": channel, **about}
        self._submit("who_is", f"{workspace}-{uuid4().hex}", payload)


def for_asker(
    share: Share, faces: Sequence[FaceMatch], people: Sequence[Person], asker: str, *, failure: str = ""
) -> PhotoPeople:
    """A photo's faces as the one who asked may read them."""
    live = recognisable(people, utc_now())
    return PhotoPeople(share=share, faces=as_read(faces, live, asker), failure=failure)


def retell(submit: Submit, workspace: str, shares: Sequence[Share]) -> None:
    """Promise to bring the answers to photos up to date."""
    for share in shares:
        submit("retell", f"{workspace}-{uuid4().hex}", {"workspace": workspace, "share": share.address()})
