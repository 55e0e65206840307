"""SearchFaces, SearchFacesByImage, SearchUsers, SearchUsersByImage and CompareFaces: who looks like whom."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from bot.core.gallery import GalleryFace, GalleryUser
from bot.vision.embedded import face_index, face_scale
from bot.vision.embedded.face_index import FaceIndex, mean
from bot.vision.embedded.face_reader import NO_FACE, FaceReader, SeenFace, reasons
from bot.vision.embedded.face_scale import Vectors
from bot.vision.embedded.face_store import FaceStore, OpenGallery
from bot.vision.embedded.galleries import MODEL, Answer, Request, demand, reading
from bot.vision.embedded.indexing import written
from bot.vision.embedded.pictures import opened
from bot.vision.embedded.refusals import Refused
from bot.vision.embedded.users import known, status

LIKE: Final = 80.0
"""The least similarity that is told, where the request does not say."""
MOST_FACES, MOST_USERS = 80, 500
"""How many matches are told, where the request does not say."""

Matches = list[dict[str, Any]]


class Comparing:
    """Answers CompareFaces; nothing is kept."""

    def __init__(self, reader: Callable[[], FaceReader]) -> None:
        self._reader = reader

    def __call__(self, request: Request) -> Answer:
        """Compare the largest face of one picture with every face of another."""
        bar = request.get("QualityFilter", "NONE")
        source = self._reader().largest(opened(request["SourceImage"]), bar)
        targets = [face for face in self._reader().faces(opened(request["TargetImage"])) if not reasons(face, bar)]
        if not targets:
            raise Refused("InvalidParameterException", NO_FACE)
        likeness = self._likeness(source, targets)
        least = request.get("SimilarityThreshold", LIKE)
        matches = [{"Similarity": like, "Face": face.detail} for like, face in likeness if like >= least]
        return {
            "SourceImageFace": {key: source.detail[key] for key in ("BoundingBox", "Confidence")},
            "FaceMatches": sorted(matches, key=lambda match: -match["Similarity"]),
            "UnmatchedFaces": [face.detail for like, face in likeness if like < least],
        }

    def _likeness(self, source: SeenFace, targets: Sequence[SeenFace]) -> list[tuple[float, SeenFace]]:
        vector = self._reader().vector(source)
        return [(face_scale.percent(float(vector @ self._reader().vector(face))), face) for face in targets]


class Searching:
    """Answers the searches."""

    def __init__(self, store: FaceStore, reader: Callable[[], FaceReader]) -> None:
        self._store = store
        self._reader = reader
        self._index = FaceIndex()

    def faces(self, request: Request) -> Answer:
        """Find the faces that are like a kept one."""
        with reading(self._store, request["CollectionId"]) as gallery:
            face = _kept(gallery, request["FaceId"])
            matches = self._like_faces(gallery, _vector(face), request, but=face.id)
        return {"SearchedFaceId": face.id, "FaceMatches": matches, "FaceModelVersion": MODEL}

    def faces_by_image(self, request: Request) -> Answer:
        """Find the faces that are like the largest one in a picture."""
        demand(self._store, request["CollectionId"])
        face = self._reader().largest(opened(request["Image"]), request.get("QualityFilter", "NONE"))
        vector = self._reader().vector(face)
        with reading(self._store, request["CollectionId"]) as gallery:
            matches = self._like_faces(gallery, vector, request)
        return {
            "SearchedFaceBoundingBox": face.detail["BoundingBox"],
            "SearchedFaceConfidence": face.detail["Confidence"],
            "FaceMatches": matches,
            "FaceModelVersion": MODEL,
        }

    def users(self, request: Request) -> Answer:
        """Find the users who are like a kept face, or like another user."""
        if ("UserId" in request) == ("FaceId" in request):
            raise Refused("InvalidParameterException")
        with reading(self._store, request["CollectionId"]) as gallery:
            if "UserId" in request:
                vectors, asked = _of_user(gallery, request["UserId"]), {"SearchedUser": {"UserId": request["UserId"]}}
            else:
                face = _kept(gallery, request["FaceId"])
                vectors, asked = [_vector(face)], {"SearchedFace": {"FaceId": face.id}}
            but = request.get("UserId", "")
            matches = [match for vector in vectors for match in self._like_users(gallery, vector, request, but=but)]
        return {"UserMatches": matches, "FaceModelVersion": MODEL, **asked}

    def users_by_image(self, request: Request) -> Answer:
        """Find the users who are like the largest face in a picture; a picture without one is no error here."""
        demand(self._store, request["CollectionId"])
        faces = self._reader().faces(opened(request["Image"]))
        judged = [(face, reasons(face, request.get("QualityFilter", "NONE"))) for face in faces]
        searched = next((face for face, why in judged if not why), None)
        others = [
            {"FaceDetails": face.detail, "Reasons": [*why] or ["FACE_NOT_LARGEST"]}
            for face, why in judged
            if face is not searched
        ]
        answer = {"UserMatches": [], "UnsearchedFaces": others, "FaceModelVersion": MODEL}
        return answer | (self._searched(searched, request) if searched else {})

    def _searched(self, face: SeenFace, request: Request) -> Answer:
        vector = self._reader().vector(face)
        with reading(self._store, request["CollectionId"]) as gallery:
            matches = self._like_users(gallery, vector, request)
        return {"UserMatches": matches, "SearchedFace": {"FaceDetail": face.detail}}

    def _like_faces(self, gallery: OpenGallery, vector: Vectors, request: Request, but: str = "") -> Matches:
        most = request.get("MaxFaces", MOST_FACES)
        near = self._index.table(gallery, face_index.faces).near(
            vector, request.get("FaceMatchThreshold", LIKE), most + 1
        )
        told = [(face, like) for face, like in near if face != but][:most]
        faces = {face.id: face for face in gallery.faces([face for face, _ in told], "", "", most)}
        return [{"Similarity": like, "Face": written(faces[face])} for face, like in told if face in faces]

    def _like_users(self, gallery: OpenGallery, vector: Vectors, request: Request, but: str = "") -> Matches:
        most = request.get("MaxUsers", MOST_USERS)
        near = self._index.table(gallery, face_index.users).near(
            vector, request.get("UserMatchThreshold", LIKE), most + 1
        )
        told = [(user, like) for user, like in near if user != but][:most]
        users = ((gallery.user(user), like) for user, like in told)
        return [{"Similarity": like, "User": _matched(user)} for user, like in users if user]


def _matched(user: GalleryUser) -> dict[str, str]:
    return {"UserId": user.id, "UserStatus": status(user)}


def _kept(gallery: OpenGallery, face: str) -> GalleryFace:
    found = gallery.faces([face], "", "", 1)
    if not found:
        raise Refused("ResourceNotFoundException", f"The face id: {face} does not exist")
    return found[0]


def _vector(face: GalleryFace) -> Vectors:
    return np.frombuffer(face.vector, np.float32)


def _of_user(gallery: OpenGallery, user: str) -> list[Vectors]:
    """A user's vector; none where they have no face."""
    faces = gallery.faces(None, known(gallery, user).id, "", MOST_USERS)
    return [mean(face.vector for face in faces)] if faces else []
