"""What a bot is measured in: a workspace, and a Rekognition that takes its time and finds nothing worth a post."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from bot.core.channel import ChannelSettings
from storage import Storage
from tests.faults.harness import Place, place
from tests.faults.rekognition import Rekognition

CALL_SECONDS: Final = 0.25
"""How long a call takes (DESIGN §9)."""
DETECTORS: Final = ("labels", "text", "faces")
UNLIMITED: Final = {
    "SPOTTER_PHOTOS_PER_PERSON": "0",
    "SPOTTER_PHOTOS_PER_CHANNEL": "0",
    "SPOTTER_DAILY_SHARE": "100",
}
"""No wallet is in danger here."""
_UNSURE: Final = 60.0
"""Percent: kept, and told nobody."""
_BOX: Final = {"Left": 0.3, "Top": 0.4, "Width": 0.1, "Height": 0.1}
_CORNERS: Final = [{"X": x, "Y": y} for x, y in ((0.3, 0.4), (0.4, 0.4), (0.4, 0.5), (0.3, 0.5))]
_THINGS: Final = ("Person", "Running", "Shoe", "Clothing", "Shorts", "Road", "Tree", "Bicycle", "Flag", "Crowd")
_WORDS: Final = ("FINISH", "HALF", "MARATHON", "LAKE", "ROAD", "OAT", "OTTER", "BAKERY", "WATER", "START")

_ANSWERS: Final[Mapping[str, dict[str, Any]]] = {
    "DetectLabels": {
        "Labels": [
            {"Name": name, "Confidence": _UNSURE, "Instances": [{"BoundingBox": _BOX, "Confidence": _UNSURE}]}
            for name in _THINGS
        ]
    },
    "DetectText": {
        "TextDetections": [
            {
                "DetectedText": text,
                "Type": "WORD",
                "Id": place,
                "ParentId": place,
                "Confidence": _UNSURE,
                "Geometry": {"BoundingBox": _BOX, "Polygon": _CORNERS},
            }
            for place, text in enumerate(_WORDS)
        ]
    },
    "DetectFaces": {"FaceDetails": [{"BoundingBox": _BOX, "Confidence": _UNSURE}] * 3},
}


class Eyes(Rekognition):
    """Answers every photo alike, and notes when."""

    def answer(self, operation: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:  # noqa: ARG002  # whatever it shows
        """The same for each photo, after a while."""
        self.ending.wait(self.seconds)
        self.asked.append((operation, time.monotonic()))
        return 200, _ANSWERS[operation]


@contextmanager
def world(database: str, *, channels: int = 1, **settled: Any) -> Iterator[Place]:
    """Open a workspace with channels in which three detectors look; bots are started by the benchmark.

    Args:
        database: The bots' own.
        channels: How many: messages go at one a second in each.
        settled: What else is settled for each of them.
    """
    eyes = Eyes(seconds=CALL_SECONDS)
    with (
        tempfile.TemporaryDirectory(prefix="world") as folder,
        place(database, Path(folder), vision=eyes, module="bot") as here,
    ):
        here.open_channels(channels)
        with closing(Storage(database)) as storage, storage.begin(here.slack.team_id) as work:
            for channel in here.channels:
                work.channels.settle(channel, ChannelSettings(**{"detectors": DETECTORS, **settled}))
        yield here
