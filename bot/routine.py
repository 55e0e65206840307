"""What is done as a job, and what is done again and again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.catching_up import CATCH_UP_SECONDS, CatchingUp
from bot.digest import DIGEST_SECONDS, Digest
from bot.eyes import Eyes
from bot.jobs import Jobs
from bot.leaving import Leaving
from bot.mentions import Mentions
from bot.onboarding import Onboarding
from bot.people import jobs as people_jobs
from bot.people.parts import PeopleParts
from bot.people.reconciling import RECONCILE_SECONDS, Reconciling
from bot.retention import RETAIN_SECONDS, Retention, Terms
from bot.settings import Settings
from bot.spotter import Spotter
from bot.still_there import LOOK_SECONDS, StillThere
from bot.telling import Telling
from bot.vision import Vision
from bot.waiting import HourlyRates, Waiting
from bot.walk import Walk
from bot.workspaces import Workspaces
from bot.zip_drops import ZipDrops
from handlers import blocks

_SWEEP_SECONDS: Final = 3600.0

Run = Callable[[str, Mapping[str, Any]], None]
"""Does a job: its name, and what it was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the jobs are done with."""

    settings: Settings
    seeing: Eyes
    workspaces: Workspaces
    spotter: Spotter
    people: PeopleParts
    telling: Telling


def register(jobs: Jobs, parts: Parts) -> None:
    """Say what each kind of job does, and how often what comes by itself."""
    _photos(jobs, parts)
    _channels(jobs, parts)
    _people(jobs, parts)
    _ends(jobs, parts)
    _leaving(jobs, parts)
    _sweeps(jobs, parts)


def terms(settings: Settings) -> Terms:
    """How long things are kept."""
    return Terms(
        photos=timedelta(days=settings.keep_photos_days),
        consents=timedelta(days=settings.keep_consents_days),
        audit=timedelta(days=settings.keep_audit_days),
        records=timedelta(days=settings.keep_records_days),
    )


def _photos(jobs: Jobs, parts: Parts) -> None:
    seeing, spotter, telling = parts.seeing, parts.spotter, parts.telling
    digest = Digest(seeing.storage, parts.workspaces.slack, spotter.albums, blocks.digest_message)
    walk = Walk(
        storage=seeing.storage,
        gate=seeing.gate,
        looking=seeing.looking,
        face_search=parts.people.search.face_search,
        slack_of=parts.workspaces.slack,
        telling=telling,
        waiting=Waiting(seeing.storage, telling, _rates(parts.settings, seeing.looking.vision)),
        usage=spotter.usage,
        boxes=spotter.boxes,
        albums=spotter.albums,
        digest=digest,
        zips=ZipDrops(spotter.scans, telling),
    )
    jobs.register("look", walk.look, walk.give_up_look)
    jobs.register("look_privately", walk.look_privately, walk.give_up_privately)
    jobs.register("retell", walk.retell, _only_logged)
    jobs.register("forget", walk.forget, _only_logged)
    jobs.register(
        "picture_quality",
        lambda _, payload: spotter.picture_quality.look(payload, blocks.sentence),
        lambda _, payload, error: spotter.picture_quality.give_up(payload, error, blocks.sentence),
    )
    jobs.register("index", spotter.albums.put, _only_logged)
    jobs.register("boxes", spotter.boxes.show, spotter.boxes.give_up)
    _everywhere(jobs, parts, "digest", digest.tell, DIGEST_SECONDS)
    catching_up = CatchingUp(seeing.storage, parts.workspaces.slack, spotter.drop)
    _everywhere(jobs, parts, "catch_up", catching_up.catch_up, CATCH_UP_SECONDS)


def _channels(jobs: Jobs, parts: Parts) -> None:
    storage, spotter, slack_of = parts.seeing.storage, parts.spotter, parts.workspaces.slack
    mentions = Mentions(storage=storage, search=spotter.search, slack_of=slack_of, telling=parts.telling)
    onboarding = Onboarding(storage, slack_of, blocks.introduction)
    jobs.register("mention", mentions.answer, _only_logged)
    jobs.register("introduce", onboarding.introduce, _only_logged)
    jobs.register("scan", lambda job, payload: spotter.scans.run(job, payload, blocks.scan_progress), _only_logged)


def _people(jobs: Jobs, parts: Parts) -> None:
    storage, gate, slack_of = parts.seeing.storage, parts.seeing.gate, parts.workspaces.slack
    people_jobs.register(jobs, parts.people, storage=storage, gate=gate, slack_of=slack_of, telling=parts.telling)
    _everywhere(jobs, parts, "expire", None, people_jobs.EXPIRE_SECONDS)


def _ends(jobs: Jobs, parts: Parts) -> None:
    """What ends by itself, or in Slack: what is too old, photos that are gone, faces that nothing stands for."""
    storage, seeing = parts.seeing.storage, parts.seeing
    retention = Retention(storage, terms(parts.settings))
    still_there = StillThere(storage=storage, slack_of=parts.workspaces.slack, forget=parts.spotter.forget_file)
    reconciling = Reconciling(storage=storage, faces=seeing.faces, traces=seeing.people.traces)
    _everywhere(jobs, parts, "retain", retention.retain, RETAIN_SECONDS)
    _everywhere(jobs, parts, "still_there", still_there.look, LOOK_SECONDS)
    _everywhere(jobs, parts, "reconcile", reconciling.reconcile, RECONCILE_SECONDS)


def _leaving(jobs: Jobs, parts: Parts) -> None:
    leaving = Leaving(
        storage=parts.seeing.storage,
        forget_people=parts.spotter.forgetting.forget_workspace,
        workspaces=parts.workspaces,
        forget_jobs=jobs.forget,
    )
    jobs.register("forget_workspace", leaving.forget, _only_logged)
    jobs.register("forget_again", lambda _job, _payload: leaving.forget_again(), _only_logged)
    jobs.every(_SWEEP_SECONDS, "forget_again", {})


def _sweeps(jobs: Jobs, parts: Parts) -> None:
    """What crashes and ended jobs leave; a process without a bucket leaves that to one that has it."""
    large = parts.seeing.large
    jobs.register("sweep", lambda _job, _payload: jobs.sweep(), _only_logged)
    jobs.register("sweep_bucket", lambda _job, _payload: large.sweep() if large else None, _only_logged)
    jobs.every(_SWEEP_SECONDS, "sweep", {})
    if large:
        jobs.every(_SWEEP_SECONDS, "sweep_bucket", {})


def _everywhere(jobs: Jobs, parts: Parts, kind: str, run: Run | None, seconds: float) -> None:
    """Do a job again and again in each workspace; one without `run` is registered elsewhere."""

    def each(job: str, _payload: Any) -> None:
        for workspace in parts.workspaces.every():
            jobs.submit(kind, f"{workspace}-{job}", {"workspace": workspace})

    if run:
        jobs.register(kind, run, _only_logged)
    jobs.register(f"{kind}_everywhere", each, _only_logged)
    jobs.every(seconds, f"{kind}_everywhere", {})


def _rates(settings: Settings, vision: Vision) -> HourlyRates:
    """Floods cost money; where a look costs none, they only take their time."""
    if not vision.paid:
        return HourlyRates()
    return HourlyRates(person=settings.photos_per_person, channel=settings.photos_per_channel)


def _only_logged(_job: str, _payload: Any, _error: Exception) -> None:
    """The job engine has logged it; there is nobody to tell."""
