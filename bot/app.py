"""Builds every part from the settings; the one file that knows them all."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from prometheus_client import CollectorRegistry
from slack_bolt import App
from slack_bolt.oauth import OAuthFlow

from bot import entrance
from bot.condition import Gauges
from bot.core.dead_letter import DeadLetter
from bot.eyes import Eyes, eyes
from bot.heaps import share_heaps
from bot.jobs import Jobs, Role
from bot.metrics import registry
from bot.people.parts import PeopleParts
from bot.routine import Parts, register
from bot.settings import Settings
from bot.spotter import Spotter
from bot.telling import Renderer, Telling
from bot.workspaces import Workspaces
from handlers import blocks, bolt
from handlers.flooding import FloodGate
from storage import Storage

_LISTENERS: Final = 32
_DRAIN_SECONDS: Final = 17.0


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
        jobs = _jobs(seeing.storage, role, settings.workers)
        parts = _parts(settings, seeing, way_in.workspaces, jobs)
        register(jobs, parts)
        jobs.start()
        jobs.submit("catch_up_everywhere", f"start-{uuid4().hex}", {})
        try:
            shown = registry(Gauges(seeing.storage, seeing.looking.budget.cap))
            app = _bolt(settings, parts.spotter, way_in)
            yield Bot(app, seeing.storage, jobs, parts.spotter, shown, way_in.installing)
        finally:
            jobs.stop(_DRAIN_SECONDS)


def _parts(settings: Settings, seeing: Eyes, workspaces: Workspaces, jobs: Jobs) -> Parts:
    people = PeopleParts.of(
        storage=seeing.storage,
        gate=seeing.gate,
        looking=seeing.looking,
        faces=seeing.faces,
        slack_of=workspaces.slack,
        submit=jobs.submit,
    )
    spotter = Spotter(
        storage=seeing.storage,
        gate=seeing.gate,
        looking=seeing.looking,
        people=people,
        slack_of=workspaces.slack,
        submit=jobs.submit,
        again=jobs.again,
        workload=jobs.workload,
        cards=settings.cards,
        local_hosts=settings.slack_file_hosts,
    )
    return Parts(
        settings=settings,
        seeing=seeing,
        workspaces=workspaces,
        spotter=spotter,
        people=people,
        telling=Telling(seeing.storage, _renderer()),
    )


def _bolt(settings: Settings, spotter: Spotter, way_in: entrance.Entrance) -> App:
    app = App(
        logger=logging.getLogger("slack_bolt"),  # else Bolt takes the root's level, and at INFO it logs signatures
        signing_secret=settings.slack_signing_secret.get_secret_value() or "unused in Socket Mode",
        before_authorize=bolt.keeper(spotter, way_in.workspaces.knows, way_in.workspaces.meet),
        listener_executor=ThreadPoolExecutor(_LISTENERS, thread_name_prefix="listener"),
        **way_in.bolt,
    )
    bolt.register(app, spotter, FloodGate(settings.asks_per_minute))
    return app


def _jobs(storage: Storage, role: Role, workers: int) -> Jobs:
    def bury(letter: DeadLetter) -> None:
        with storage.begin(letter.workspace) as work:
            work.dead_letters.add(letter)

    newest = storage.runs.newest
    return Jobs(storage.engine, storage.processes.alive, newest=newest, bury=bury, role=role, workers=workers)


def _renderer() -> Renderer:
    return Renderer(
        photo_reply=lambda report, key: blocks.photo_reply(report, key=key),
        album_reply=lambda report, album, key: blocks.album_reply(report, album, key=key),
        sentence=blocks.sentence,
        moderators=blocks.moderators_note,
        found=lambda found: blocks.found_bibs(found, shared=True),
        turned_up=blocks.bib_turned_up,
        start_list_offer=blocks.start_list_offer,
        scan_offer=blocks.scan_offer,
        who_is=blocks.who_is,
        find_me_progress=blocks.find_me_progress,
        renewal=blocks.renewal_question,
        enrolled=blocks.enrolled,
    )
