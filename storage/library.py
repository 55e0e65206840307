"""Photos found again by what they show: labels, text, celebrities, bibs and people together, newest first.

Every search is of one workspace and of the channels that the asker can open now; without a channel nothing is found.
A search goes from the newest photo down through those of its rarest part, and asks of each whether it has the rest.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, desc, func, literal, not_, select
from sqlalchemy.orm import Session, aliased

from bot.core import photo_terms
from bot.core.library_query import LibraryQuery, Wanted
from bot.core.share import Share
from bot.core.sightings import Page, Sighting
from storage.among import among
from storage.indexing import seconds
from storage.models import BibRow, FaceMatchRow, PhotoTermRow, ShareRow
from storage.shares import share_of

MOST_COUNTED: Final = 200
"""Photos that are counted; of more it is said that there are more."""
MOST_COMPARED: Final = 20_000
"""Photos up to which it is found out which of several terms is the rarest."""
SAMPLE: Final = 500
"""How many of the newest photos tell which words are known."""

_TAKEN: Final = func.coalesce(ShareRow.taken, ShareRow.seen_at)
_SHARE: Final = tuple(getattr(ShareRow, field.name) for field in fields(Share))

People = Mapping[str, Collection[str]]
"""The ids of those who are meant by each name that was asked for."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """One row for each photo that shows something: its number, channel and moment; `held` makes that of a datetime."""

    where: Sequence[ColumnElement[bool]]
    share: SQLColumnExpression[int]
    channel: SQLColumnExpression[str]
    moment: SQLColumnExpression[Any]
    held: Callable[[datetime], Any]

    def has(self, share: SQLColumnExpression[int]) -> ColumnElement[bool]:
        """Whether a photo shows it, looked up for each photo: as EXISTS a database may begin with all that show it."""
        return select(literal(1)).where(self.share == share, *self.where).limit(1).scalar_subquery().is_not(None)


class Library:
    """The photos of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def find(
        self, query: LibraryQuery, channels: frozenset[str], people: People, *, limit: int, offset: int = 0
    ) -> Page:
        """Photos that show all that is asked for, newest first; no more than `MOST_COUNTED` and one are counted."""
        found, there = self._found(query, people), {"channels": channels}
        newest = found.order_by(desc("moment"), desc("id")).limit(limit).offset(offset).subquery()
        photos = select(*_SHARE, _TAKEN.label("moment")).join(newest, newest.c.id == ShareRow.id)
        rows = self._session.execute(photos.order_by(newest.c.moment.desc(), newest.c.id.desc()), there)
        sightings = tuple(Sighting(share=share_of(row), moment=row.moment) for row in rows)
        counted = select(func.count()).select_from(found.limit(MOST_COUNTED + 1).subquery())
        return Page(sightings, self._session.scalar(counted, there) or 0, offset)

    def words(self, channels: frozenset[str]) -> frozenset[str]:
        """The words by which the newest photos of some channels are found: of labels, and of text in them."""
        newest = self._found(LibraryQuery(), {}).order_by(desc("moment"), desc("id")).limit(SAMPLE).subquery()
        row = aliased(PhotoTermRow)
        theirs = select(row.term).select_from(newest).join(row, row.share_id == newest.c.id).distinct()
        found = self._session.scalars(theirs.where(row.workspace == self._workspace), {"channels": channels})
        return frozenset(word for word in found if word and ":" not in word)

    def _found(self, query: LibraryQuery, people: People) -> Select[int, Any]:
        """The numbers and moments of the photos that show all that is asked for."""
        shown = [part for one in query.wanted if not one.without for part in self._parts(one, people)]
        first = self._rarest(shown or [self._termed(photo_terms.ANY_PHOTO)])
        rest = (part.has(first.share) for part in shown if part is not first)
        hidden = (
            not_(and_(*(part.has(first.share) for part in self._parts(one, people))))
            for one in query.wanted
            if one.without
        )
        where = (*first.where, among(first.channel, "channels"), *_within(first, query), *rest, *hidden)
        return select(first.share.label("id"), first.moment.label("moment")).where(*where)

    def _rarest(self, shown: Sequence[_Shown]) -> _Shown:
        return shown[0] if len(shown) == 1 else min(shown, key=self._photos_of)

    def _photos_of(self, shown: _Shown) -> int:
        """How many photos show something, in all channels; where that is common they are not counted out."""
        some = select(shown.share).where(*shown.where).limit(MOST_COMPARED).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0

    def _parts(self, one: Wanted, people: People) -> Iterator[_Shown]:
        """What a photo must show, all of it, to show what is wanted."""
        match one.kind:
            case "bib":
                yield self._numbered(one.value)
            case "person":
                yield self._probably(people[one.value])
            case _:
                yield from map(self._termed, one.terms)

    def _termed(self, term: str) -> _Shown:
        row = aliased(PhotoTermRow)
        where = (row.workspace == self._workspace, row.term == term)
        return _Shown(where, row.share_id, row.channel, row.moment, seconds)

    def _numbered(self, number: str) -> _Shown:
        row = aliased(BibRow)
        where = (row.workspace == self._workspace, row.number == number, row.state != "refused")
        return _Shown(where, row.share_id, row.channel, row.moment, _itself)

    def _probably(self, persons: Collection[str]) -> _Shown:
        face, row = aliased(FaceMatchRow), aliased(ShareRow)
        theirs = (face.workspace == self._workspace, face.person.in_(persons), face.state == "probably")
        where = (row.workspace == self._workspace, row.id.in_(select(face.share_id).where(*theirs)))
        return _Shown(where, row.id, row.channel, func.coalesce(row.taken, row.seen_at), _itself)


def _within(shown: _Shown, query: LibraryQuery) -> Iterator[ColumnElement[bool]]:
    if query.since:
        yield shown.moment >= shown.held(query.since)
    if query.until:
        yield shown.moment < shown.held(query.until)


def _itself(moment: datetime) -> datetime:
    return moment
