"""The names of photos that lie in S3 for a moment: written before the photo, so that a crash leaves nothing behind."""

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import sessionmaker

from storage.engine import clock
from storage.models import LargePhotoRow


class LargePhotos:
    """What may lie in the bucket."""

    def __init__(self, engine: Engine) -> None:
        self._now = clock(engine)
        self._sessions = sessionmaker(engine)

    def note(self, name: str) -> None:
        """Note a name, before anything is stored under it."""
        with self._sessions.begin() as session:
            session.execute(insert(LargePhotoRow).values(name=name, at=self._now))

    def drop(self, name: str) -> None:
        """Forget a name under which nothing lies any more."""
        with self._sessions.begin() as session:
            session.execute(delete(LargePhotoRow).where(LargePhotoRow.name == name))

    def left(self, seconds: float) -> tuple[str, ...]:
        """Names that were noted longer ago than this: whoever noted them has crashed."""
        old = select(LargePhotoRow.name).where(LargePhotoRow.at < self._now - seconds)
        with self._sessions() as session:
            return tuple(session.scalars(old))
