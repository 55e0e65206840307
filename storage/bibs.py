"""Bibs found again: by number, by pattern, by a runner's name, or because there is none.

Every search is of one workspace and of the channels that the asker can open now; without a channel nothing is found.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from bot.core import bib_numbers
from bot.core.geometry import Box
from bot.core.share import Share
from bot.core.sightings import PAGE, NearMiss, Page, Sighting
from storage.among import among
from storage.models import BibRow, RunnerRow, ShareRow
from storage.shares import share_of
from storage.start_lists import Runner, StartLists
from storage.tenancy import NAMES_WORKSPACE

_RANK: Final = BibRow.confidence + case((BibRow.asserted, 100.0), else_=0.0)
"""What may be asserted comes before what may not."""
_BEST: Final = (_RANK.desc(), BibRow.moment, BibRow.id)
_MOMENT: Final = func.coalesce(ShareRow.taken, ShareRow.seen_at).label("moment")
_SHARE: Final = tuple(getattr(ShareRow, field.name) for field in fields(Share))


class Bibs:
    """The bibs of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def find(self, numbers: Collection[str], channels: frozenset[str], *, limit: int = PAGE, offset: int = 0) -> Page:
        """Photos with any of the numbers: surest first, then by time; each photo once, with its best match."""
        found = _BY_ONE_NUMBER if len(numbers) == 1 else _BY_NUMBERS
        return self._page(found, channels, limit, offset, numbers=numbers)

    def matching(self, pattern: str, channels: frozenset[str], *, limit: int = PAGE, offset: int = 0) -> Page:
        """Photos whose bib fits a pattern, in which each `?` is a digit or a letter."""
        return self.find(bib_numbers.fitting(pattern), channels, limit=limit, offset=offset)

    def of_name(self, name: str, channels: frozenset[str], *, limit: int = PAGE, offset: int = 0) -> Page:
        """Photos of the runners of that name, each in the channels whose start list has it."""
        runners = StartLists(self._session, self._workspace).called(name, channels)
        if not runners:
            return Page()
        numbers = {runner.number for runner in runners}
        return self._page(_page(_worn_by(runners)), channels, limit, offset, numbers=numbers)

    def of_share(self, share: Share) -> tuple[Sighting, ...]:
        """The bibs that are asserted in a photo, surest first."""
        here = (
            ShareRow.workspace == self._workspace,
            ShareRow.channel == share.channel,
            ShareRow.ts == share.ts,
            ShareRow.file == share.file,
            BibRow.asserted,
        )
        return tuple(map(_sighting, self._session.execute(_told().where(*here).order_by(*_BEST))))

    def without_bib(self, channels: frozenset[str], *, limit: int = PAGE, offset: int = 0) -> Page:
        """Photos with people and no bib, newest first."""
        rows = self._rows(_UNNUMBERED, channels, limit=limit, offset=offset)
        sightings = tuple(Sighting(share=share_of(row), moment=row.moment) for row in rows)
        return Page(sightings, rows[0].total if rows else 0, offset)

    def near(self, number: str, channels: frozenset[str], *, limit: int = PAGE) -> tuple[NearMiss, ...]:
        """Numbers that may be meant by this one, the likeliest first, each with its best photo.

        Of a number that is cut or covered, what is left counts, too.
        """
        close, parts = bib_numbers.near(number), bib_numbers.parts(number)
        photos = self._photos_of(close, parts, channels)
        likeliest = [one for one in dict.fromkeys((*close, *parts)) if photos[one]][:limit]
        rows = self._rows(_BEST_OF_EACH, channels, numbers=likeliest, whole=close)
        best = {row.number: _sighting(row) for row in rows}
        return tuple(NearMiss(best[one], photos[one]) for one in likeliest)

    def _photos_of(self, close: Collection[str], parts: Collection[str], channels: frozenset[str]) -> Counter[str]:
        """How many photos each number has; those that are no more than a part count where they were read as one."""
        wanted = frozenset(close)
        rows = self._rows(_COUNTS, channels, numbers={*close, *parts})
        return Counter({row.number: row.photos if row.number in wanted else row.partial for row in rows})

    def _page(
        self, found: Select[*tuple[Any, ...]], channels: frozenset[str], limit: int, offset: int, **more: Any
    ) -> Page:
        rows = self._rows(found, channels, limit=limit, offset=offset, **more)
        return Page(tuple(map(_sighting, rows)), rows[0].total if rows else 0, offset)

    def _rows(
        self, found: Select[*tuple[Any, ...]], channels: frozenset[str], **more: Any
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        wanted = {"workspace": self._workspace, "channels": channels, **more}
        return self._session.execute(found, wanted, execution_options=NAMES_WORKSPACE).all()


_SEEN: Final = (
    BibRow.workspace == bindparam("workspace"),
    among(BibRow.number, "numbers"),
    among(BibRow.channel, "channels"),
    BibRow.state != "refused",
)
"""What every search of bibs asks for."""


def _ranked(each: SQLColumnExpression[Any], *more: ColumnElement[bool]) -> CTE:
    """The bibs that are seen, with their place among those that share what `each` says."""
    place = func.row_number().over(partition_by=each, order_by=_BEST).label("place")
    return select(BibRow.id, BibRow.moment, _RANK.label("rank"), place).where(*_SEEN, *more).cte()


def _told() -> Select[*tuple[Any, ...]]:
    """What is told of a bib: its row, its photo, its runner."""
    listed = and_(
        RunnerRow.workspace == BibRow.workspace,
        RunnerRow.channel == BibRow.channel,
        RunnerRow.number == BibRow.number,
    )
    return (
        select(BibRow.number, BibRow.confidence, BibRow.state, BibRow.box, *_SHARE, _MOMENT)
        .add_columns(BibRow.asserted, BibRow.why, BibRow.corrected_by)
        .add_columns(RunnerRow.name.label("runner"))
        .join(ShareRow, ShareRow.id == BibRow.share_id)
        .outerjoin(RunnerRow, listed)
    )


def _page_of(page: CTE) -> Select[*tuple[Any, ...]]:
    return _told().add_columns(page.c.total).join(page, page.c.id == BibRow.id).order_by(*_BEST)


def _page_of_one_number() -> Select[*tuple[Any, ...]]:
    """A page of the photos of one number, which stands once in a photo: four times as fast as `_page`."""
    total = select(func.count()).where(*_SEEN).scalar_subquery().label("total")
    found = select(BibRow.id, total).where(*_SEEN).order_by(*_BEST)
    return _page_of(found.limit(bindparam("limit")).offset(bindparam("offset")).cte())


def _page(*more: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A page of photos, each with its best bib, and how many photos there are."""
    ranked = _ranked(BibRow.share_id, *more)
    photos = select(ranked.c.id, func.count().over().label("total")).where(ranked.c.place == 1)
    best_first = photos.order_by(ranked.c.rank.desc(), ranked.c.moment, ranked.c.id)
    return _page_of(best_first.limit(bindparam("limit")).offset(bindparam("offset")).cte())


def _best_of_each() -> Select[*tuple[Any, ...]]:
    """The best photo of each number; of those that are not `whole` the best where it was read as a part."""
    ranked = _ranked(BibRow.number, or_(among(BibRow.number, "whole"), BibRow.state == "partial"))
    return _told().where(BibRow.id.in_(select(ranked.c.id).where(ranked.c.place == 1)))


def _unnumbered() -> Select[*tuple[Any, ...]]:
    """A page of the photos with people and no bib, and how many there are."""
    here = ShareRow.workspace == bindparam("workspace"), ShareRow.unnumbered, among(ShareRow.channel, "channels")
    total = select(func.count()).where(*here).scalar_subquery().label("total")
    newest = select(*_SHARE, _MOMENT, total).where(*here).order_by(ShareRow.seen_at.desc(), ShareRow.id.desc())
    return newest.limit(bindparam("limit")).offset(bindparam("offset"))


_UNNUMBERED: Final = _unnumbered()
_BY_ONE_NUMBER: Final = _page_of_one_number()
_BY_NUMBERS: Final = _page()
_BEST_OF_EACH: Final = _best_of_each()
_COUNTS: Final = (
    select(BibRow.number, func.count().label("photos"))
    .add_columns(func.count().filter(BibRow.state == "partial").label("partial"))
    .where(*_SEEN)
    .group_by(BibRow.number)
)


def _worn_by(runners: Iterable[Runner]) -> ColumnElement[bool]:
    """The numbers of runners, each in the channel of its start list."""
    by_channel: dict[str, list[str]] = {}
    for runner in runners:
        by_channel.setdefault(runner.channel, []).append(runner.number)
    worn = (and_(BibRow.channel == channel, BibRow.number.in_(numbers)) for channel, numbers in by_channel.items())
    return or_(*worn)


def _sighting(row: Row[*tuple[Any, ...]]) -> Sighting:
    return Sighting(
        share=share_of(row),
        moment=row.moment,
        number=row.number,
        confidence=row.confidence,
        state=row.state,
        box=Box(*row.box),
        asserted=row.asserted,
        why=row.why,
        runner=row.runner or "",
        corrected_by=row.corrected_by,
    )
