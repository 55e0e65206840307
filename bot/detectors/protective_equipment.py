"""Who wears a head cover, a hand cover and a face cover, who does not, and of whom nobody can tell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.core.findings import Protected, Verdict
from bot.core.geometry import Box
from bot.core.report import Line
from bot.detectors import Answer, Detector

FLOOR: Final = 50.0
"""The least confidence that Amazon sums up with (developer guide, protective equipment)."""
ITEMS: Final = {
    "HEAD_COVER": ("head cover", ("HEAD",)),
    "HAND_COVER": ("hand cover", ("LEFT_HAND", "RIGHT_HAND")),
    "FACE_COVER": ("face cover", ("FACE",)),
}
"""Each piece of equipment: its name for people, and the parts of the body that it covers."""
_VERDICTS: Final[Mapping[str, Verdict]] = {
    "PersonsWithRequiredEquipment": "wearing",
    "PersonsWithoutRequiredEquipment": "missing",
    "PersonsIndeterminate": "unclear",
}


def options(settings: ChannelSettings) -> dict[str, Any]:
    """Ask for everything, and let Amazon say who wears it all."""
    required = {"MinConfidence": max(FLOOR, settings.confidence), "RequiredEquipmentTypes": list(ITEMS)}
    return {"SummarizationAttributes": required}


def read(answer: Answer, settings: ChannelSettings) -> list[Protected]:
    """Turn each person's parts of the body into what they wear, what is missing, and what cannot be told."""
    summary = answer.get("Summary", {})
    verdicts: dict[int, Verdict] = {who: verdict for key, verdict in _VERDICTS.items() for who in summary.get(key, ())}
    least = max(FLOOR, settings.confidence)
    return [_person(found, verdicts.get(found["Id"], "unclear"), least) for found in answer["Persons"]]


def _person(found: Mapping[str, Any], verdict: Verdict, least: float) -> Protected:
    parts = {part["Name"]: part for part in found.get("BodyParts", ()) if part["Confidence"] >= least}
    items = {}
    for kind, (name, covered) in ITEMS.items():
        items[name] = _item([_part(parts[part], kind, least) for part in covered if part in parts])
    return Protected(box=Box.of(found["BoundingBox"]), verdict=verdict, items=items)


def _item(parts: Sequence[Verdict]) -> Verdict:
    """Of two hands, the one without counts; of no hand that is seen nothing can be told."""
    if not parts or "unclear" in parts:
        return "missing" if "missing" in parts else "unclear"
    return "missing" if "missing" in parts else "wearing"


def _part(part: Mapping[str, Any], kind: str, least: float) -> Verdict:
    found = [one for one in part.get("EquipmentDetections", ()) if one["Type"] == kind]
    if any(_covers(one, least) for one in found):
        return "wearing"
    return "unclear" if found else "missing"


def _covers(found: Mapping[str, Any], least: float) -> bool:
    covers = found.get("CoversBodyPart", {})
    return bool(covers.get("Value")) and min(found["Confidence"], covers["Confidence"]) >= least


def say(people: Sequence[Protected], _settings: ChannelSettings) -> list[Line]:
    """Say how many wear everything, then what is missing on how many."""
    if not people:
        return []
    whole = sum(one.verdict == "wearing" for one in people)
    of = f"{whole} of {len(people)} people" if len(people) > 1 else "the person" if whole else "nobody"
    return [Line("things", f"Protective equipment is complete on {of}"), *_gaps(people)]


def _gaps(people: Sequence[Protected]) -> Iterator[Line]:
    for name, _ in ITEMS.values():
        seen = [one.items[name] for one in people]
        gaps = [f"{verdict} on {seen.count(verdict)}" for verdict in ("missing", "unclear") if verdict in seen]
        if gaps:
            yield Line("things", f"{name}: {', '.join(gaps)}")


DETECTOR = Detector(
    operation="detect_protective_equipment",
    options=options,
    read=read,
    say=say,
    title="Protective equipment",
    hint="Who wears a helmet, gloves and a mask",
)
