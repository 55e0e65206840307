"""CreateUser, DeleteUser, ListUsers, AssociateFaces and DisassociateFaces: whose the faces are."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from bot.core.gallery import GalleryFace, GalleryUser
from bot.vision.embedded import face_scale
from bot.vision.embedded.face_index import mean
from bot.vision.embedded.face_store import FaceStore, OpenGallery
from bot.vision.embedded.galleries import Answer, Request, after, changing, once, page, reading
from bot.vision.embedded.refusals import Refused

MOST_FACES: Final = 100
"""Faces of one user (developer guide, limits)."""
USERS_PAGE: Final = 500
OWN_MATCH: Final = 75.0
"""How like a user's other faces a new one must be, where the request does not say."""


class Users:
    """Answers the operations on users."""

    def __init__(self, store: FaceStore) -> None:
        self._store = store

    def create(self, request: Request) -> Answer:
        """Make a user without faces."""
        with changing(self._store, request["CollectionId"]) as gallery:
            return once(gallery, "CreateUser", request, partial(_create, gallery, request["UserId"]))

    def delete(self, request: Request) -> Answer:
        """Delete a user; their faces stay, as nobody's."""
        with changing(self._store, request["CollectionId"]) as gallery:
            return once(gallery, "DeleteUser", request, partial(_delete, gallery, request["UserId"]))

    def show(self, request: Request) -> Answer:
        """List the users. Who was updating is active for whoever asks next, as when the service has worked a while."""
        limit = request.get("MaxResults", USERS_PAGE)
        with reading(self._store, request["CollectionId"]) as gallery:
            users, more = page(gallery.users(after(request), limit + 1), limit, lambda user: user.id)
            if any(user.updating for user in users):
                gallery.settle()
        return {"Users": [{"UserId": user.id, "UserStatus": status(user)} for user in users], **more}

    def associate(self, request: Request) -> Answer:
        """Make faces somebody's, where they are like the faces that this somebody has."""
        with changing(self._store, request["CollectionId"]) as gallery:
            return once(gallery, "AssociateFaces", request, partial(_associate, gallery, request))

    def disassociate(self, request: Request) -> Answer:
        """Make somebody's faces nobody's."""
        with changing(self._store, request["CollectionId"]) as gallery:
            return once(gallery, "DisassociateFaces", request, partial(_disassociate, gallery, request))


def status(user: GalleryUser) -> str:
    """Tell a user's status in Rekognition's words."""
    if user.updating:
        return "UPDATING"
    return "ACTIVE" if user.faces else "CREATED"


def known(gallery: OpenGallery, user: str) -> GalleryUser:
    """Hand out a user.

    Raises:
        Refused: There is none.
    """
    found = gallery.user(user)
    if found is None:
        raise Refused("ResourceNotFoundException", f"The user id: {user} does not exist")
    return found


def _create(gallery: OpenGallery, user: str) -> Answer:
    if not gallery.add_user(user):
        raise Refused("ConflictException")
    return {}


def _delete(gallery: OpenGallery, user: str) -> Answer:
    known(gallery, user)
    gallery.remove_user(user)
    return {}


def _associate(gallery: OpenGallery, request: Request) -> Answer:
    user, wanted = request["UserId"], list(dict.fromkeys(request["FaceIds"]))
    known(gallery, user)
    theirs = list(gallery.faces(None, user, "", MOST_FACES))
    given: list[str] = []
    refused: list[dict[str, Any]] = []
    faces = {face.id: face for face in gallery.faces(wanted, "", "", len(wanted))}
    for id_ in wanted:
        why = _unlike(faces.get(id_), user, theirs, request.get("UserMatchThreshold", OWN_MATCH))
        if why:
            refused.append({"FaceId": id_, **why})
        elif faces[id_].user != user:
            theirs.append(faces[id_])
            given.append(id_)
    return _changed(gallery, user, given, user) | {
        "AssociatedFaces": [{"FaceId": id_} for id_ in given],
        "UnsuccessfulFaceAssociations": refused,
    }


def _unlike(face: GalleryFace | None, user: str, theirs: Sequence[GalleryFace], least: float) -> Mapping[str, Any]:
    """Tell why a face cannot be somebody's; empty where it can, or is."""
    if face is None or face.user not in {"", user}:
        return _elsewhere(face)
    if face.user == user:
        return {}
    if len(theirs) >= MOST_FACES:
        raise Refused("ServiceQuotaExceededException", f"A user can have {MOST_FACES} faces.")
    like = _likeness(face, theirs) if theirs else 100.0
    return {"Confidence": like, "Reasons": ["LOW_MATCH_CONFIDENCE"]} if like < least else {}


def _elsewhere(face: GalleryFace | None) -> Mapping[str, Any]:
    if face is None:
        return {"Reasons": ["FACE_NOT_FOUND"]}
    return {"UserId": face.user, "Reasons": ["ASSOCIATED_TO_A_DIFFERENT_USER"]}


def _likeness(face: GalleryFace, theirs: Sequence[GalleryFace]) -> float:
    vector = np.frombuffer(face.vector, np.float32)
    return face_scale.percent(float(vector @ mean(one.vector for one in theirs)))


def _disassociate(gallery: OpenGallery, request: Request) -> Answer:
    user, wanted = request["UserId"], list(dict.fromkeys(request["FaceIds"]))
    known(gallery, user)
    faces = {face.id: face for face in gallery.faces(wanted, "", "", len(wanted))}
    freed = [id_ for id_ in wanted if id_ in faces and faces[id_].user == user]
    others = [id_ for id_ in wanted if id_ not in faces or faces[id_].user not in {"", user}]
    return _changed(gallery, user, freed, "") | {
        "DisassociatedFaces": [{"FaceId": id_} for id_ in freed],
        "UnsuccessfulFaceDisassociations": [{"FaceId": id_, **_elsewhere(faces.get(id_))} for id_ in others],
    }


def _changed(gallery: OpenGallery, user: str, faces: Sequence[str], whose: str) -> Answer:
    """Give faces to `whose`, and note it of the user."""
    if faces:
        gallery.give(faces, whose)
        gallery.updating(user)
    return {"UserStatus": status(known(gallery, user))}
