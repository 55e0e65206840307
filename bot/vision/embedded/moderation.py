"""DetectModerationLabels: one score, by open-nsfw. It knows nudity and nothing else."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import cv2
import numpy as np
from PIL import Image

from bot.vision.embedded import weights
from bot.vision.embedded.nets import Array, Net
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.refusals import Refused

LABEL: Final = "Explicit"
"""The one label of Amazon's taxonomy v7 that the score speaks of."""
DEFAULT_CONFIDENCE: Final = 50.0
MODEL_VERSION: Final = "7.0-open-nsfw"
"""Taxonomy 7, but not Amazon's model."""
MEAN: Final = (104, 117, 123)
"""Blue, green and red of the mean training picture (Yahoo's open_nsfw)."""
RESIZED, CROPPED = 256, 224


class Moderation:
    """Answers DetectModerationLabels; threads may share it."""

    def __init__(self) -> None:
        self._net = Net(weights.NUDITY.path())

    def __call__(self, picture: Pixels, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer with at most one of the `ModerationLabels`."""
        if request.keys() & {"HumanLoopConfig", "ProjectVersion"}:
            raise Refused("InvalidParameterException", "Human loops and custom adapters need Amazon Rekognition.")
        score = min(100.0, 100 * float(self._net(_prepared(picture))[0][1]))
        label = {"Name": LABEL, "ParentName": "", "TaxonomyLevel": 1, "Confidence": score}
        told = score >= request.get("MinConfidence", DEFAULT_CONFIDENCE)
        return {"ModerationLabels": [label] if told else [], "ModerationModelVersion": MODEL_VERSION}


def _prepared(picture: Pixels) -> Array:
    """Shrink and crop as the net was trained, down to the artefacts of its JPEGs."""
    image = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    edge = (RESIZED - CROPPED) // 2
    small = image.resize((RESIZED, RESIZED), Image.Resampling.BILINEAR)
    jpeg = BytesIO()
    small.crop((edge, edge, edge + CROPPED, edge + CROPPED)).save(jpeg, "JPEG")
    with Image.open(jpeg) as again:
        pixels = np.asarray(again, np.float32)
    return np.ascontiguousarray(pixels[np.newaxis, :, :, ::-1] - np.array(MEAN, dtype=np.float32))
