"""What the engine keeps of somebody, taken out of it."""

import logging
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from uuid import uuid4

from bot.asking import Asking
from bot.core.gallery import collection_of
from bot.errors import VisionBusy, VisionMissing, VisionPartly
from bot.vision.faces import Faces

log = logging.getLogger(__name__)


class Traces:
    """Takes faces and users out of a workspace's collection; each method may be run again at any time."""

    def __init__(self, faces: Faces, asking: Asking) -> None:
        self._faces = faces
        self._asking = asking

    def wipe(self, workspace: str, person: str) -> None:
        """Delete all that the engine keeps of somebody, and look that nothing is left.

        Raises:
            VisionBusy: Something is left; to be tried again.
        """
        with suppress(VisionMissing):  # there is no collection
            self._delete_user(workspace, person)
            self._delete(workspace, self._of(workspace, person))
            if self._of(workspace, person) or self._is_known(workspace, person):
                raise VisionBusy("The photo service still knows a face that was deleted; I will try again.")

    def drop_faces(self, workspace: str, faces: Collection[str], person: str = "") -> None:
        """Delete single faces: nobody's, or one person's."""
        if not faces:
            return
        with suppress(VisionMissing):
            if person:
                self._let_go(workspace, person, faces)
            self._delete(workspace, faces)

    def tidy(self, workspace: str, person: str, kept: Collection[str]) -> None:
        """Delete those of somebody's faces that are not among the kept: an enrolment that broke off left them."""
        with suppress(VisionMissing):
            self.drop_faces(workspace, [face for face in self._of(workspace, person) if face not in kept], person)

    def keep_only(self, workspace: str, persons: Collection[str]) -> None:
        """Delete what the engine keeps of anybody else, such as after a crash or from before a restored backup."""
        collection = collection_of(workspace)
        with suppress(VisionMissing):
            faces = (face.external_id.partition(".")[0] or face.user for face in self._faces.faces(collection))
            known = {*faces, *(one.user for one in self._faces.users(collection))}
            for person in known - {*persons}:
                log.warning("the collection of %s still knew %s", workspace, person)
                self.wipe(workspace, person)

    def delete_all(self, workspace: str) -> None:
        """Delete a workspace's collection."""
        delete = partial(self._faces.delete, collection_of(workspace))
        self._asking.paid(workspace, "delete_collection", {}, delete)

    def _delete_user(self, workspace: str, person: str) -> None:
        delete = partial(self._faces.delete_user, collection_of(workspace), person, _token())
        self._asking.paid(workspace, "delete_user", {}, delete)

    def _let_go(self, workspace: str, person: str, faces: Collection[str]) -> None:
        with suppress(VisionMissing, VisionPartly):  # there is no such user, or a face is another's, and stays
            let_go = partial(self._faces.disassociate, collection_of(workspace), person, faces, _token())
            self._asking.paid(workspace, "disassociate_faces", {}, let_go)

    def _delete(self, workspace: str, faces: Collection[str]) -> None:
        if faces:
            delete = partial(self._faces.delete_faces, collection_of(workspace), faces)
            self._asking.paid(workspace, "delete_faces", {}, delete)

    def _of(self, workspace: str, person: str) -> list[str]:
        kept = self._faces.faces(collection_of(workspace))
        return [one.face for one in kept if one.user == person or one.external_id.startswith(f"{person}.")]

    def _is_known(self, workspace: str, person: str) -> bool:
        return any(one.user == person for one in self._faces.users(collection_of(workspace)))


def _token() -> str:
    """A new one each time: deleting twice does no harm, and an old answer must not stand in for a new deletion."""
    return uuid4().hex
