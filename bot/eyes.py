"""What looks at pictures wherever they lie, and the memory: enough for the terminal."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.money import micro_dollars
from bot.core.quotas import read_quotas
from bot.errors import SetupError, SpotterError
from bot.gate import Gate
from bot.looking import Looking
from bot.people.parts import PeopleParts
from bot.settings import Settings
from bot.slack import Slack
from bot.spotter import Spotter
from bot.vision.faces import Faces
from storage import Storage

if TYPE_CHECKING:
    from bot.vision.large_photos import LargePhotos
    from bot.vision.rekognition import Rekognition

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Eyes:
    """What looks at pictures wherever they lie; enough for the terminal.

    Attributes:
        storage: The memory.
        gate: Makes hostile pictures safe.
        looking: Puts the questions.
        faces: Keeps the faces of those who agreed to be known.
        people: What can be done with people.
        spotter: What Spotter can do.
        large: Where photos over 5 MB lie while they are looked at, where there is such a place.
    """

    storage: Storage
    gate: Gate
    looking: Looking
    faces: Faces
    people: PeopleParts
    spotter: Spotter
    large: "LargePhotos | None" = None


@contextmanager
def eyes(settings: Settings) -> Iterator[Eyes]:
    """Build what looks at pictures, without Slack and without jobs; the tables are brought up to date.

    Raises:
        SetupError: Something is missing; the sentence says what.
    """
    with (
        memory(settings) as storage,
        nullcontext(connect_vision(settings, storage)) as vision,
        closing(Gate(workers=settings.workers, large=vision.large is not None)) as gate,
        closing(_looking(settings, storage, vision)) as looking,
    ):
        faces = _faces(vision)
        people = PeopleParts.of(
            storage=storage, gate=gate, looking=looking, faces=faces, slack_of=_no_slack, submit=_no_jobs
        )
        spotter = Spotter(
            storage=storage, gate=gate, looking=looking, people=people, slack_of=_no_slack, submit=_no_jobs
        )
        yield Eyes(storage, gate, looking, faces, people, spotter, vision.large)


@contextmanager
def memory(settings: Settings) -> Iterator[Storage]:
    """Open the database, and nothing else.

    Raises:
        SetupError: It is away, or not up to date.
    """
    storage = Storage(settings.database)
    try:
        if settings.database.startswith("sqlite"):
            storage.upgrade()  # elsewhere the operator does it, once for all processes
        storage.check()
        yield storage
    finally:
        storage.close()


def upgrade(settings: Settings) -> None:
    """Bring the database's tables up to date."""
    storage = Storage(settings.database)
    try:
        storage.upgrade()
    finally:
        storage.close()


def connect_vision(settings: Settings, storage: Storage) -> "Rekognition":
    """Find out who looks: Amazon Rekognition where its credentials are, else the embedded engine.

    Raises:
        SetupError: The chosen engine cannot be used here.
    """
    from bot.vision import rekognition  # noqa: PLC0415  # boto3 takes 0.1 s to import

    found = may_ask_amazon(settings)
    if settings.vision == "rekognition" and not found:
        raise SetupError(
            "There are no AWS credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or another of boto3's ways;"
            " SPOTTER_VISION=embedded needs none."
        )
    if found:
        return rekognition.connect(workers=settings.workers, bucket=settings.s3_bucket, names=storage.large_photos)
    from bot.vision import embedded  # noqa: PLC0415  # so does the embedded engine

    return embedded.connect(workers=settings.workers, store=storage.faces)


def may_ask_amazon(settings: Settings) -> bool:
    """Whether Amazon Rekognition looks at photos here: its credentials are there, and no other engine is chosen."""
    from bot.vision import rekognition  # noqa: PLC0415  # as above

    return settings.vision != "embedded" and rekognition.credentials_found(instance=settings.vision == "rekognition")


def _looking(settings: Settings, storage: Storage, vision: "Rekognition") -> Looking:
    log.info("photos are looked at by %s", vision.name)
    cap = micro_dollars(settings.monthly_cap)
    return Looking(
        vision,
        storage,
        cap=cap,
        workers=settings.workers,
        daily_share=settings.daily_share,
        quotas=read_quotas(settings.quotas),
    )


def _faces(vision: "Rekognition") -> Faces:
    from bot.vision.collections import Collections  # noqa: PLC0415  # it knows botocore

    return Collections(vision.client)


def _no_slack(_: str) -> Slack:
    raise SpotterError("The terminal looks at pictures without Slack.")


def _no_jobs(*_: object) -> None:
    raise SpotterError("The terminal does its work at once, without jobs.")
