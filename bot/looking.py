"""The questions that are put to one photo: from the stored answer where there is one, else paid, paced and kept."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from bot.core import money
from bot.core.bibs import bibs_among
from bot.core.channel import ChannelSettings
from bot.core.event import event_of
from bot.core.findings import Face, Word
from bot.core.photo import Photo
from bot.core.quotas import calls_per_second
from bot.core.report import ordered
from bot.core.second_look import Region
from bot.core.share import Looked
from bot.core.start_list import StartList
from bot.crops import crop
from bot.detectors import Answer, Detector, every_detector
from bot.errors import BudgetSpent, VisionBusy, VisionCannot, VisionError
from bot.second_looks import SecondLooks
from bot.vision import Vision
from storage import Storage
from storage.answers import Question

_PACE_SHARE: Final = 0.8
"""The part of an account's quota that is used (DESIGN §3)."""
_BREATHER_SECONDS: Final = 1.0
"""How long nobody asks after the engine said that it is busy, and not for how long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What came of one detector's question."""

    findings: tuple[Any, ...] = ()
    failure: str = ""
    cannot: str = ""
    price: int = 0


class Looking:
    """Puts the detectors' questions to photos.

    Args:
        vision: Who looks.
        storage: Where answers and money are kept.
        cap: What a workspace may spend in a month, in millionths of a dollar.
        workers: How many photos are looked at at once.
    """

    def __init__(self, vision: Vision, storage: Storage, *, cap: int, workers: int) -> None:
        self.vision = vision
        self._storage = storage
        self.cap = cap
        self._pool = ThreadPoolExecutor(workers * len(every_detector()), thread_name_prefix="look")

    def look(
        self, workspace: str, photo: Photo, settings: ChannelSettings, start_list: StartList | None = None
    ) -> Looked:
        """Ask a channel's detectors about a photo, all at once but for those that wait for another's findings.

        Raises:
            VisionBusy: A question may be answered later; answers that came are kept, so nothing is paid twice.
        """
        asked = self._ask_all(workspace, photo, settings)
        found = {name: one.findings for name, one in asked.items()}
        event = event_of(settings)
        faces = [one for one in found.get("faces", ()) if isinstance(one, Face)]
        said = [line for name, findings in found.items() for line in every_detector()[name].say(findings, settings)]
        size = (photo.width, photo.height)
        again: list[_Asked] = []
        if "text" in found and self._may_look_again(settings):
            read = partial(self._read_region, workspace, photo, settings, again)
            found["text"] = tuple(SecondLooks(read, faces, size, event)(found["text"]))
        bibs = bibs_among(found.get("text", ()), faces, size=size, event=event, start_list=start_list)
        everything = [*asked.values(), *again]
        return Looked(
            digest=photo.digest,
            width=photo.original_width,
            height=photo.original_height,
            taken=photo.taken,
            found=found,
            bibs=bibs,
            lines=ordered(said),
            failures=_each_once(one.failure for one in everything),
            cannot=_each_once(one.cannot for one in everything),
            remarks=_remarks(photo, found),
            paid_calls=sum(one.price > 0 for one in everything),
            cost=sum(one.price for one in everything),
        )

    def close(self) -> None:
        """Let go of the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _may_look_again(self, settings: ChannelSettings) -> bool:
        """A paid engine's extra looks are an admin's choice; those of the embedded one cost nothing."""
        return settings.extra_looks or not self.vision.paid

    def _read_region(
        self, workspace: str, photo: Photo, settings: ChannelSettings, asked: list[_Asked], region: Region
    ) -> tuple[Word, ...]:
        """Read a part of the photo; what is refused here leaves the first look as it is."""
        detector = every_detector()["text"]
        options = detector.options(settings)
        question = self._question(photo, detector.operation, options, f" {_short(asdict(region))}")
        try:
            answer, price = self._answer(workspace, question, partial(crop, photo, region), options)
        except VisionBusy:
            raise
        except (VisionError, BudgetSpent) as error:
            log.info("second look: %s", error)
            return ()
        asked.append(_Asked(price=price))
        return tuple(detector.read(answer, settings))

    def _ask_all(self, workspace: str, photo: Photo, settings: ChannelSettings) -> dict[str, _Asked]:
        wanted = {name: one for name, one in every_detector().items() if name in settings.detectors}
        running: dict[str, Future[_Asked]] = {}
        for name in sorted(wanted, key=lambda name: wanted[name].after):
            first = running.get(wanted[name].after)
            running[name] = self._pool.submit(self._ask, workspace, photo, settings, wanted[name], first)
        return _gathered(running)

    def _ask(
        self,
        workspace: str,
        photo: Photo,
        settings: ChannelSettings,
        detector: Detector[Any],
        first: Future[_Asked] | None,
    ) -> _Asked:
        if first is not None and not first.result().findings:
            return _Asked()
        options = detector.options(settings)
        question = self._question(photo, detector.operation, options)
        try:
            answer, price = self._answer(workspace, question, lambda: photo.data, options)
        except VisionBusy:
            raise
        except VisionCannot as error:
            log.info("%s: %s", detector.operation, error)
            return _Asked(cannot=error.say)
        except (VisionError, BudgetSpent) as error:
            log.warning("%s: %s", detector.operation, error, exc_info=error.__cause__)
            return _Asked(failure=error.say)
        return _Asked(tuple(detector.read(answer, settings)), price=price)

    def _question(self, photo: Photo, operation: str, options: Mapping[str, Any], region: str = "") -> Question:
        return Question(photo.digest, operation, _short(options) + region, self.vision.model)

    def _answer(
        self, workspace: str, question: Question, image: Callable[[], bytes], options: Mapping[str, Any]
    ) -> tuple[Answer, int]:
        """The answer, and what it cost now, in millionths of a dollar."""
        with self._storage.begin(workspace) as work:
            known = work.answers.to(question)
        if known is not None:
            return known, 0
        operation, data = question.operation, image()
        self._wait_for_place(operation)
        price = money.price(operation, options) if self.vision.paid else 0
        month = money.month(datetime.now(UTC))
        self._reserve(workspace, month, price)
        try:
            answer = self.vision.look(operation, data, options)
        except BaseException as error:
            self._settle(workspace, month, price, 0 if _free(error) else price)
            if isinstance(error, VisionBusy):
                self._slow_down(operation, error)
            raise
        with self._storage.begin(workspace) as work:
            if "EMOTIONS" not in options.get("Attributes", ()):  # never stored (DESIGN §6)
                work.answers.keep(question, dict(answer))
            work.spends.settle(month, price, price)
        return answer, price

    def _reserve(self, workspace: str, month: str, price: int) -> None:
        if price:
            with self._storage.begin(workspace) as work:
                work.spends.reserve(month, price, self.cap)

    def _settle(self, workspace: str, month: str, reserved: int, spent: int) -> None:
        if reserved:
            with self._storage.begin(workspace) as work:
                work.spends.settle(month, reserved, spent)

    def _wait_for_place(self, operation: str) -> None:
        if not self.vision.paid:
            return
        per_second = calls_per_second(operation, self.vision.region) * _PACE_SHARE
        time.sleep(self._storage.pace.take(self._pace(operation), per_second))

    def _slow_down(self, operation: str, error: VisionBusy) -> None:
        """A throttle slows everybody."""
        if self.vision.paid:
            self._storage.pace.hold(self._pace(operation), error.after or _BREATHER_SECONDS)

    def _pace(self, operation: str) -> str:
        return f"{self.vision.region}:{operation}"


def _gathered(running: Mapping[str, Future[_Asked]]) -> dict[str, _Asked]:
    """Wait for all, so that each paid answer is kept, before any error is passed on."""
    errors = [error for future in running.values() if (error := future.exception())]
    if errors:
        raise errors[0]
    return {name: future.result() for name, future in running.items()}


def _each_once(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, sentences)))


def _free(error: BaseException) -> bool:
    """Whether a failed call certainly cost nothing: one without an answer may have been counted."""
    return isinstance(error, VisionError) and not (isinstance(error, VisionBusy) and error.unanswered)


def _short(options: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(options, sort_keys=True).encode()).hexdigest()[:16]


def _remarks(photo: Photo, found: Mapping[str, tuple[Any, ...]]) -> tuple[str, ...]:
    faces = [one for one in found.get("faces", ()) if isinstance(one, Face)]
    remarks = []
    if photo.animated:
        remarks.append("It is animated: I looked at the first frame.")
    if photo.small and faces:
        remarks.append("It is a small photo; a larger one tells more.")
    return tuple(remarks)
