"""Things and scenes in the photo, how many people, and the picture's quality and colours where an admin asked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.core.findings import PEOPLE, Color, ImageQuality, Label
from bot.core.geometry import Box
from bot.core.plural import counted, listed
from bot.core.report import Line
from bot.detectors import Answer, Detector

FLOOR: Final = 50.0
"""The least confidence that is kept for search; what is told is filtered by the channel's settings."""
MOST_THINGS: Final = 8
"""Nobody reads more."""
MOST_COLORS: Final = 3

DESCRIPTIONS: Final = frozenset(
    {"Adult", "Baby", "Boy", "Child", "Face", "Female", "Girl", "Head", "Kid", "Lady", "Male", "Man", "Portrait"}
    | {"Selfie", "Teen", "Woman"}
)
"""Gender and age of single people, which are never told, and what the faces detector tells better."""
BETTER_QUOTED: Final = frozenset({"Text", "Number", "Symbol", "Word"})
"""That there is text says less than the text itself."""
MOODS: Final = "Expressions and Emotions"
"""The category that is not even kept (EU AI Act, article 5(1)(f))."""

Finding = Label | ImageQuality | Color


def options(settings: ChannelSettings) -> dict[str, Any]:
    """Ask low, so that one stored answer serves every channel; quality and colours only where they are wanted."""
    features = ["GENERAL_LABELS", "IMAGE_PROPERTIES"] if settings.image_properties else ["GENERAL_LABELS"]
    return {"MinConfidence": min(FLOOR, settings.confidence), "Features": features}


def read(answer: Answer, settings: ChannelSettings) -> list[Finding]:
    """Keep every label but moods, and where asked the picture's quality and dominant colours."""
    labels = [_label(found) for found in answer["Labels"]]
    kept: list[Finding] = [label for label in labels if MOODS not in label.categories]
    if settings.image_properties:
        kept += _picture(answer.get("ImageProperties", {}))
    return kept


def _label(found: Mapping[str, Any]) -> Label:
    return Label(
        name=found["Name"],
        confidence=found["Confidence"],
        boxes=tuple(Box.of(instance["BoundingBox"]) for instance in found.get("Instances", ())),
        parents=_names(found, "Parents"),
        aliases=_names(found, "Aliases"),
        categories=_names(found, "Categories"),
    )


def _names(found: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(named["Name"] for named in found.get(key, ()))


def _picture(properties: Mapping[str, Any]) -> Iterable[Finding]:
    if quality := properties.get("Quality"):
        yield ImageQuality(quality["Brightness"], quality["Sharpness"], quality["Contrast"])
    for color in properties.get("DominantColors", ()):
        yield Color(color["SimplifiedColor"], color["HexCode"], color["PixelPercent"])


def say(findings: Sequence[Finding], settings: ChannelSettings) -> list[Line]:
    """Count the people, name the things, describe the picture: a line each."""
    sure = [it for it in findings if isinstance(it, Label) and it.confidence >= settings.confidence]
    lines = [
        Line("people", people(sure)),
        Line("things", listed(things(sure), MOST_THINGS)),
        Line("picture", _picture_words(findings) if settings.image_properties else ""),
    ]
    return [line for line in lines if line.text]


def people(labels: Sequence[Label]) -> str:
    """Count people by their boxes: `3 people`; without boxes just `people`."""
    found = [label for label in labels if label.name in PEOPLE]
    count = max((len(label.boxes) for label in found), default=0)
    if count:
        return counted(count, "person")
    return "people" if found else ""


def things(labels: Sequence[Label]) -> list[str]:
    """Name the leaves of the label tree, counted ones first: `2 bicycles`, `a dog`, `grass`."""
    told = sorted(
        (label for label in leaves(labels) if _told(label)),
        key=lambda label: (not label.boxes, -label.confidence, label.name),
    )
    return [counted(len(label.boxes), _noun(label)) if label.boxes else _noun(label) for label in told]


def boxed(labels: Sequence[Label]) -> list[tuple[str, Box]]:
    """Name the things that have a place in the photo, and give it: the surest first."""
    told = sorted((label for label in leaves(labels) if _told(label)), key=lambda label: -label.confidence)
    return [(_noun(label), box) for label in told for box in label.boxes]


def leaves(labels: Sequence[Label]) -> list[Label]:
    """Leave out ancestors, unless more of them were counted than of what stands below them."""
    below: dict[str, int] = {}
    for label in labels:
        for parent in label.parents:
            below[parent] = max(below.get(parent, 0), len(label.boxes))
    return [label for label in labels if len(label.boxes) > below.get(label.name, -1)]


def _told(label: Label) -> bool:
    about_people = label.name in PEOPLE | DESCRIPTIONS or "Person Description" in label.categories
    return not about_people and label.name not in BETTER_QUOTED


def _noun(label: Label) -> str:
    if "Popular Landmarks" in label.categories:
        return label.name
    return " ".join(word if word.isupper() else word.lower() for word in label.name.split())


def picture_words(answer: Answer) -> str:
    """Describe the picture, from an answer that was asked for its properties; empty where it has none."""
    return _picture_words(list(_picture(answer.get("ImageProperties", {}))))


def _picture_words(findings: Sequence[Finding]) -> str:
    quality = [f"a {_quality_words(it)} picture" for it in findings if isinstance(it, ImageQuality)]
    shares: Counter[str] = Counter()
    for it in findings:
        if isinstance(it, Color):
            shares[it.name] += round(it.share)
    colors = [f"{name} {share} %" for name, share in shares.most_common()]
    return ", ".join(quality + ["mostly " + ", ".join(colors[:MOST_COLORS])] * bool(colors))


def _quality_words(quality: ImageQuality) -> str:
    light = _third(quality.brightness, "dark", "well lit", "bright")
    return f"{light}, {_third(quality.sharpness, 'blurred', 'fairly sharp', 'sharp')}"


def _third(value: float, low: str, middle: str, high: str) -> str:
    """Put 0 to 100 into a word."""
    return low if value < 100 / 3 else middle if value < 200 / 3 else high


DETECTOR = Detector(
    operation="detect_labels",
    options=options,
    read=read,
    say=say,
    title="Things and places",
    hint="A bicycle, a dog, a beach",
)
