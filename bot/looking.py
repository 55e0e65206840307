"""The questions that are put to one photo: each detector's, and to the text's further looks where they pay."""

import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import asdict, dataclass, replace
from functools import partial
from threading import Lock
from typing import Any, Final
from weakref import WeakValueDictionary

from bot.asking import Asking
from bot.core.bibs import bibs_among
from bot.core.channel import ChannelSettings
from bot.core.event import Event, event_of
from bot.core.findings import Face, Word
from bot.core.money import Budget, Payer
from bot.core.photo import Photo
from bot.core.report import ordered
from bot.core.second_look import Region, narrowed
from bot.core.share import Looked
from bot.core.start_list import StartList
from bot.crops import Crops
from bot.detectors import Answer, Detector, every_detector
from bot.errors import AskError, BudgetSpent, NotStored, VisionBusy, VisionCannot, VisionError
from bot.second_looks import SecondLooks
from bot.vision import Vision
from storage import Storage
from storage.answers import Question

MOST_EXTRA_LOOKS: Final = 4
"""Further looks at one photo that a paid engine is asked for: at most five times the price of a photo without them."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A photo that detectors ask about: who pays, what is settled, and what was answered before."""

    payer: Payer
    photo: Photo
    settings: ChannelSettings
    stored: Mapping[Question, Answer]


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
        daily_share: How much of the cap may be spent in one day, in percent.
        quotas: The account's calls a second by operation, where they differ from everybody's.

    Attributes:
        budget: What a workspace may spend.
        asking: Puts single questions; for whoever asks about a photo what no detector asks.
    """

    def __init__(
        self,
        vision: Vision,
        storage: Storage,
        *,
        cap: int,
        workers: int,
        daily_share: int = 100,
        quotas: Mapping[str, float] | None = None,
    ) -> None:
        self.vision = vision
        self.budget = Budget(cap, daily_share)
        self.asking = Asking(vision, storage, budget=self.budget, quotas=quotas)
        self._turns = _Turns()
        self._pool = ThreadPoolExecutor(workers * len(every_detector()), thread_name_prefix="look")

    def look(
        self,
        workspace: str,
        photo: Photo,
        settings: ChannelSettings,
        start_list: StartList | None = None,
        *,
        channel: str = "",
    ) -> Looked:
        """Ask a channel's detectors about a photo, all at once but for those that wait for another's findings.

        Equal pictures are looked at one after the other, so that the second finds the first one's answers.

        Args:
            workspace: Who pays.
            photo: From the gate.
            settings: Which detectors look, and what is known of the event.
            start_list: Who takes part, where that is known.
            channel: Which channel's share of the budget it counts against; empty for none.

        Raises:
            VisionBusy: A question may be answered later; answers that came are kept, so nothing is paid twice.
        """
        with self._turns.of(workspace, photo.digest):
            return self._look(Payer(workspace, channel), photo, settings, start_list)

    def close(self) -> None:
        """Let go of the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _look(self, payer: Payer, photo: Photo, settings: ChannelSettings, start_list: StartList | None) -> Looked:
        asked = self._ask_all(payer, photo, settings)
        found = {name: one.findings for name, one in asked.items()}
        said = [line for name, findings in found.items() for line in every_detector()[name].say(findings, settings)]
        faces = [one for one in found.get("faces", ()) if isinstance(one, Face)]
        event, size = _event(settings), (photo.width, photo.height)
        again: list[int] = []
        if "text" in found:
            read = partial(self._read_region, payer, Crops(photo), settings, again)
            looks = SecondLooks(read, faces, size, event, self._most_again(settings))
            found["text"] = tuple(looks(found["text"]))
        prices = [*(one.price for one in asked.values()), *again]
        return Looked(
            digest=photo.digest,
            width=photo.original_width,
            height=photo.original_height,
            taken=photo.taken,
            likeness=photo.likeness,
            found=found,
            bibs=bibs_among(found.get("text", ()), faces, size=size, event=event, start_list=start_list),
            lines=ordered(said),
            failures=_each_once(one.failure for one in asked.values()),
            cannot=_each_once(one.cannot for one in asked.values()),
            remarks=_remarks(photo, found),
            paid_calls=sum(price > 0 for price in prices),
            cost=sum(prices),
        )

    def _most_again(self, settings: ChannelSettings) -> int | None:
        """How often one photo is looked at again: a paid engine's further looks are an admin's choice, and few."""
        if not self.vision.paid:
            return None
        return MOST_EXTRA_LOOKS if settings.extra_looks else 0

    def _read_region(
        self, payer: Payer, crops: Crops, settings: ChannelSettings, prices: list[int], region: Region
    ) -> tuple[Word, ...]:
        """Read a part of the photo; what is refused here leaves the first look as it is."""
        detector = every_detector()["text"]
        options = narrowed(detector.options(settings), region)
        question = self.asking.question(crops.photo.digest, detector.operation, options, asdict(region))
        try:
            answer, price = self.asking.answer(
                payer.workspace, question, partial(crops, region), options, channel=payer.channel
            )
        except VisionBusy:
            raise
        except (VisionError, BudgetSpent) as error:
            log.info("second look: %s", error)
            return ()
        prices.append(price)
        return tuple(detector.read(answer, settings))

    def _ask_all(self, payer: Payer, photo: Photo, settings: ChannelSettings) -> dict[str, _Asked]:
        wanted = {name: one for name, one in every_detector().items() if name in settings.detectors}
        questions = [self._question(photo, settings, one) for one in wanted.values() if not one.lacks(settings)]
        seen = _Seen(payer, photo, settings, self.asking.stored(payer.workspace, questions))
        running: dict[str, Future[_Asked]] = {}
        for name in sorted(wanted, key=lambda name: wanted[name].after):
            first = running.get(wanted[name].after)
            within = copy_context().run  # the log's correlation goes along
            running[name] = self._pool.submit(within, self._ask, seen, wanted[name], first)
        return _gathered(running)

    def _question(self, photo: Photo, settings: ChannelSettings, detector: Detector[Any]) -> Question:
        return self.asking.question(photo.digest, detector.operation, detector.options(settings))

    def _ask(self, seen: _Seen, detector: Detector[Any], first: Future[_Asked] | None) -> _Asked:
        if first is not None and not first.result().findings:
            return _Asked()
        if lack := detector.lacks(seen.settings):
            return _Asked(failure=lack)
        try:
            answer, price = self._answer_whole(seen, detector)
        except VisionBusy:
            raise
        except VisionCannot as error:
            log.info("%s: %s", detector.operation, error)
            return _Asked(cannot=error.say)
        except (VisionError, BudgetSpent) as error:
            log.warning("%s: %s", detector.operation, error, exc_info=error.__cause__)
            return _Asked(failure=error.say)
        return _Asked(tuple(detector.read(answer, seen.settings)), price=price)

    def _answer_whole(self, seen: _Seen, detector: Detector[Any]) -> tuple[Answer, int]:
        """Answer a detector's question to all of a photo, with all its pixels where that can be."""
        question = self._question(seen.photo, seen.settings, detector)
        if question in seen.stored:
            return seen.stored[question], 0
        options = detector.options(seen.settings)
        ask = partial(self.asking.new, seen.payer.workspace, question, channel=seen.payer.channel)
        try:
            return ask(seen.photo.large or seen.photo.data, options)
        except NotStored as error:
            log.warning("%s", error, exc_info=error.__cause__)
            return ask(seen.photo.data, options)


class _Turns:
    """A lock for each name, for as long as somebody has or awaits it."""

    def __init__(self) -> None:
        self._door = Lock()
        self._locks: WeakValueDictionary[tuple[str, ...], Lock] = WeakValueDictionary()

    def of(self, *name: str) -> Lock:
        with self._door:
            return self._locks.setdefault(name, Lock())


def _event(settings: ChannelSettings) -> Event:
    """The channel's event; where what is stored of its bibs cannot be understood any more, bibs of any form."""
    try:
        return event_of(settings)
    except AskError as error:
        log.warning("the channel's mask or range is ignored: %s", error)
        return event_of(replace(settings, event_format="", bib_range=""))


def _gathered(running: Mapping[str, Future[_Asked]]) -> dict[str, _Asked]:
    """Wait for all, so that each paid answer is kept, before any error is passed on."""
    errors = [error for future in running.values() if (error := future.exception())]
    if errors:
        raise errors[0]
    return {name: future.result() for name, future in running.items()}


def _each_once(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, sentences)))


def _remarks(photo: Photo, found: Mapping[str, tuple[Any, ...]]) -> tuple[str, ...]:
    faces = [one for one in found.get("faces", ()) if isinstance(one, Face)]
    remarks = []
    if photo.animated:
        remarks.append("It is animated: I looked at the first frame.")
    if photo.small and faces:
        remarks.append("It is a small photo; a larger one tells more.")
    return tuple(remarks)
