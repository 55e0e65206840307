"""Whether two photos show the same person."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from bot.asking import Asking
from bot.core.job import Submit
from bot.core.people import certainty
from bot.core.photo import Photo
from bot.errors import AskError, SpotterError
from bot.people.photo_search import PhotoSearch
from bot.replying import Place
from bot.slack import Slack, SlackFile
from bot.telling import Telling
from bot.vision.faces import Faces
from storage import Storage

_TWO: Final = 2
_NOT_TWO: Final = "I compare two photos: choose a message with exactly two."
_WENT_WRONG: Final = "Something went wrong on my side. An admin can find it in my log as {job}."
_WHICH: Final = ("first", "second")


class Comparing:
    """Compares the largest face of one photo with the faces of another.

    Args:
        storage: The memory.
        search: Fetches photos and finds faces.
        asking: Pays.
        faces: Compares.
        slack_of: A workspace's Slack.
        submit: Stores a job.
        check: Makes sure that somebody may ask about people in a channel.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        search: PhotoSearch,
        asking: Asking,
        faces: Faces,
        slack_of: Callable[[str], Slack],
        submit: Submit,
        check: Callable[[str, str, str], None],
    ) -> None:
        self._storage = storage
        self._search = search
        self._asking = asking
        self._faces = faces
        self._slack_of = slack_of
        self._submit = submit
        self._check = check

    def ask(self, workspace: str, user: str, channel: str, message_ts: str, files: Sequence[str]) -> None:
        """Promise to compare the two photos of a message; the answer comes in its thread.

        Raises:
            NotAllowed: Not for this person.
            AskError: People are not looked for in this channel, or there are not two photos.
        """
        self._check(workspace, user, channel)
        if len(files) != _TWO:
            raise AskError(_NOT_TWO)
        payload = {"workspace": workspace, "user": user, "channel": channel, "ts": message_ts, "files": list(files)}
        self._submit("compare", f"{workspace}-{uuid4().hex}", payload)

    def run(self, telling: Telling, job: str, payload: Mapping[str, Any]) -> None:
        """Compare two photos: a job."""
        slack = self._slack_of(payload["workspace"])
        files = [slack.file(file) for file in payload["files"]]
        say = self._compared(payload, files) if all(file.kind == "photo" for file in files) else _NOT_TWO
        self._tell(job, payload, telling, say)

    def give_up(self, telling: Telling, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Say that it could not be done."""
        say = error.say if isinstance(error, SpotterError) else _WENT_WRONG.format(job=job)
        self._tell(job, payload, telling, say)

    def _compared(self, payload: Mapping[str, Any], files: Sequence[SlackFile]) -> str:
        workspace, channel = payload["workspace"], payload["channel"]
        photos = [self._search.photo(workspace, file) for file in files]
        for photo, which in zip(photos, _WHICH, strict=True):
            faces, failures = self._search.faces(workspace, photo, channel)
            if failures:
                return failures[0]
            if not faces:
                return f"I see no face in the {which} photo, so there is nothing to compare."
        with self._storage.begin(workspace) as work:
            detail = {"channel": channel, "files": payload["files"]}
            work.audit.note(payload["user"], "compare", "", detail)
        return sentence(self._likeness(workspace, photos, channel))

    def _likeness(self, workspace: str, photos: Sequence[Photo], channel: str) -> float:
        """How like the largest face of the first photo the likest of the second is, 0 to 100."""
        source, target = (photo.data for photo in photos)
        alike, _ = self._asking.paid(
            workspace, "compare_faces", {}, lambda: self._faces.compare(source, target), channel=channel
        )
        return max((one.similarity for one in alike), default=0.0)

    def _tell(self, job: str, payload: Mapping[str, Any], telling: Telling, say: str) -> None:
        slack, channel, ts = self._slack_of(payload["workspace"]), payload["channel"], payload["ts"]
        share = slack.file(payload["files"][0]).share(channel, "", ts)
        thread = share.thread if share else ts
        place = Place(workspace=payload["workspace"], channel=channel, key=f"compare-{ts}", thread=thread, share=share)
        message = telling.renderer.sentence(say)
        telling.replying.tell(slack, place, job, lambda: message)


def sentence(similarity: float) -> str:
    """Say what a similarity, 0 to 100, means; the number stands with it."""
    match certainty(similarity):
        case "probably":
            return f"Probably the same person ({_percent(similarity)})."
        case "maybe":
            return f"Maybe the same person ({_percent(similarity)})."
        case _:
            return f"Not the same person, as far as I can tell ({_percent(similarity)})."


def _percent(similarity: float) -> str:
    return f"{int(similarity)} %"
