"""Builds every part from the settings; the one file that knows them all."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import uvicorn
from prometheus_client import CollectorRegistry
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.oauth import OAuthFlow
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from starlette.applications import Starlette

from bot import entrance
from bot.condition import Gauges
from bot.core.dead_letter import DeadLetter
from bot.core.money import micro_dollars
from bot.core.quotas import read_quotas
from bot.digest import DIGEST_SECONDS, Digest
from bot.errors import SetupError, SlackError, SpotterError
from bot.gate import Gate
from bot.heaps import share_heaps
from bot.jobs import Jobs, Role
from bot.leaving import Leaving
from bot.looking import Looking
from bot.mentions import Mentions
from bot.metrics import ACK_SECONDS, CONNECTED, registry, showing
from bot.onboarding import Onboarding
from bot.people import jobs as people_jobs
from bot.people.parts import PeopleParts
from bot.people.reconciling import RECONCILE_SECONDS, Reconciling
from bot.retention import RETAIN_SECONDS, Retention, Terms
from bot.settings import Settings
from bot.slack import Slack
from bot.spotter import Spotter
from bot.still_there import LOOK_SECONDS, StillThere
from bot.telling import Renderer, Telling
from bot.vision import Vision
from bot.vision.faces import Faces
from bot.waiting import HourlyRates, Waiting
from bot.walk import Walk
from bot.web import web
from bot.workspaces import Workspaces
from handlers import blocks, bolt
from handlers.flooding import FloodGate
from storage import Storage

if TYPE_CHECKING:
    from bot.vision.large_photos import LargePhotos
    from bot.vision.rekognition import Rekognition

_LISTENERS: Final = 32
_CATCH_UP_SECONDS: Final = 600.0
_SWEEP_SECONDS: Final = 3600.0
_DRAIN_SECONDS: Final = 17.0
_WRONG_TOKEN: Final = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_allowed_token_type", "not_authed", "token_revoked"}
)
"""Slack's words for a token that will not do, however often it is tried."""
_RECONNECT_SECONDS: Final = (1.0, 2.0, 5.0, 10.0, 30.0)

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


def workspace_of(settings: Settings) -> str:
    """The id of the workspace that the bot token belongs to.

    Raises:
        SetupError: There is no token, or Slack does not answer.
    """
    try:
        return Slack(_client(settings)).identity().team
    except SlackError as error:
        raise SetupError(
            f"I can't ask Slack which workspace this is ({error}). Name it: --workspace T0123ABCD."
        ) from error


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot.

    Attributes:
        app: Bolt's app, with every handler.
        storage: The memory.
        jobs: The durable jobs, not yet started.
        spotter: What Spotter can do.
        shown: What `/metrics` shows.
        installing: The pages by which a workspace installs it, where any may.
    """

    app: App
    storage: Storage
    jobs: Jobs
    spotter: Spotter
    shown: CollectorRegistry
    installing: OAuthFlow | None = None


@contextmanager
def bot(settings: Settings, role: Role) -> Iterator[Bot]:
    """Build everything for one process, start its jobs, and let go of it all in the end.

    Raises:
        SetupError: Something is missing; the sentence says what.
    """
    share_heaps()
    with eyes(settings) as seeing:
        way_in = entrance.find(settings, seeing.storage)
        slack_of = way_in.workspaces.slack
        jobs = Jobs(
            seeing.storage.engine,
            seeing.storage.processes.alive,
            newest=seeing.storage.runs.newest,
            bury=partial(_bury, seeing.storage),
            role=role,
            workers=settings.workers,
        )
        people = PeopleParts.of(
            storage=seeing.storage,
            gate=seeing.gate,
            looking=seeing.looking,
            faces=seeing.faces,
            slack_of=slack_of,
            submit=jobs.submit,
        )
        spotter = Spotter(
            storage=seeing.storage,
            gate=seeing.gate,
            looking=seeing.looking,
            people=people,
            slack_of=slack_of,
            submit=jobs.submit,
            again=jobs.again,
            workload=jobs.workload,
            cards=settings.cards,
            local_hosts=settings.slack_file_hosts,
        )
        telling = Telling(seeing.storage, _renderer())
        digest = Digest(seeing.storage, slack_of, spotter.albums, blocks.digest_message)
        walk = Walk(
            storage=seeing.storage,
            gate=seeing.gate,
            looking=seeing.looking,
            face_search=people.search.face_search,
            slack_of=slack_of,
            telling=telling,
            waiting=Waiting(seeing.storage, telling, _rates(settings, seeing.looking.vision)),
            usage=spotter.usage,
            boxes=spotter.boxes,
            albums=spotter.albums,
            digest=digest,
        )
        mentions = Mentions(storage=seeing.storage, search=spotter.search, slack_of=slack_of, telling=telling)
        _register(jobs, walk, mentions, spotter)
        onboarding = Onboarding(seeing.storage, slack_of, blocks.introduction)
        jobs.register("introduce", onboarding.introduce, _only_logged)
        _register_leaving(jobs, way_in.workspaces, seeing, spotter)
        _register_ends(jobs, way_in.workspaces, seeing, spotter, settings)
        jobs.register("digest", digest.tell, _only_logged)
        _everywhere(jobs, way_in.workspaces, "digest", DIGEST_SECONDS)
        _everywhere(jobs, way_in.workspaces, "catch_up", _CATCH_UP_SECONDS)
        _everywhere(jobs, way_in.workspaces, "expire", people_jobs.EXPIRE_SECONDS)
        people_jobs.register(
            jobs, people, storage=seeing.storage, gate=seeing.gate, slack_of=slack_of, telling=telling
        )
        _keep_bucket_empty(jobs, seeing.large)
        jobs.start()
        jobs.submit("catch_up_everywhere", f"start-{uuid4().hex}", {})
        try:
            shown = registry(Gauges(seeing.storage, seeing.looking.budget.cap))
            yield Bot(_bolt(settings, spotter, way_in), seeing.storage, jobs, spotter, shown, way_in.installing)
        finally:
            jobs.stop(_DRAIN_SECONDS)


def run_socket(settings: Settings) -> None:
    """Run everything in one process over Socket Mode, until a signal ends it."""
    token = settings.slack_app_token.get_secret_value()
    if not token:
        raise SetupError("SLACK_APP_TOKEN is missing: an app-level token, xapp-…, with connections:write.")
    _check_token(settings)
    stopped = _until_signal()
    with bot(settings, "all") as running:
        client = WebClient(token, base_url=settings.slack_api_url)
        handler = _TimedSocket(running.app, token, web_client=client)
        CONNECTED.set_function(handler.client.is_connected)
        running.shown.register(CONNECTED)
        with showing(settings.metrics_port, running.shown):
            _connect(handler, stopped)
            log.info("Spotter listens over Socket Mode")
            stopped.wait()
            handler.close()  # type: ignore[no-untyped-call]  # Bolt left it bare
    _leave(running.jobs)


def run_web(settings: Settings) -> None:
    """Serve Slack over HTTP; with SQLite the jobs run in the same process."""
    if not settings.slack_signing_secret.get_secret_value():
        raise SetupError("SLACK_SIGNING_SECRET is missing: it stands under Basic Information of your Slack app.")
    _check_token(settings)
    _until_signal()  # uvicorn raises the signal again when it has shut down; then our own turn comes
    role: Role = "all" if settings.database.startswith("sqlite") else "web"
    with bot(settings, role) as running:
        serving = web(running.app, {"database": running.storage.ready}, running.installing, running.shown)
        server = uvicorn.Server(_uvicorn(serving, settings))
        try:
            server.run()
        except SystemExit as error:  # uvicorn's way of saying that it could not bind
            raise SetupError(
                f"I can't listen on {settings.host}:{settings.port}. Is the port taken? Set PORT."
            ) from error
    _leave(running.jobs)


def run_worker(settings: Settings) -> None:
    """Run jobs until a signal ends it; beside `run_web`, on PostgreSQL."""
    if settings.database.startswith("sqlite"):
        raise SetupError("A worker of its own needs PostgreSQL: set DATABASE_URL. With SQLite, web does the jobs, too.")
    _check_token(settings)
    stopped = _until_signal()
    with bot(settings, "worker") as running, showing(settings.metrics_port, running.shown):
        log.info("Spotter works")
        stopped.wait()
    _leave(running.jobs)


class _TimedSocket(SocketModeHandler):
    """Counts how long Slack waits for an acknowledgement."""

    def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Answer a request."""
        with ACK_SECONDS.time():
            super().handle(client, req)


def _leave(jobs: Jobs) -> None:
    """End although a call hangs: Python would wait for its thread, and its job is run elsewhere."""
    if jobs.hang:
        log.warning("some calls hang; their jobs are run again")
        logging.shutdown()
        os._exit(0)


def connect_vision(settings: Settings, storage: Storage) -> "Rekognition":
    """Find out who looks: Amazon Rekognition where its credentials are, else the embedded engine.

    Raises:
        SetupError: The chosen engine cannot be used here.
    """
    from bot.vision import rekognition  # noqa: PLC0415  # boto3 takes 0.1 s to import

    wanted = settings.vision == "rekognition"
    found = settings.vision != "embedded" and rekognition.credentials_found(instance=wanted)
    if wanted and not found:
        raise SetupError(
            "There are no AWS credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or another of boto3's ways;"
            " SPOTTER_VISION=embedded needs none."
        )
    if found:
        return rekognition.connect(workers=settings.workers, bucket=settings.s3_bucket, names=storage.large_photos)
    from bot.vision import embedded  # noqa: PLC0415  # so does the embedded engine

    return embedded.connect(workers=settings.workers, store=storage.faces)


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


def _rates(settings: Settings, vision: Vision) -> HourlyRates:
    """Floods cost money; where a look costs none, they only take their time."""
    if not vision.paid:
        return HourlyRates()
    return HourlyRates(person=settings.photos_per_person, channel=settings.photos_per_channel)


def _client(settings: Settings) -> WebClient:
    return entrance.client(settings, settings.slack_bot_token.get_secret_value())


def _check_token(settings: Settings) -> None:
    """Refuse to start with a wrong token; start all the same where Slack is away; workspaces bring their own."""
    if settings.many_workspaces:
        return
    if not settings.slack_bot_token.get_secret_value():
        raise SetupError("SLACK_BOT_TOKEN is missing: the bot token, xoxb-…, of your Slack app.")
    try:
        Slack(_client(settings)).identity()
    except SlackError as error:
        if error.retry:
            log.warning("Slack does not answer yet: %s", error)
            return
        raise SetupError(
            f"Slack does not accept SLACK_BOT_TOKEN ({error.code}). Check it, or reinstall the app."
        ) from error


def _bolt(settings: Settings, spotter: Spotter, way_in: entrance.Entrance) -> App:
    app = App(
        logger=logging.getLogger("slack_bolt"),  # else Bolt takes the root's level, and at INFO it logs signatures
        signing_secret=settings.slack_signing_secret.get_secret_value() or "unused in Socket Mode",
        before_authorize=bolt.keeper(spotter, way_in.workspaces.knows),
        listener_executor=ThreadPoolExecutor(_LISTENERS, thread_name_prefix="listener"),
        **way_in.bolt,
    )
    bolt.register(app, spotter, FloodGate(settings.asks_per_minute))
    return app


def _renderer() -> Renderer:
    return Renderer(
        photo_reply=lambda report, key: blocks.photo_reply(report, key=key),
        album_reply=lambda report, album, key: blocks.album_reply(report, album, key=key),
        sentence=blocks.sentence,
        moderators=blocks.moderators_note,
        found=lambda found: blocks.found_bibs(found, shared=True),
        turned_up=blocks.bib_turned_up,
        start_list_offer=blocks.start_list_offer,
        who_is=blocks.who_is,
        find_me_progress=blocks.find_me_progress,
        renewal=blocks.renewal_question,
        enrolled=blocks.enrolled,
    )


def _register(jobs: Jobs, walk: Walk, mentions: Mentions, spotter: Spotter) -> None:
    jobs.register("look", walk.look, walk.give_up_look)
    jobs.register("look_privately", walk.look_privately, walk.give_up_privately)
    quality = spotter.picture_quality
    jobs.register(
        "picture_quality",
        lambda _, payload: quality.look(payload, blocks.sentence),
        lambda _, payload, error: quality.give_up(payload, error, blocks.sentence),
    )
    jobs.register("index", spotter.albums.put, _only_logged)
    jobs.register("boxes", spotter.boxes.show, spotter.boxes.give_up)
    jobs.register("scan", lambda job, payload: spotter.scans.run(job, payload, blocks.scan_progress), _only_logged)
    jobs.register("retell", walk.retell, _only_logged)
    jobs.register("mention", mentions.answer, _only_logged)
    jobs.register("forget", walk.forget, _only_logged)
    jobs.register("catch_up", lambda _job, payload: spotter.catch_up(payload["workspace"]), _only_logged)
    jobs.register("sweep", lambda _job, _payload: jobs.sweep(), _only_logged)
    jobs.every(_SWEEP_SECONDS, "sweep", {})


def _bury(storage: Storage, letter: DeadLetter) -> None:
    with storage.begin(letter.workspace) as work:
        work.dead_letters.add(letter)


def _keep_bucket_empty(jobs: Jobs, large: "LargePhotos | None") -> None:
    """Delete hourly what crashes left in S3; a process without a bucket leaves that to one that has it."""
    jobs.register("sweep_bucket", lambda _job, _payload: large.sweep() if large else None, _only_logged)
    if large:
        jobs.every(_SWEEP_SECONDS, "sweep_bucket", {})


def _everywhere(jobs: Jobs, workspaces: Workspaces, kind: str, seconds: float) -> None:
    """Submit a job again and again for each workspace."""

    def each(job: str, _payload: Any) -> None:
        for workspace in workspaces.every():
            jobs.submit(kind, f"{workspace}-{job}", {"workspace": workspace})

    jobs.register(f"{kind}_everywhere", each, _only_logged)
    jobs.every(seconds, f"{kind}_everywhere", {})


def _register_leaving(jobs: Jobs, workspaces: Workspaces, seeing: Eyes, spotter: Spotter) -> None:
    leaving = Leaving(
        storage=seeing.storage,
        forget_people=spotter.forgetting.forget_workspace,
        workspaces=workspaces,
        forget_jobs=jobs.forget,
    )
    jobs.register("forget_workspace", leaving.forget, _only_logged)
    jobs.register("forget_again", lambda _job, _payload: leaving.forget_again(), _only_logged)
    jobs.every(_SWEEP_SECONDS, "forget_again", {})


def _register_ends(jobs: Jobs, workspaces: Workspaces, seeing: Eyes, spotter: Spotter, settings: Settings) -> None:
    """What ends by itself, or in Slack: what is too old, photos that are gone, faces that nothing stands for."""
    storage, slack_of = seeing.storage, workspaces.slack
    retention = Retention(storage, _terms(settings))
    still_there = StillThere(storage=storage, slack_of=slack_of, forget=spotter.forget_file)
    reconciling = Reconciling(storage=storage, faces=seeing.faces, traces=seeing.people.traces)
    jobs.register("retain", retention.retain, _only_logged)
    jobs.register("still_there", still_there.look, _only_logged)
    jobs.register("reconcile", reconciling.reconcile, _only_logged)
    _everywhere(jobs, workspaces, "retain", RETAIN_SECONDS)
    _everywhere(jobs, workspaces, "still_there", LOOK_SECONDS)
    _everywhere(jobs, workspaces, "reconcile", RECONCILE_SECONDS)


def _terms(settings: Settings) -> Terms:
    return Terms(
        photos=timedelta(days=settings.keep_photos_days),
        consents=timedelta(days=settings.keep_consents_days),
        audit=timedelta(days=settings.keep_audit_days),
        records=timedelta(days=settings.keep_records_days),
    )


def _only_logged(_job: str, _payload: Any, _error: Exception) -> None:
    """The job engine has logged it; there is nobody to tell."""


def _connect(handler: SocketModeHandler, stopped: threading.Event) -> None:
    """Connect to Slack, as long as it takes.

    Raises:
        SetupError: Slack refuses the app-level token, and would tomorrow.
    """
    tries = 0
    while not stopped.is_set():
        try:
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt left it bare
        except Exception as error:  # noqa: BLE001  # the client raises whatever its transport does
            _check_app_token(error)
            seconds = _RECONNECT_SECONDS[min(tries, len(_RECONNECT_SECONDS) - 1)]
            log.warning("Slack does not take the connection (%s); I try again in %.0f s", error, seconds)
            tries += 1
            stopped.wait(seconds)
        else:
            return


def _check_app_token(error: Exception) -> None:
    code = error.response.get("error") if isinstance(error, SlackApiError) else ""
    if code in _WRONG_TOKEN:
        raise SetupError(
            f"Slack does not accept SLACK_APP_TOKEN ({code}). It is an app-level token with connections:write."
        ) from error


def _until_signal() -> threading.Event:
    stopped = threading.Event()

    def stop(*_: object) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return stopped


def _uvicorn(serving: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        serving, host=settings.host, port=settings.port, log_config=None, access_log=False, timeout_graceful_shutdown=5
    )


def _no_slack(_: str) -> Slack:
    raise SpotterError("The terminal looks at pictures without Slack.")


def _no_jobs(*_: object) -> None:
    raise SpotterError("The terminal does its work at once, without jobs.")
