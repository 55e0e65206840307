"""Who is being forgotten: each stands here until the last trace is gone, so that nobody is forgotten halfway."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.share import Share
from storage.models import ErasureRow
from storage.once import insert_once

Why = Literal["asked", "removed", "left", "expired", "photos gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Somebody who is being forgotten.

    Attributes:
        person: Their id.
        user: Their Slack id; empty for people outside the workspace.
        by: Who asked for it: a Slack user's id, or `spotter`.
        why: What for.
        told: The photos whose answers told of them; known once the faces are gone.
    """

    person: str
    user: str
    by: str
    why: Why
    told: tuple[Share, ...] = ()


class Erasures:
    """The erasures of one workspace that are under way."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def begin(self, erasure: Erasure) -> None:
        """Note that somebody is to be forgotten."""
        row = {"person": erasure.person, "user": erasure.user, "by": erasure.by, "why": erasure.why, "told": []}
        insert_once(self._session, ErasureRow, workspace=self._workspace, **row)

    def of(self, person: str) -> Erasure | None:
        """Somebody's erasure; None where it is over, or never was."""
        row = self._session.scalars(select(ErasureRow).filter_by(workspace=self._workspace, person=person)).first()
        return _erasure(row) if row else None

    def open(self) -> tuple[str, ...]:
        """The ids of all who are being forgotten."""
        return tuple(self._session.scalars(select(ErasureRow.person).filter_by(workspace=self._workspace)))

    def add_told(self, person: str, shares: Sequence[Share]) -> None:
        """Keep which answers are still to be brought up to date."""
        row = update(ErasureRow).filter_by(workspace=self._workspace, person=person)
        before = self.of(person)
        told = [asdict(share) for share in dict.fromkeys([*(before.told if before else ()), *shares])]
        self._session.execute(row.values(told=told))

    def end(self, person: str) -> None:
        """Forget that somebody was forgotten."""
        self._session.execute(delete(ErasureRow).filter_by(workspace=self._workspace, person=person))


def _erasure(row: ErasureRow) -> Erasure:
    told = tuple(Share(**share) for share in row.told)
    return Erasure(person=row.person, user=row.user, by=row.by, why=row.why, told=told)  # type: ignore[arg-type]  # written here
