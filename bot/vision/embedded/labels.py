"""DetectLabels: things, the subject, their ancestors; and the picture's own properties."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.vision.embedded.colors import dominant
from bot.vision.embedded.nouns import Noun, nouns
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.quality import PICTURE, brightness, contrast, sharpness
from bot.vision.embedded.subject import SubjectNamer
from bot.vision.embedded.things import Thing, ThingFinder

DEFAULT_CONFIDENCE: Final = 55.0
DEFAULT_LABELS: Final = 1000
DEFAULT_COLORS: Final = 10
MODEL_VERSION: Final = "coco-imagenet"

Label = dict[str, Any]


class Labels:
    """Answers DetectLabels; threads may share it."""

    def __init__(self) -> None:
        self._things = ThingFinder()
        self._subject = SubjectNamer()

    def __call__(self, picture: Pixels, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer with `Labels`, surest first, and with `ImageProperties` where they were asked for."""
        features = request.get("Features") or ["GENERAL_LABELS"]
        settings = request.get("Settings", {})
        answer: dict[str, Any] = {"LabelModelVersion": MODEL_VERSION}
        if "GENERAL_LABELS" in features:
            labels = self._labels(picture, request.get("MinConfidence", DEFAULT_CONFIDENCE))
            kept = [label for label in labels if _kept(label, settings.get("GeneralLabels", {}))]
            answer["Labels"] = kept[: request.get("MaxLabels", DEFAULT_LABELS)]
        if "IMAGE_PROPERTIES" in features:
            most = settings.get("ImageProperties", {}).get("MaxDominantColors", DEFAULT_COLORS)
            answer["ImageProperties"] = properties(picture, most)
        return answer

    def _labels(self, picture: Pixels, least: float) -> list[Label]:
        things = [thing for thing in self._things.find(picture) if thing.confidence >= least]
        subject = self._subject.name(picture)
        found = _named(things)
        if subject and subject[1] >= least:
            _note(found, *subject)
        for label in list(found.values()):
            for parent in label["Parents"]:
                _note(found, nouns()[parent["Name"]], label["Confidence"])
        return sorted(found.values(), key=lambda label: (-label["Confidence"], label["Name"]))


def _named(things: Iterable[Thing]) -> dict[str, Label]:
    found: dict[str, Label] = {}
    for thing in things:
        _note(found, thing.noun, thing.confidence)
        found[thing.noun.name]["Instances"].append({"BoundingBox": thing.box, "Confidence": thing.confidence})
    return found


def _note(found: dict[str, Label], noun: Noun, confidence: float) -> None:
    """Add a label; one that is there already keeps the higher confidence."""
    label = found.setdefault(noun.name, noun.label(confidence, []))
    label["Confidence"] = max(label["Confidence"], confidence)


def _kept(label: Label, filters: Mapping[str, Any]) -> bool:
    """Apply the request's four lists of names and categories; an empty list asks for nothing."""
    categories = {category["Name"] for category in label["Categories"]}
    return _wanted({label["Name"]}, filters, "Label") and _wanted(categories, filters, "LabelCategory")


def _wanted(these: set[str], filters: Mapping[str, Any], kind: str) -> bool:
    included, excluded = (set(filters.get(f"{kind}{way}Filters", ())) for way in ("Inclusion", "Exclusion"))
    return not these & excluded and (not included or bool(these & included))


def properties(picture: Pixels, most: int) -> dict[str, Any]:
    """Tell `ImageProperties`: quality and up to `most` dominant colours, of the whole picture only."""
    quality = {
        "Brightness": brightness(picture),
        "Sharpness": sharpness(picture, PICTURE),
        "Contrast": contrast(picture),
    }
    return {"Quality": quality, "DominantColors": dominant(picture, most)}
