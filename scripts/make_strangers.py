"""Writes the strangers that the scale of faces is learnt from, out of the invented people of Amazon's samples (MIT-0).

Run it as `python -m scripts.make_strangers FOLDER`, with the folder that holds `face_1_ref.jpg` and its like.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from bot.vision.embedded.face_finder import FaceFinder
from bot.vision.embedded.face_scale import STRANGERS, Vectors, of_length_one
from bot.vision.embedded.face_vectors import FaceVectors
from bot.vision.embedded.pictures import Pixels, scaled

SMALL: Final = (44, 30)
"""Widths in pixels to which a face is shrunk, too: those of runners in race photos."""


def main(folder: Path) -> None:
    """Look at every picture and write the vectors."""
    finder = FaceFinder()
    vectors = FaceVectors(finder)
    names = sorted({picture.stem.rpartition("_")[0] for picture in folder.glob("face_*.jpg")})
    people = [[*pictures_of(folder, name, finder, vectors)] for name in names]
    np.save(STRANGERS, np.array(people, dtype=np.float16))


def pictures_of(folder: Path, name: str, finder: FaceFinder, vectors: FaceVectors) -> Iterator[Vectors]:
    """Describe somebody's pictures, each as it is and shrunk."""
    for file in sorted(folder.glob(f"{name}_*.jpg")):
        picture = np.asarray(cv2.imread(str(file)), np.uint8)
        yield from at_every_size(picture, finder, vectors)


def at_every_size(picture: Pixels, finder: FaceFinder, vectors: FaceVectors) -> Iterator[Vectors]:
    """Describe the largest face of a picture at its own size and at the small ones."""
    ready, rows = finder.find(picture)
    yield vectors.plain(ready, rows[0])
    for width in SMALL:
        factor = width / float(rows[0][2])
        row = rows[0].copy()
        row[:14] *= factor
        yield of_length_one(vectors.plain(_as_jpeg(scaled(ready, factor)), row))


def _as_jpeg(picture: Pixels) -> Pixels:
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", picture)[1], cv2.IMREAD_COLOR), np.uint8)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
