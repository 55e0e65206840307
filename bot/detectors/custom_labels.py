"""What a model that the team trained itself (Rekognition Custom Labels) sees in the photo."""

from collections.abc import Sequence
from typing import Any

from bot.core.channel import ChannelSettings
from bot.core.findings import Label
from bot.core.geometry import Box
from bot.core.plural import listed
from bot.core.report import Line
from bot.detectors import Answer, Detector


def options(settings: ChannelSettings) -> dict[str, Any]:
    """Ask the channel's model; without a least confidence each label has the one that it was trained to."""
    return {"ProjectVersionArn": settings.custom_model}


def lacks(settings: ChannelSettings) -> str:
    """Say that no model was named."""
    return "" if settings.custom_model else "No model of your own is named for this channel; an admin can name one."


def read(answer: Answer, _settings: ChannelSettings) -> list[Label]:
    """Put the places of each label together; a label of the whole picture has none."""
    found: dict[str, Label] = {}
    for one in sorted(answer["CustomLabels"], key=lambda it: -it["Confidence"]):
        known = found.get(one["Name"], Label(one["Name"], one["Confidence"]))
        place = (Box.of(one["Geometry"]["BoundingBox"]),) if "Geometry" in one else ()
        found[known.name] = Label(known.name, known.confidence, (*known.boxes, *place))
    return list(found.values())


def say(labels: Sequence[Label], _settings: ChannelSettings) -> list[Line]:
    """Name what was seen, as the team calls it."""
    named = [f"{one.name} ({len(one.boxes)})" if len(one.boxes) > 1 else one.name for one in labels]
    return [Line("things", f"Your model sees {listed(named)}")] if named else []


DETECTOR = Detector(
    operation="detect_custom_labels",
    options=options,
    read=read,
    say=say,
    lacks=lacks,
    title="What your own model knows",
    hint="Rekognition Custom Labels",
)
