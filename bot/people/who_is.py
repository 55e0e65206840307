"""Looking who is in photos, for one person alone; each method is a job."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from bot.core.people import FaceMatch
from bot.core.photo_people import PhotoPeople
from bot.core.share import Share
from bot.errors import PhotoError, SpotterError
from bot.people.face_search import Asked
from bot.people.photo_search import PhotoSearch
from bot.people.recognising import for_asker
from bot.replying import Place
from bot.slack import Message, Slack, SlackFile
from bot.telling import Telling
from storage import Storage

_NEWEST: Final = 20
"""Files of a channel among which its newest photos are looked for."""
_WENT_WRONG: Final = "Something went wrong on my side. An admin can find it in my log as {job}."


class WhoIs:
    """Answers what `Recognising` promised."""

    def __init__(
        self, *, storage: Storage, search: PhotoSearch, slack_of: Callable[[str], Slack], telling: Telling
    ) -> None:
        self._storage = storage
        self._search = search
        self._slack_of = slack_of
        self._telling = telling

    def answer(self, job: str, payload: Mapping[str, Any]) -> None:
        """Look who is in photos, and tell the one who asked."""
        slack = self._slack_of(payload["workspace"])
        photos = tuple(self._people(payload, file, share) for file, share in _files(slack, payload))
        self._tell(job, payload, self._telling.renderer.who_is(photos, payload["user"]))

    def give_up(self, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Say to the one who asked that it could not be done."""
        say = error.say if isinstance(error, SpotterError) else _WENT_WRONG.format(job=job)
        self._tell(job, payload, self._telling.renderer.sentence(say))

    def _people(self, payload: Mapping[str, Any], file: SlackFile, share: Share) -> PhotoPeople:
        workspace, asker = payload["workspace"], payload["user"]
        try:
            photo, found = self._search(workspace, file, Asked(by=asker, channel=payload["where"], file=file.id))
        except PhotoError as error:
            return PhotoPeople(share=share, failure=error.say)
        if not found.failures:
            self._keep(workspace, share, found.faces, photo.digest)
        with self._storage.begin(workspace) as work:
            people = work.people.everybody()
        return for_asker(share, found.faces, people, asker, failure=" ".join(found.failures))

    def _keep(self, workspace: str, share: Share, faces: Sequence[FaceMatch], digest: str) -> None:
        """Keep what was found where the photo is known; of a picture that nobody shared nothing stays."""
        with self._storage.begin(workspace) as work:
            work.matches.keep(share, faces)
            work.shares.forget_unheld((digest,))

    def _tell(self, job: str, payload: Mapping[str, Any], message: Message) -> None:
        """Answer where it was asked, for the asker alone; a picture of their own by direct message."""
        workspace, user, channel = payload["workspace"], payload["user"], payload["channel"]
        slack = self._slack_of(workspace)
        if channel != user:
            slack.ephemeral(channel, user, message)
            return
        place = Place(workspace=workspace, channel=user, key=f"who-{payload['files'][0]}")
        self._telling.replying.tell(slack, place, job, lambda: message)


def _files(slack: Slack, payload: Mapping[str, Any]) -> Iterator[tuple[SlackFile, Share]]:
    """The photos that were asked about, each with its share."""
    where, ts = payload["where"], payload["ts"]
    files = [slack.file(file) for file in payload["files"]] or _newest(slack, where)
    for file in files:
        if file.kind != "photo":
            continue
        if payload["channel"] == payload["user"]:
            yield file, Share(channel=payload["user"], ts=file.id, file=file.id, name=file.name, format=file.format)
        elif share := file.share(where, "", ts or file.newest(where) or "0"):
            yield file, share


def _newest(slack: Slack, channel: str) -> list[SlackFile]:
    """The photos of the newest message in a channel that has any."""
    files = islice(slack.newest_photos(channel, count=_NEWEST), _NEWEST)
    photos = [file for file in files if file.kind == "photo" and file.newest(channel)]
    newest = max((file.newest(channel) for file in photos), key=float, default="")
    return [file for file in photos if file.newest(channel) == newest]
