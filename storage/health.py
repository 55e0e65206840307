"""Whether the database lets us do what we need; asked for the doctor, and nothing is changed."""

import time

from sqlalchemy import Engine, delete, false, select, text
from sqlalchemy.exc import DBAPIError

from bot.errors import SetupError
from storage.engine import clock
from storage.models import ShareRow
from storage.tenancy import EVERY, tell


class Health:
    """Asks a database that is up to date."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def check_writing(self) -> None:
        """Delete no row: a database refuses that, too, where it would refuse to write.

        Raises:
            SetupError: It does; the sentence says why.
        """
        try:
            with self._engine.begin() as connection:
                tell(connection, EVERY)
                connection.execute(delete(ShareRow).where(false()))
        except DBAPIError as error:
            raise SetupError(f"The database does not let me write: {str(error.orig).splitlines()[0]}.") from error

    def clock_ahead(self) -> float:
        """Seconds that the database's clock is before this machine's; less than 0 where it is behind."""
        with self._engine.connect() as connection:
            told = connection.scalar(select(clock(self._engine)))
        return float(told or 0.0) - time.time()

    def second_wall(self) -> bool:
        """Whether row-level security holds for our role: not on SQLite, and for no superuser of PostgreSQL."""
        if self._engine.dialect.name != "postgresql":
            return False
        asked = text("select not (rolsuper or rolbypassrls) from pg_roles where rolname = current_user")
        with self._engine.connect() as connection:
            return bool(connection.scalar(asked))
