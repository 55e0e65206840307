"""Exact search over everybody in a collection, in memory until the collection's revision changes."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from typing import Final

import numpy as np

from bot.vision.embedded import face_scale
from bot.vision.embedded.face_scale import Vectors
from bot.vision.embedded.face_store import OpenGallery

MOST_KEPT: Final = 16
"""How many tables are kept: the faces or the users of a collection are one. 100,000 faces take 51 MB."""


@dataclass(frozen=True, slots=True)
class Table:
    """Who is where.

    Attributes:
        ids: Of faces or of users.
        rows: Their vectors, of length 1.
    """

    ids: list[str]
    rows: Vectors

    def near(self, vector: Vectors, least: float, most: int) -> list[tuple[str, float]]:
        """Tell whose vector is near, nearest first, with similarities, 0 to 100.

        Args:
            vector: 128 numbers of length 1.
            least: The least similarity, 0 to 100.
            most: How many are told.
        """
        cosines = self.rows @ vector
        near = np.flatnonzero(cosines >= face_scale.cosine_of(least) - 1e-6)
        best = near[np.argsort(-cosines[near], kind="stable")[:most]]
        return [(self.ids[place], face_scale.percent(float(cosines[place]))) for place in best]


Load = Callable[[OpenGallery], Table]


class FaceIndex:
    """The tables that were searched last; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, Load], tuple[str, Table]] = OrderedDict()

    def table(self, gallery: OpenGallery, load: Load) -> Table:
        """Hand out the table of an existing collection as it is now, also where another process changed it."""
        about = gallery.about()
        if about is None:
            return Table([], np.zeros((0, face_scale.LENGTH), np.float32))
        stamp = f"{about.made_at} {about.revision}"
        with self._lock:
            kept = self._kept.pop((about.id, load), None)
            table = kept[1] if kept and kept[0] == stamp else load(gallery)
            self._kept[about.id, load] = stamp, table
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return table


def faces(gallery: OpenGallery) -> Table:
    """Load every face; the vectors are in memory once."""
    ids, vectors = [], bytearray()
    for face, _, vector in gallery.templates():
        ids.append(face)
        vectors += vector
    return Table(ids, np.frombuffer(vectors, np.float32).reshape(-1, face_scale.LENGTH))


def users(gallery: OpenGallery) -> Table:
    """Load every user who has faces: a user's vector is the mean of their faces' vectors, at length 1.

    Of one face it is that face; of more, what is by chance in one picture is averaged out (benchmarks/faces.py).
    """
    ids, rows = [], []
    for user, theirs in groupby(gallery.templates(), key=lambda template: template[1]):
        if user:
            ids.append(user)
            rows.append(mean(vector for _, _, vector in theirs))
    return Table(ids, np.array(rows, np.float32).reshape(-1, face_scale.LENGTH))


def mean(vectors: Iterable[bytes]) -> Vectors:
    """Tell what the faces of one person have in common."""
    return face_scale.of_length_one(np.mean([np.frombuffer(vector, np.float32) for vector in vectors], axis=0))
