"""Who agreed to be known, and the revision of the workspace's collection of faces."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.core.people import Person
from storage.models import (
    CollectionRow,
    ConsentRow,
    ErasureRow,
    FaceMatchRow,
    FaceWordRow,
    FindMeRow,
    InvitationRow,
    PersonRow,
    TemplateRow,
)
from storage.once import changed, insert_once

KNOWN: Final = "known"
FORGOTTEN: Final = "forgotten"
"""The state of whoever is nobody any more: no read of this file finds them."""

OF_PHOTOS: Final = (FaceMatchRow, FaceWordRow, FindMeRow)
"""Where it is told in which photos people are."""


class People:
    """The people of one workspace. Whoever was forgotten is not found, from the very transaction on that says so."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def add(self, person: Person, added_by: str) -> bool:
        """Make somebody known; False where this member of the workspace is known already."""
        return insert_once(
            self._session,
            PersonRow,
            workspace=self._workspace,
            id=person.id,
            user=person.user,
            name=person.name,
            state=KNOWN,
            find_me=person.find_me,
            show_name=person.show_name,
            added_by=added_by,
            expires_at=person.expires_at,
        )

    def of_id(self, person: str) -> Person | None:
        """Somebody by their id."""
        return next(iter(self._people(PersonRow.id == person)), None)

    def of_user(self, user: str) -> Person | None:
        """Somebody by their Slack id."""
        return next(iter(self._people(PersonRow.user == user, PersonRow.user != "")), None)

    def of_name(self, name: str) -> Person | None:
        """Somebody from outside the workspace, by their very name."""
        return next(iter(self._people(PersonRow.name == name, PersonRow.user == "")), None)

    def among(self, persons: Collection[str]) -> tuple[Person, ...]:
        """Those of several people, by their ids, who are known."""
        return self._people(PersonRow.id.in_(persons))

    def everybody(self) -> tuple[Person, ...]:
        """Everybody who is known, by name."""
        return self._people()

    def count(self) -> int:
        """How many people are known."""
        mine = PersonRow.workspace == self._workspace, PersonRow.state != FORGOTTEN
        return self._session.scalar(select(func.count()).select_from(PersonRow).where(*mine)) or 0

    def added_by(self, person: str) -> str:
        """Who made somebody known: their own Slack id, or an admin's."""
        return self._session.scalar(select(PersonRow.added_by).where(*self._is(person))) or ""

    def settle(self, person: str, *, show_name: bool) -> None:
        """Keep whether others may read somebody's name."""
        self._change(person, show_name=show_name)

    def hold(self, person: str) -> bool:
        """Let nobody forget somebody until this transaction ends; False where they were forgotten already."""
        return self._change(person, state=KNOWN)

    def prolong(self, person: str, until: datetime) -> None:
        """Let somebody's consent end later."""
        self._change(person, expires_at=until)

    def forget(self, person: str) -> bool:
        """Make somebody nobody, at once; False where they are already."""
        return self._change(person, state=FORGOTTEN)

    def remove(self, person: str) -> None:
        """Delete somebody's row."""
        self._session.execute(delete(PersonRow).filter_by(workspace=self._workspace, id=person))

    def remove_everybody(self) -> None:
        """Delete all that is known of people and their faces in this workspace."""
        for table in (PersonRow, ConsentRow, InvitationRow, TemplateRow, ErasureRow, CollectionRow, *OF_PHOTOS):
            self._session.execute(delete(table).where(table.workspace == self._workspace))

    def revision(self) -> int:
        """The revision of the collection: part of the key of every stored search."""
        return self._session.scalar(select(CollectionRow.revision).filter_by(workspace=self._workspace)) or 0

    def raise_revision(self) -> None:
        """Make every stored search unused: somebody was enrolled, forgotten, or is not who was thought."""
        insert_once(self._session, CollectionRow, workspace=self._workspace, model="", revision=0)
        mine = update(CollectionRow).filter_by(workspace=self._workspace)
        self._session.execute(mine.values(revision=CollectionRow.revision + 1))

    def model(self) -> str:
        """The version of the model that made the collection's faces; empty where nobody was enrolled yet."""
        return self._session.scalar(select(CollectionRow.model).filter_by(workspace=self._workspace)) or ""

    def note_model(self, model: str) -> None:
        """Keep the version of the model that makes the collection's faces."""
        insert_once(self._session, CollectionRow, workspace=self._workspace, model=model, revision=0)
        self._session.execute(update(CollectionRow).filter_by(workspace=self._workspace).values(model=model))

    def _people(self, *where: Any) -> tuple[Person, ...]:
        photos = (
            select(func.count())
            .where(TemplateRow.workspace == PersonRow.workspace, TemplateRow.person == PersonRow.id)
            .scalar_subquery()
        )
        rows = select(PersonRow, photos).filter_by(workspace=self._workspace).where(PersonRow.state != FORGOTTEN)
        found = self._session.execute(rows.where(*where).order_by(PersonRow.name, PersonRow.id))
        return tuple(_person(row, count) for row, count in found)

    def _is(self, person: str) -> tuple[Any, ...]:
        return PersonRow.workspace == self._workspace, PersonRow.id == person, PersonRow.state != FORGOTTEN

    def _change(self, person: str, **values: Any) -> bool:
        return changed(self._session, update(PersonRow).where(*self._is(person)).values(**values))


def _person(row: PersonRow, photos: int) -> Person:
    return Person(
        id=row.id,
        user=row.user,
        name=row.name,
        state="enrolled" if photos else "consented",
        find_me=row.find_me,
        show_name=row.show_name,
        photos=photos,
        expires_at=row.expires_at,
    )
