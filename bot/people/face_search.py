"""Whose faces are in a photo: each is cut out and searched for among those who agreed to be known."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from threading import Lock
from typing import Any, Final

from bot.asking import Asking
from bot.core.consent import utc_now
from bot.core.findings import Face
from bot.core.gallery import collection_of
from bot.core.geometry import Box
from bot.core.people import MAYBE, FaceMatch, recognisable
from bot.core.photo import Photo
from bot.core.recognition import FaceWord, around, is_searched, who_is_who
from bot.core.second_look import Region
from bot.core.share import Looked
from bot.crops import Crops
from bot.detectors import Answer
from bot.errors import BudgetSpent, VisionBusy, VisionError
from storage import Storage

MOST_FREE, MOST_PAID = 20, 10
"""Faces of one photo that are searched for at most, by an engine that costs nothing and by one that is paid."""
AT_ONCE: Final = 4
"""Searches under way for one photo."""
SEARCH: Final = "search_users_by_image"
CANDIDATES: Final = 5
"""People who are told for a face: the best may be forgotten, denied, or seen more clearly elsewhere in the photo."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For whom a photo is searched, as the audit log tells it.

    Attributes:
        by: A Slack user's id, or `spotter`.
        channel: Where the photo is; empty for a picture of one's own.
        file: Which one.
    """

    by: str = "spotter"
    channel: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a search of a photo brought.

    Attributes:
        faces: Every face, largest first, and whose it is; without names.
        failures: Why not all were searched for, each once.
        prices: What each search cost now, in millionths of a dollar.
    """

    faces: tuple[FaceMatch, ...]
    failures: tuple[str, ...] = ()
    prices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Searched:
    """What came of one face: who looks like it, or None; why; at which price."""

    alike: Mapping[str, float] | None = None
    failure: str = ""
    price: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known before a search: who may be recognised, the collection's state, what was said of the photo."""

    people: frozenset[str]
    revision: int
    words: tuple[FaceWord, ...]


class FaceSearch:
    """Recognises those who agreed to be known; threads may share it.

    Args:
        asking: Puts the questions.
        storage: The memory.
        paid: Whether a search costs money.
    """

    def __init__(self, asking: Asking, storage: Storage, *, paid: bool) -> None:
        self._asking = asking
        self._storage = storage
        self._most = MOST_PAID if paid else MOST_FREE

    def __call__(self, workspace: str, photo: Photo, faces: Sequence[Face], asked: Asked) -> Recognised:
        """Search for the faces of a photo, the largest first; each search is noted in the audit log.

        Where nobody agreed to be known, or there is no face, nothing is asked and nothing paid.

        Args:
            workspace: Who pays, and whose people are known.
            photo: From the gate.
            faces: All that were found in it.
            asked: For whom.

        Raises:
            VisionBusy: A search may be answered later; answers that came are kept, so nothing is paid twice.
        """
        boxes = [face.box for face in sorted(faces, key=lambda face: -face.box.area)]
        known = self._known(workspace, photo)
        search = _Search(self._asking, workspace, photo, boxes, revision=known.revision, channel=asked.channel)
        searched = self._search(search) if known.people and boxes else []
        alike = [None if one.alike is None else _live(one.alike, known) for one in searched]
        alike += [None] * (len(boxes) - len(alike))
        matches = who_is_who(boxes, alike, known.words)
        if searched:
            self._note(workspace, asked, matches)
        failures = dict.fromkeys(one.failure for one in searched if one.failure)
        return Recognised(matches, tuple(failures), tuple(one.price for one in searched))

    def look(self, workspace: str, photo: Photo, looked: Looked, asked: Asked) -> Looked:
        """Complete a look by whose the faces are that it found; see `__call__`."""
        faces = [one for one in looked.found.get("faces", ()) if isinstance(one, Face)]
        found = self(workspace, photo, faces, asked)
        return replace(
            looked,
            faces=found.faces,
            failures=tuple(dict.fromkeys((*looked.failures, *found.failures))),
            paid_calls=looked.paid_calls + sum(price > 0 for price in found.prices),
            cost=looked.cost + sum(found.prices),
        )

    def _known(self, workspace: str, photo: Photo) -> _Known:
        with self._storage.begin(workspace) as work:
            people = recognisable(work.people.everybody(), utc_now())
            words = (word for word in work.matches.words(photo.digest) if word.person in people)
            return _Known(frozenset(people), work.people.revision(), tuple(words))

    def _search(self, search: "_Search") -> list[_Searched]:
        with ThreadPoolExecutor(AT_ONCE, "search") as threads:
            return list(threads.map(search, search.boxes[: self._most]))

    def _note(self, workspace: str, asked: Asked, faces: Sequence[FaceMatch]) -> None:
        """Note the search for everybody who was found, or once where nobody was."""
        detail = {"channel": asked.channel, "file": asked.file, "faces": len(faces)}
        found = dict.fromkeys(face.person for face in faces if face.person)
        with self._storage.begin(workspace) as work:
            for person in found or ("",):
                work.audit.note(asked.by, "search", person, detail)


class _Search:
    """Searches for the faces of one photo; threads may share it.

    Attributes:
        boxes: All faces of the photo, largest first.
    """

    def __init__(
        self, asking: Asking, workspace: str, photo: Photo, boxes: Sequence[Box], *, revision: int, channel: str
    ) -> None:
        self.boxes = boxes
        self._asking = asking
        self._workspace = workspace
        self._photo = photo
        self._revision = revision
        self._channel = channel
        self._crops = Crops(photo)
        self._lock = Lock()

    def __call__(self, face: Box) -> _Searched:
        """Search for one face; what is refused leaves it unsearched.

        Raises:
            VisionBusy: To be asked again later.
        """
        region = around(face, self.boxes, self._photo.width)
        try:
            answer, price = self._answer(region)
        except VisionBusy:
            raise
        except (VisionError, BudgetSpent) as error:
            log.warning("%s: %s", SEARCH, error, exc_info=error.__cause__)
            return _Searched(failure=error.say)
        return _Searched(_alike(answer, face, region), price=price)

    def _answer(self, region: Region) -> tuple[Answer, int]:
        options = {
            "CollectionId": collection_of(self._workspace),
            "UserMatchThreshold": MAYBE,
            "MaxUsers": CANDIDATES,
            "QualityFilter": "NONE",
        }
        part = {**asdict(region), "revision": self._revision}
        question = self._asking.question(self._photo.digest, SEARCH, options, part)
        return self._asking.answer(
            self._workspace, question, partial(self._cut, region), options, channel=self._channel
        )

    def _cut(self, region: Region) -> bytes:
        with self._lock:
            return self._crops(region)


def _alike(answer: Mapping[str, Any], face: Box, region: Region) -> Mapping[str, float] | None:
    """Who looks like the face; None where it was not the one that was searched for."""
    searched = answer.get("SearchedFace", {}).get("FaceDetail", {}).get("BoundingBox")
    if searched is None or not is_searched(face, region, Box.of(searched)):
        return None
    return {match["User"]["UserId"]: match["Similarity"] for match in answer.get("UserMatches", ())}


def _live(alike: Mapping[str, float], known: _Known) -> Mapping[str, float]:
    return {person: similarity for person, similarity in alike.items() if person in known.people}
