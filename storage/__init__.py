"""What Spotter remembers. The only room that knows SQLAlchemy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.errors import SetupError
from storage.admins import Admins
from storage.ageing import Ageing
from storage.answers import Answers
from storage.audit import Audit, Audits
from storage.bibs import Bibs
from storage.channels import Channels
from storage.circuit import Circuit
from storage.consents import Consents
from storage.corrections import Corrections
from storage.dead_letters import DeadLetters
from storage.departures import Departures
from storage.engine import alone, connect
from storage.erasures import Erasures
from storage.evidence import Evidences
from storage.face_store import FaceStore
from storage.feedback import Feedback
from storage.find_me import FindMes
from storage.large_photos import LargePhotos
from storage.library import Library
from storage.matches import Matches
from storage.notices import Notices
from storage.pace import Pace
from storage.past import Past
from storage.people import People
from storage.processes import Processes
from storage.rates import Rates
from storage.replies import Replies
from storage.runs import Runs
from storage.scans import Scans
from storage.shares import Shares
from storage.spend import Spends
from storage.start_lists import StartLists
from storage.templates import Templates
from storage.tenancy import EVERY, Tenancy, tell
from storage.uploads import Uploads
from storage.watches import Watches

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LEAST_BYTES: Final = 10_000_000
"""Beyond what the pages take that are begun: with less the next event may not be stored, and so is not acknowledged."""


class Work:
    """One transaction in one workspace, with a repository for each thing that is remembered."""

    def __init__(self, session: Session, workspace: str) -> None:
        self.admins = Admins(session, workspace)
        self.ageing = Ageing(session, workspace)
        self.answers = Answers(session, workspace)
        self.audit = Audit(session, workspace)
        self.bibs = Bibs(session, workspace)
        self.channels = Channels(session, workspace)
        self.consents = Consents(session, workspace)
        self.corrections = Corrections(session, workspace)
        self.dead_letters = DeadLetters(session, workspace)
        self.erasures = Erasures(session, workspace)
        self.evidence = Evidences(session, workspace)
        self.feedback = Feedback(session, workspace)
        self.find_mes = FindMes(session, workspace)
        self.matches = Matches(session, workspace)
        self.library = Library(session, workspace)
        self.notices = Notices(session, workspace)
        self.past = Past(session, workspace)
        self.people = People(session, workspace)
        self.rates = Rates(session, workspace)
        self.replies = Replies(session, workspace)
        self.scans = Scans(session, workspace)
        self.shares = Shares(session, workspace)
        self.spends = Spends(session, workspace)
        self.start_lists = StartLists(session, workspace)
        self.templates = Templates(session, workspace)
        self.uploads = Uploads(session, workspace)
        self.watches = Watches(session, workspace)


class Storage:
    """A database by its SQLAlchemy URL.

    Attributes:
        engine: For the job engine, which keeps its own tables in the same database.
        audits: The audit logs of all workspaces.
        departures: The workspaces that have left.
        faces: The collections of the embedded engine.
        circuit: Whether services that were down are back.
        large_photos: What may lie in S3.
        pace: The shared pace of paid calls and of posts.
        processes: Which processes live.
        runs: The newest run of each job.
        tenancy: Opens the transactions, each in its workspace.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = connect(url)
        except (ImportError, OSError, SQLAlchemyError, ValueError) as error:
            raise SetupError(
                f"I can't use the database {_public(url)}: {error}. Check DATABASE_URL or SPOTTER_HOME."
            ) from error
        self.url = url
        self.tenancy = Tenancy(self.engine)
        self.audits = Audits(self.tenancy)
        self.departures = Departures(self.tenancy)
        self.faces = FaceStore(self.tenancy)
        self.circuit = Circuit(self.engine)
        self.large_photos = LargePhotos(self.engine)
        self.pace = Pace(self.engine)
        self.processes = Processes(self.engine)
        self.runs = Runs(self.engine)

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Work]:
        """Work in one workspace: commit on leaving, roll back if the block raised."""
        with self.tenancy.begin(workspace) as session:
            yield Work(session, workspace)

    def upgrade(self) -> None:
        """Bring the tables up to date: all of it or nothing, and once, however many processes begin it together.

        Raises:
            SetupError: The database is away or read-only; the sentence names it.
        """
        try:
            with self.engine.begin() as connection:
                tell(connection, EVERY)  # a migration may move rows
                alone(connection)
                command.upgrade(migrations_of(connection), "head")
        except DBAPIError as error:
            raise SetupError(
                f"I can't write to the database {_public(self.url)}: {_why(error)}. Check DATABASE_URL or SPOTTER_HOME."
            ) from error

    def check(self) -> None:
        """Make sure that the tables are there and up to date.

        Raises:
            SetupError: They are not, or the database is away.
        """
        try:
            with self.engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
        except DBAPIError as error:
            raise SetupError(f"I can't reach the database {_public(self.url)}: {_why(error)}.") from error
        if current != ScriptDirectory(str(_MIGRATIONS)).get_current_head():
            raise SetupError("The database is not up to date. Run: spotter db upgrade")

    def ready(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("select 1"))
        except SQLAlchemyError:
            return False
        return True

    def has_room(self, least: int = _LEAST_BYTES) -> bool:
        """Whether a database that is a file has room to grow, in bytes; a server looks after its disk itself."""
        return self.dialect != "sqlite" or shutil.disk_usage(Path(str(self.engine.url.database)).parent).free >= least

    @property
    def dialect(self) -> str:
        """What kind of database it is: `sqlite` or `postgresql`."""
        return self.engine.dialect.name

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def migrations_of(connection: Connection) -> Config:
    """The history of the tables, for Alembic, on a connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _public(url: str) -> str:
    """The URL without its user, and without every place where a password may stand."""
    try:
        known = make_url(url)
    except (SQLAlchemyError, ValueError):
        return url.partition(":")[0]
    return URL.create(known.drivername, host=known.host, port=known.port, database=known.database).render_as_string()


def _why(error: DBAPIError) -> str:
    """The driver's reason; PostgreSQL adds lines of hints."""
    return str(error.orig).partition("\n")[0].rstrip(".")
