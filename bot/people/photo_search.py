"""A photo out of Slack, searched for the people in it."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.channel import ChannelSettings
from bot.core.findings import Face
from bot.core.photo import Photo
from bot.gate import Gate
from bot.looking import Looking
from bot.people.face_search import Asked, FaceSearch, Recognised
from bot.slack import Slack, SlackFile
from storage import Storage


class PhotoSearch:
    """Fetches photos and searches them; threads may share it.

    Attributes:
        face_search: Tells whose faces are in a photo that was fetched.

    Args:
        storage: The memory.
        gate: Makes hostile pictures safe.
        looking: Finds the faces.
        face_search: Tells whose they are.
        slack_of: A workspace's Slack.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        looking: Looking,
        face_search: FaceSearch,
        slack_of: Callable[[str], Slack],
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._looking = looking
        self.face_search = face_search
        self._slack_of = slack_of

    def __call__(self, workspace: str, file: SlackFile, asked: Asked) -> tuple[Photo, Recognised]:
        """Look who is in a photo.

        Raises:
            PhotoError: It cannot be looked at.
            VisionBusy: The engine is busy.
            SlackBusy: Slack does not hand it out right now.
        """
        photo = self.photo(workspace, file)
        faces, failures = self.faces(workspace, photo, asked.channel)
        found = self.face_search(workspace, photo, faces, asked)
        return photo, replace(found, failures=(*failures, *found.failures))

    def photo(self, workspace: str, file: SlackFile) -> Photo:
        """Fetch a photo, made safe.

        Raises:
            PhotoError: It cannot be looked at.
            SlackBusy: Slack does not hand it out right now.
        """
        return self._gate.open(self._slack_of(workspace).download(file))

    def faces(self, workspace: str, photo: Photo, channel: str) -> tuple[tuple[Face, ...], tuple[str, ...]]:
        """Find the faces in a photo, largest first, and tell why they could not be asked for, where they could not.

        The question is the one that the channel's own look asks, so that its stored answer serves.
        """
        with self._storage.begin(workspace) as work:
            settings = work.channels.settings(channel) if channel else ChannelSettings()
        looked = self._looking.look(workspace, photo, replace(settings, detectors=("faces",)))
        faces = (one for one in looked.found.get("faces", ()) if isinstance(one, Face))
        return tuple(faces), (*looked.failures, *looked.cannot)
