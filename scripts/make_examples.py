"""Draws the example pictures of `examples/`: a small race that never happened, run by people who do not exist.

    python scripts/make_examples.py FOLDER_OF_PORTRAITS [--into examples]

The portraits are the invented faces of aws-samples/amazon-rekognition-code-samples (MIT-0), named `face_9_ref.jpg`
and so on; they are not part of this project. All else is drawn here, the same at every run.
"""  # a script, run by its path

import argparse
import csv
import random
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image
from race_pictures.heads import cut_head
from race_pictures.places import RACE
from race_pictures.runners import draw_person
from race_pictures.scenery import film
from race_pictures.story import PORTRAITS, STARTERS, Scene, story

MAX_BYTES = 300_000
PORTRAIT_SIDE = 512
TAKES = {1: "0", 2: "3"}
"""The portraits of one person, and what the sample's name of each ends with: younger, and older."""
LICENCE = """\
# Where these pictures come from

`scripts/make_examples.py` made every one of them. The race, its sponsor and its runners are invented.

- The faces are of people who do not exist: computer-made portraits from
  [aws-samples/amazon-rekognition-code-samples](https://github.com/aws-samples/amazon-rekognition-code-samples)
  (`identity-verification/module_1/media/face_N.jpeg`), licence MIT-0, Copyright Amazon.com, Inc. or its affiliates.
- `people/` has portraits of two of them for the enrolment, made smaller: `face_N_0.jpeg` and `face_N_3.jpeg` there.
- All else is drawn by the script, with the font that Pillow brings, and is dedicated to the public domain (CC0 1.0).
- `truth.csv` and `startlist.csv` are CC0 1.0, too.

| picture (drawing CC0 1.0, faces MIT-0) | faces, by their number N |
|---|---|
"""


def main() -> None:
    """Draw every picture and write what is true of it."""
    arguments = argparse.ArgumentParser(description="Draw the example pictures.")
    arguments.add_argument("portraits", type=Path)
    arguments.add_argument("--into", type=Path, default=Path("examples"))
    given = arguments.parse_args()
    scenes = story(lambda person: cut_head(given.portraits, person))
    for scene in scenes:
        (given.into / scene.file).write_bytes(jpeg(draw(scene), scene.taken))
    write_table(given.into / "truth.csv", ("file", "bibs", "faces"), [truth(scene) for scene in scenes])
    write_table(given.into / "startlist.csv", ("bib", "name"), sorted(STARTERS.items(), key=lambda row: int(row[0])))
    (given.into / "people").mkdir(exist_ok=True)
    for name, person, take in portraits():
        (given.into / name).write_bytes(portrait(given.portraits / f"face_{person}_{TAKES[take]}.jpg"))
    (given.into / "LICENSE.md").write_text(licence(scenes))


def draw(scene: Scene) -> Image.Image:
    """Draw one picture; chance is the same for the same name."""
    chance = random.Random(scene.file)  # noqa: S311  # leaves and grain
    picture = scene.backdrop(chance)
    for person in scene.people:
        draw_person(picture, person, RACE)
    if scene.foreground:
        scene.foreground(picture)
    return film(picture, chance)


def jpeg(picture: Image.Image, taken: str) -> bytes:
    """The best JPEG under the limit, with the camera's time."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    for quality in range(90, 50, -2):
        file = BytesIO()
        picture.save(file, "JPEG", quality=quality, exif=exif, optimize=True)
        if file.tell() <= MAX_BYTES:
            return file.getvalue()
    raise SystemExit("A picture does not fit into 300 kB.")


def portraits() -> list[tuple[str, int, int]]:
    """The portraits for the enrolment: file, whose face by number, which take."""
    return [(f"people/{name}_{take}.jpg", person, take) for name, person in PORTRAITS.items() for take in TAKES]


def portrait(source: Path) -> bytes:
    """A portrait, small enough to ship."""
    with Image.open(source) as picture:
        small = picture.convert("RGB").resize((PORTRAIT_SIDE, PORTRAIT_SIDE))
    file = BytesIO()
    small.save(file, "JPEG", quality=88, optimize=True)
    return file.getvalue()


def truth(scene: Scene) -> tuple[str, str, int]:
    """What is in a picture: its name, the bibs from left to right, how many faces."""
    bibs = [person.bib for person in sorted(scene.people, key=lambda person: person.x) if person.bib]
    return scene.file, " ".join(bibs), len(scene.people)


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def licence(scenes: Iterable[Scene]) -> str:
    """Say of each picture whose work it is."""
    lines = [f"| {scene.file} | {', '.join(str(person.head.person) for person in scene.people)} |" for scene in scenes]
    lines += [f"| {name} | {person} |" for name, person, _ in portraits()]
    return LICENCE + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
