"""Faces in the photo, whoever they are: how many, where, and what an admin asked to be told of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.core.findings import Face, Tally
from bot.core.geometry import Box
from bot.core.plural import counted, listed
from bot.core.report import Line
from bot.detectors import Answer, Detector

FLOOR: Final = 50.0
"""The least confidence that something is a face, 0 to 100."""
BLURRED: Final = 20.0
"""Sharpness below which a face is called blurred."""
DARK: Final = 25.0
"""Brightness below which a face is called dark."""

ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "age range": ("AgeRange",),
    "smile": ("Smile",),
    "glasses": ("Eyeglasses", "Sunglasses"),
    "beard": ("Beard", "Mustache"),
    "eyes": ("EyesOpen",),
    "mouth": ("MouthOpen",),
    "occlusion": ("FaceOccluded",),
    "gender": ("Gender",),
    "emotions": ("Emotions",),
}
"""Which members of the answer each group of the settings stands for."""
_WIRE: Final = {
    "AgeRange": "AGE_RANGE",
    "EyesOpen": "EYES_OPEN",
    "FaceOccluded": "FACE_OCCLUDED",
    "MouthOpen": "MOUTH_OPEN",
}
"""How the request spells what is not simply upper case."""
_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("Smile", "yes"): "smiling",
    ("Eyeglasses", "yes"): "with glasses",
    ("Sunglasses", "yes"): "with sunglasses",
    ("Beard", "yes"): "with a beard",
    ("Mustache", "yes"): "with a mustache",
    ("EyesOpen", "no"): "with closed eyes",
    ("MouthOpen", "yes"): "with an open mouth",
    ("FaceOccluded", "yes"): "partly covered",
}
_COUNTED_ONLY: Final = ("Gender", "Emotions")
"""Told as counts over a photo only, so they are never kept with a face."""

Finding = Face | Tally


def options(settings: ChannelSettings) -> dict[str, Any]:
    """Ask for what is told and nothing else."""
    return {"Attributes": ["DEFAULT", *(_WIRE.get(name, name.upper()) for name in asked(settings))]}


def asked(settings: ChannelSettings) -> list[str]:
    """Name the answer's members that this channel may see; emotions need the admin's written confirmation."""
    groups = [group for group in ATTRIBUTES if group in settings.attributes]
    allowed = [group for group in groups if group != "emotions" or settings.emotions_confirmed]
    return [name for group in allowed for name in ATTRIBUTES[group]]


def read(answer: Answer, settings: ChannelSettings) -> list[Finding]:
    """Keep each face, largest first, and count over the photo what may not be told of one face."""
    details = [it for it in answer["FaceDetails"] if it["Confidence"] >= FLOOR and "BoundingBox" in it]
    names = asked(settings)
    faces = sorted((_face(it, names) for it in details), key=lambda face: -face.box.area)
    told = [it for it in details if it["Confidence"] >= settings.confidence]
    return [*faces, *_tallies(told, names, settings.confidence)]


def _face(found: Mapping[str, Any], names: Sequence[str]) -> Face:
    pose, quality = found.get("Pose", {}), found.get("Quality", {})
    return Face(
        box=Box.of(found["BoundingBox"]),
        confidence=found["Confidence"],
        yaw=pose.get("Yaw", 0.0),
        pitch=pose.get("Pitch", 0.0),
        roll=pose.get("Roll", 0.0),
        brightness=quality.get("Brightness"),
        sharpness=quality.get("Sharpness"),
        attributes={
            name: _attribute(found[name], found["Confidence"])
            for name in names
            if name in found and name not in _COUNTED_ONLY
        },
    )


def _attribute(value: Mapping[str, Any], face_confidence: float) -> tuple[str, float]:
    """Read `yes`, `no` or an age range, which has no confidence but the face's own."""
    if "Low" in value:
        return f"{value['Low']} to {value['High']}", face_confidence
    return ("yes" if value["Value"] else "no"), value["Confidence"]


def _tallies(details: Sequence[Mapping[str, Any]], names: Sequence[str], least: float) -> Iterable[Tally]:
    """Count over the photo; of a single face a count would be a statement about its person."""
    genders = Counter(
        it["Gender"]["Value"].lower() for it in details if "Gender" in it and it["Gender"]["Confidence"] >= least
    )
    moods = Counter(filter(None, (_mood(it.get("Emotions", ()), least) for it in details)))
    if "Gender" in names and len(details) > 1:
        yield Tally("gender", dict(genders))
    if "Emotions" in names and moods:
        yield Tally("emotions", dict(moods))


def _mood(emotions: Sequence[Mapping[str, Any]], least: float) -> str:
    best, mood = max(((it["Confidence"], it["Type"]) for it in emotions), default=(0.0, ""))
    return str(mood).lower() if best >= least else ""


def say(findings: Sequence[Finding], settings: ChannelSettings) -> list[Line]:
    """Tell how many faces there are and where, then what was asked of them, counted over the photo: a line each."""
    faces = [it for it in findings if isinstance(it, Face) and it.confidence >= settings.confidence]
    if not faces:
        return []
    allowed = asked(settings)
    seen = [
        *_counts(faces, _quality),
        *_counts(faces, lambda face: _described(face, allowed, settings.confidence)),
        *_ages(faces, allowed),
    ]
    told = [_places(faces), ", ".join(seen), *_tallied(findings, "gender", allowed=settings)]
    moods = _tallied(findings, "emotions", allowed=settings)
    return [*(Line("faces", text) for text in told if text), *(Line("faces", mood, fleeting=True) for mood in moods)]


def _places(faces: Sequence[Face]) -> str:
    """Say where they are: `3 faces: 2 left, 1 right`."""
    places = Counter(map(place, faces))
    total = counted(len(faces), "face")
    if len(faces) == 1:
        return f"{total}, {place(faces[0])}"
    where = [f"{places[it]} {it}" for it in ("left", "in the middle", "right") if places[it]]
    return f"{total}: {listed(where)}" if len(where) > 1 else f"{total}, all {place(faces[0])}"


def place(face: Face) -> str:
    """Name the third of the photo that the face's centre is in."""
    across = face.box.center[0]
    return "left" if across < 1 / 3 else "in the middle" if across <= 2 / 3 else "right"


def _counts(faces: Sequence[Face], words: Callable[[Face], Iterable[str]]) -> list[str]:
    """Count what is said of several faces; of a single one it needs no number."""
    seen = Counter(word for face in faces for word in words(face))
    return [word if len(faces) == 1 else f"{number} {word}" for word, number in seen.items()]


def _quality(face: Face) -> Iterable[str]:
    if face.sharpness is not None and face.sharpness < BLURRED:
        yield "blurred"
    if face.brightness is not None and face.brightness < DARK:
        yield "dark"


def _described(face: Face, allowed: Sequence[str], least: float) -> Iterable[str]:
    for name, (value, confidence) in face.attributes.items():
        if name in allowed and confidence >= least and (name, value) in _WORDS:
            yield _WORDS[name, value]


def _ages(faces: Sequence[Face], allowed: Sequence[str]) -> list[str]:
    """Say how old they look, the youngest first: `looks 22 to 30 years old`; of several, all ranges together."""
    ranges = [face.attributes["AgeRange"][0] for face in faces if "AgeRange" in face.attributes]
    told = listed(sorted(dict.fromkeys(ranges), key=lambda years: [*map(int, years.split(" to "))]))
    return [f"look{'s' * (len(faces) == 1)} {told} years old"] if told and "AgeRange" in allowed else []


def _tallied(findings: Sequence[Finding], about: str, *, allowed: ChannelSettings) -> list[str]:
    if about.title() not in asked(allowed):
        return []
    tallies = [it for it in findings if isinstance(it, Tally) and it.about == about and it.counts]
    return [f"by appearance {_numbers(tally)}" for tally in tallies]


def _numbers(tally: Tally) -> str:
    return listed([f"{number} {name}" for name, number in sorted(tally.counts.items())])


DETECTOR = Detector(
    operation="detect_faces",
    options=options,
    read=read,
    say=say,
    title="Faces",
    hint="How many there are and where, never whose",
)
