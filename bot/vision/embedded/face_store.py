"""Where the embedded engine keeps its collections: a port that the memory fulfils."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from bot.core.gallery import Gallery, GalleryFace, GalleryUser


class OpenGallery(Protocol):
    """One collection in one transaction. Where it does not exist, nothing is found and nothing is changed."""

    def about(self) -> Gallery | None:
        """What it is; None where it does not exist."""
        ...

    def counts(self) -> tuple[int, int]:
        """How many faces and how many users it has."""
        ...

    def create(self, model: str, tags: dict[str, str]) -> bool:
        """Make it; False where it is there already."""
        ...

    def delete(self) -> None:
        """Delete it with all that is in it."""
        ...

    def tag(self, tags: dict[str, str]) -> None:
        """Label it with these, in place of those before."""
        ...

    def faces(self, ids: Collection[str] | None, user: str, after: str, limit: int) -> Sequence[GalleryFace]:
        """Faces in the order of their ids.

        Args:
            ids: Only these; None for all.
            user: Only this one's; empty for all.
            after: Only with greater ids.
            limit: At most so many.
        """
        ...

    def taken_from(self, image: str, external_id: str) -> Sequence[GalleryFace]:
        """The faces of a picture under the caller's name for it."""
        ...

    def add(self, faces: Collection[GalleryFace]) -> None:
        """Keep faces."""
        ...

    def remove(self, ids: Collection[str]) -> None:
        """Delete faces."""
        ...

    def users(self, after: str, limit: int) -> Sequence[GalleryUser]:
        """Users in the order of their ids, with greater ids than `after`."""
        ...

    def user(self, user: str) -> GalleryUser | None:
        """One user; None where there is none."""
        ...

    def add_user(self, user: str) -> bool:
        """Make a user without faces; False where there is one."""
        ...

    def remove_user(self, user: str) -> None:
        """Delete a user; their faces stay, as nobody's."""
        ...

    def give(self, ids: Collection[str], user: str) -> None:
        """Make faces somebody's, or nobody's again where `user` is empty."""
        ...

    def updating(self, user: str) -> None:
        """Note that somebody's faces were changed."""
        ...

    def settle(self) -> None:
        """Note that no user is updating any more."""
        ...

    def templates(self) -> Iterator[tuple[str, str, bytes]]:
        """Every face in the order of its user, nobody's first: its id, its user and its vector."""
        ...

    def answer_to(self, token: str) -> tuple[str, dict[str, Any]] | None:
        """What was asked under a token, and the answer; None where nothing was."""
        ...

    def keep_answer(self, token: str, asked: str, answer: dict[str, Any]) -> None:
        """Keep what was asked under a token, and the answer, for a day."""
        ...


class FaceStore(Protocol):
    """Every collection."""

    def reading(self, collection: str) -> AbstractContextManager[OpenGallery]:
        """Read in one transaction."""
        ...

    def changing(self, collection: str) -> AbstractContextManager[OpenGallery]:
        """Change in one transaction, one at a time for each collection; its revision is raised.

        Nothing is changed where the block raises.
        """
        ...

    def collections(self, after: str, limit: int) -> Sequence[Gallery]:
        """Collections in the order of their ids, with greater ids than `after`."""
        ...
