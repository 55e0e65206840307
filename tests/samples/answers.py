"""Answers to photos, as a thread reads them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.core.album import Album, AlbumPhoto
from bot.core.channel import ATTRIBUTE_GROUPS, ChannelSettings
from bot.core.geometry import Box
from bot.core.people import FaceMatch
from bot.core.report import Line, PhotoReport, Report
from bot.core.telling_people import told_of_people
from bot.detectors import every_detector
from bot.errors import DamagedPhoto, NotAPhoto, VisionDown
from bot.link_scan import Progress
from bot.scan.index import Index
from bot.slack import Message
from handlers import blocks
from storage.scans import Scan
from tests.samples.photos import CHANNEL, MIA, NAMES, SHARES, TS

KEY: Final = f"{CHANNEL}-{TS}"
RECORDED: Final = Path(__file__).parents[1] / "answers"
CURIOUS: Final = ChannelSettings(image_properties=True, attributes=ATTRIBUTE_GROUPS, emotions_confirmed=True)


def said(detector: str, answer: str, settings: ChannelSettings = CURIOUS) -> Sequence[Line]:
    """What a detector tells of a recorded answer."""
    asked = every_detector()[detector]
    answered = json.loads((RECORDED / asked.operation / f"{answer}.json").read_text())
    return asked.say(asked.read(answered, settings), settings)


def face(left: float, **who: str) -> FaceMatch:
    return FaceMatch(box=Box(left, 0.2, 0.05, 0.1), **who)  # type: ignore[arg-type]  # a certainty among them


CLARA: Final = face(0.5, certainty="probably", person="p-1", name="Clara Wennick")
STRANGER: Final = face(0.2, certainty="unknown")
RUNNER: Final = PhotoReport(
    file="F0PHOTO02",
    name=NAMES[1],
    bibs=("1207 (Clara Wennick)",),
    lines=(Line("people", "a person"), Line("text", "It reads “5KM” and “FERNMOOR HALF 2026”")),
)
FOUR: Final = PhotoReport(
    file="F0PHOTO01",
    name=NAMES[0],
    bibs=("1207 (Clara Wennick)", "34", "1342"),
    lines=(
        Line("people", "4 people"),
        Line("things", "a helmet, a road and trees"),
        Line("text", "It reads “2026”, “START” and “FERNMOOR HALF”"),
        Line("faces", "4 faces: 1 left, 2 in the middle and 1 right"),
        Line("doubts", "not on the start list: 815"),
        Line("doubts", "perhaps 1342 (Nora Bellweather), read as 134"),
    ),
    failures=("Celebrity recognition needs Amazon Rekognition.",),
)
EMPTY: Final = PhotoReport(file="F0PHOTO03", name=NAMES[2])
UNSAFE: Final = PhotoReport(file="F0PHOTO07", name=NAMES[6], lines=tuple(said("moderation", "smoking_v7")))
DAMAGED: Final = PhotoReport(file="F9", name="IMG_2041.HEIC", state="refused", refusal=DamagedPhoto().say)
WAITING: Final = PhotoReport(file="F8", name="IMG_2042.jpg", state="waiting")


def told(*photos: PhotoReport) -> Message:
    return blocks.photo_reply(Report(photos), key=KEY)


def with_lines(photo: PhotoReport, *lines: Line) -> PhotoReport:
    return replace(photo, lines=(*photo.lines, *lines))


ANSWERS: Final[Mapping[str, Message]] = {
    "one": told(FOUR),
    "with her name": told(with_lines(RUNNER, *said("faces", "botocore", ChannelSettings()), *told_of_people([CLARA]))),
    "with a name of two": told(
        with_lines(FOUR, *told_of_people([CLARA, STRANGER, replace(STRANGER, certainty="unsearched")]))
    ),
    "of nobody known": told(with_lines(EMPTY, *said("faces", "group"), *told_of_people([STRANGER, STRANGER]))),
    "several": told(FOUR, RUNNER, EMPTY, UNSAFE, DAMAGED),
    "several so far": told(RUNNER, WAITING, WAITING),
    "nothing": told(EMPTY),
    "damaged": told(DAMAGED),
    "no photo": told(replace(DAMAGED, refusal=NotAPhoto("a PDF").say)),
    "service down": told(replace(WAITING, refusal=VisionDown(after=60).say)),
    "looking": told(WAITING),
}
DETAILS: Final[Mapping[str, Message]] = {
    "unsafe": told(UNSAFE),
    "protective equipment": told(with_lines(EMPTY, *said("protective_equipment", "site"))),
    "a model of one's own": told(with_lines(EMPTY, *said("custom_labels", "club"))),
    "celebrities": told(with_lines(EMPTY, *said("celebrities", "awscli"), *said("labels", "race"))),
    "attributes": told(with_lines(EMPTY, *said("faces", "group"), *said("labels", "botocore"))),
    "moderators": blocks.moderators_note(Report((UNSAFE,)), SHARES[6].permalink),
    "moderators of several": blocks.moderators_note(
        Report((UNSAFE, replace(UNSAFE, name="bar.jpg"))), "https://a.example"
    ),
    "nothing to share": blocks.nothing_to_share(),
    "looking at a picture": blocks.looking("I am looking at it. The answer comes in the photo's thread.", CHANNEL),
}


def _photo(number: int) -> AlbumPhoto:
    name = NAMES[number % 7] if number < 7 else f"IMG_{2000 + number}.jpg"
    return AlbumPhoto(
        name=name,
        permalink=SHARES[number % 7].permalink,
        digest=str(number - number % 9 // 8),
        likeness=f"{(number - number % 13 // 12) * 0x123456789:016x}",
        bibs=tuple(str(1200 + (number * 7 + step) % 40) for step in range(number % 3)),
        people=("Clara Wennick",) if number % 5 == 0 else ("Mia Member",) if number % 11 == 0 else (),
        heads=number % 4,
        sharpness=float(number % 90),
        unsafe=number == 17,
    )


MANY: Final = Album(tuple(map(_photo, range(48))), failed=2, cost=96_000)
FEW: Final = Album((AlbumPhoto(name=NAMES[1], permalink=SHARES[1].permalink, bibs=("1207",), heads=1, sharpness=80),))
LINKS: Final = Scan("s1", CHANNEL, MIA, tuple(f"https://photos.example.org/{number}.jpg" for number in range(214)))
ZIP: Final = replace(LINKS, zip="F0ZIP0001")
SO_FAR: Final = Index(bibs={str(number): [] for number in range(100, 131)}, photos=80, paid_calls=80, cost=80_000)
DONE: Final = replace(
    SO_FAR, photos=214, failed=[{"photo": "https://photos.example.org/7.jpg", "error": DamagedPhoto().say}] * 7
)
ALBUMS: Final[Mapping[str, Message]] = {
    "many photos": blocks.album_reply(Report((*[RUNNER] * 48, DAMAGED, DAMAGED)), MANY, key=KEY),
    "digest of a day": blocks.digest_message(MANY, "2026-05-17"),
    "digest of one photo": blocks.digest_message(FEW, "2026-05-17"),
    "zip": blocks.scan_offer(ZIP, 0),
    "paid links": blocks.scan_offer(LINKS, 428_000),
    "a link": blocks.scan_offer(replace(LINKS, links=LINKS.links[:1]), 1_000),
    "agreed to": blocks.scan_begun(ZIP),
    "begun": blocks.scan_progress(Progress(scan=LINKS, index=Index())),
    "scanned so far": blocks.scan_progress(Progress(scan=LINKS, index=SO_FAR)),
    "scanned": blocks.scan_progress(Progress(scan=ZIP, index=DONE, album=MANY, ended=True)),
    "scanned one": blocks.scan_progress(
        Progress(
            scan=replace(LINKS, links=LINKS.links[:1]), index=Index(bibs={"7": []}, photos=1), album=FEW, ended=True
        )
    ),
}
