"""IndexFaces, ListFaces and DeleteFaces: which faces are kept."""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

from bot.core.gallery import GalleryFace
from bot.core.geometry import Box
from bot.vision.embedded.boxes import box
from bot.vision.embedded.face_finder import MOST_FACES
from bot.vision.embedded.face_reader import FaceReader, SeenFace, reasons
from bot.vision.embedded.face_store import FaceStore, OpenGallery
from bot.vision.embedded.galleries import MODEL, PAGE, Answer, Request, after, changing, demand, page, reading
from bot.vision.embedded.pictures import opened

MOST_KEPT: Final = 20_000_000
"""Faces of a collection (developer guide, limits)."""


class Indexing:
    """Answers IndexFaces, ListFaces and DeleteFaces."""

    def __init__(self, store: FaceStore, reader: Callable[[], FaceReader]) -> None:
        self._store = store
        self._reader = reader

    def index(self, request: Request) -> Answer:
        """Keep the faces of a picture; the same picture under the same name again changes nothing."""
        demand(self._store, request["CollectionId"])
        good, poor = self._sorted(request)
        kept = [(self._kept(face, request), face.detail) for face in good]
        with changing(self._store, request["CollectionId"]) as gallery:
            records = _known(gallery, kept) or kept
            gallery.add([face for face, _ in kept] if records is kept else [])
        return {
            "FaceRecords": [{"Face": written(face), "FaceDetail": detail} for face, detail in records],
            "UnindexedFaces": [{"FaceDetail": face.detail, "Reasons": why} for face, why in poor],
            "FaceModelVersion": MODEL,
        }

    def show(self, request: Request) -> Answer:
        """List the faces of a collection, of a user, or those asked for."""
        limit = request.get("MaxResults") or PAGE
        with reading(self._store, request["CollectionId"]) as gallery:
            found = gallery.faces(request.get("FaceIds"), request.get("UserId", ""), after(request), limit + 1)
        faces, more = page(found, limit, lambda face: face.id)
        return {"Faces": [written(face) for face in faces], "FaceModelVersion": MODEL, **more}

    def delete(self, request: Request) -> Answer:
        """Delete faces that are nobody's."""
        wanted: list[str] = request["FaceIds"]
        with changing(self._store, request["CollectionId"]) as gallery:
            whose = {face.id: face.user for face in gallery.faces(wanted, "", "", len(wanted))}
            free = [face for face in dict.fromkeys(wanted) if whose.get(face) == ""]
            gallery.remove(free)
        deleted = {"DeletedFaces": free} if free else {}
        return {"UnsuccessfulFaceDeletions": [*_undeleted(wanted, whose)], **deleted}

    def _sorted(self, request: Request) -> tuple[list[SeenFace], list[tuple[SeenFace, Sequence[str]]]]:
        """Part the faces that are kept from those that are not, with the reasons."""
        faces = self._reader().faces(opened(request["Image"]))
        judged = [(face, reasons(face, request.get("QualityFilter", "AUTO"))) for face in faces]
        good = [face for face, why in judged if not why]
        most = min(request.get("MaxFaces", MOST_FACES), MOST_FACES)
        poor = [(face, why) for face, why in judged if why]
        return good[:most], [*((face, ["EXCEEDS_MAX_FACES"]) for face in good[most:]), *poor]

    def _kept(self, face: SeenFace, request: Request) -> GalleryFace:
        return GalleryFace(
            id=str(uuid4()),
            image=str(UUID(bytes=sha256(request["Image"]["Bytes"]).digest()[:16])),
            external_id=request.get("ExternalImageId", ""),
            box=Box.of(face.detail["BoundingBox"]),
            confidence=face.detail["Confidence"],
            vector=self._reader().vector(face).tobytes(),
        )


def written(face: GalleryFace) -> dict[str, Any]:
    """Write a `Face`."""
    named = {"ExternalImageId": face.external_id, "UserId": face.user}
    return {
        "FaceId": face.id,
        "ImageId": face.image,
        "BoundingBox": box(face.box.left, face.box.top, face.box.width, face.box.height),
        "Confidence": face.confidence,
        "IndexFacesModelVersion": MODEL,
        **{key: value for key, value in named.items() if value},
    }


def _known(
    gallery: OpenGallery, kept: Sequence[tuple[GalleryFace, dict[str, Any]]]
) -> list[tuple[GalleryFace, dict[str, Any]]]:
    """Find what was kept of the same picture under the same name, each face with what is seen of it."""
    if not kept or not kept[0][0].external_id:
        return []
    before = {face.box: face for face in gallery.taken_from(kept[0][0].image, kept[0][0].external_id)}
    return [(before[face.box], detail) for face, detail in kept if face.box in before]


def _undeleted(wanted: Iterable[str], whose: dict[str, str]) -> Iterable[dict[str, Any]]:
    for face in wanted:
        if face not in whose:
            yield {"FaceId": face, "Reasons": ["FACE_NOT_FOUND"]}
        elif whose[face]:
            yield {"FaceId": face, "UserId": whose[face], "Reasons": ["ASSOCIATED_TO_AN_EXISTING_USER"]}
