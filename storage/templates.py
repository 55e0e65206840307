"""Which faces the collection keeps, and which photos they came from."""

from collections.abc import Collection
from dataclasses import astuple
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core.geometry import Box
from bot.core.people import Template
from storage.models import TemplateRow
from storage.once import insert_once


class Templates:
    """The enrolment photos of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def keep(self, template: Template) -> None:
        """Keep a template in place of what was kept of these pixels for this person."""
        pixels = delete(TemplateRow).where(TemplateRow.workspace == self._workspace)
        pixels = pixels.where(TemplateRow.person == template.person, TemplateRow.digest == template.digest)
        self._session.execute(pixels)
        insert_once(
            self._session,
            TemplateRow,
            workspace=self._workspace,
            face=template.face,
            person=template.person,
            file=template.file,
            digest=template.digest,
            box=list(astuple(template.box)),
        )

    def knows(self, person: str, digest: str) -> bool:
        """Whether these pixels are an enrolment photo of somebody already."""
        return bool(self._found(TemplateRow.person == person, TemplateRow.digest == digest))

    def of(self, person: str) -> tuple[Template, ...]:
        """Somebody's enrolment photos, oldest first."""
        return self._found(TemplateRow.person == person)

    def of_file(self, file: str) -> tuple[Template, ...]:
        """The enrolment photos that came from a Slack file."""
        return self._found(TemplateRow.file == file, TemplateRow.file != "")

    def everybodys(self) -> tuple[Template, ...]:
        """All enrolment photos, person by person."""
        return self._found()

    def remove(self, faces: Collection[str]) -> None:
        """Delete what is known of faces."""
        mine = delete(TemplateRow).where(TemplateRow.workspace == self._workspace)
        self._session.execute(mine.where(TemplateRow.face.in_(set(faces))))

    def _found(self, *where: Any) -> tuple[Template, ...]:
        rows = select(TemplateRow).where(TemplateRow.workspace == self._workspace, *where)
        found = self._session.scalars(rows.order_by(TemplateRow.person, TemplateRow.at, TemplateRow.face))
        return tuple(
            Template(face=row.face, person=row.person, file=row.file, digest=row.digest, box=Box(*row.box))
            for row in found
        )
