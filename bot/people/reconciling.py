"""The memory and the engine compared, face by face: each keeps what the other knows of, and nothing else."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from bot.core.consent import utc_now
from bot.core.gallery import collection_of
from bot.core.people import Template
from bot.errors import VisionMissing
from bot.people.traces import Traces
from bot.vision.faces import Faces, KeptFace
from storage import Storage

RECONCILE_SECONDS: Final = 86_400.0
_UNDER_WAY: Final = timedelta(hours=12)
"""What does not fit yet may be an enrolment, or `spotter reindex`, under way: it must be found again after so long."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class Reconciling:
    """Deletes faces that no enrolment photo stands for, and enrolment photos whose face is gone.

    Args:
        storage: The memory.
        faces: The engine.
        traces: Takes faces out of it.
        now: The moment, in UTC, without a zone.
    """

    def __init__(
        self, *, storage: Storage, faces: Faces, traces: Traces, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._storage = storage
        self._faces = faces
        self._traces = traces
        self._now = now

    def reconcile(self, _job: str, payload: Mapping[str, Any]) -> None:
        """Compare a workspace's faces: a job, which may be run again at any time.

        Nothing is done where the engine has no such collection, or made it with another model: then another engine or
        account looks than the one that learned these faces.
        """
        workspace = payload["workspace"]
        with self._storage.begin(workspace) as work:
            templates, model = {one.face: one for one in work.templates.everybodys()}, work.people.model()
        kept = self._kept(workspace, model)
        if kept is None:
            return
        self._delete_orphans(workspace, [face for name, face in kept.items() if name not in templates])
        self._drop_templates(workspace, [one for name, one in templates.items() if name not in kept])

    def _kept(self, workspace: str, model: str) -> Mapping[str, KeptFace] | None:
        collection = collection_of(workspace)
        try:
            if not model or self._faces.describe(collection).model != model:
                return None
            return {face.face: face for face in self._faces.faces(collection)}
        except VisionMissing:
            return None

    def _delete_orphans(self, workspace: str, orphans: Collection[KeptFace]) -> None:
        for face in self._found_again(workspace, {face.face: face for face in orphans}):
            log.warning("the face %s in the collection of %s belongs to no enrolment photo", face.face, workspace)
            self._traces.drop_faces(workspace, [face.face], face.user)

    def _drop_templates(self, workspace: str, templates: Collection[Template]) -> None:
        for template in self._found_again(workspace, {one.face: one for one in templates}):
            log.warning("the face %s of %s is not in the collection any more", template.face, template.person)
            with self._storage.begin(workspace) as work:
                work.templates.remove([template.face])
                work.people.raise_revision()
                work.audit.note("spotter", "lose", template.person)

    def _found_again(self, workspace: str, faces: Mapping[str, T]) -> list[T]:
        """Those that were found already a while ago; the others are remembered from now on."""
        with self._storage.begin(workspace) as work:
            since = {face: work.notices.since(f"alone:{face}") for face in faces}
        return [faces[face] for face, at in since.items() if at <= self._now() - _UNDER_WAY]
