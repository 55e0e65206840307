"""Draws the example pictures of `examples/`: a small race that never happened, run by people who do not exist.

    python scripts/make_examples.py FOLDER_OF_PORTRAITS [--into examples]

The portraits are the invented faces of aws-samples/amazon-rekognition-code-samples (MIT-0), named `face_9_ref.jpg`
and so on; they are not part of this project. All else is drawn here, the same at every run.
"""

import argparse
import csv
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageDraw, ImageFilter

from race_pictures.heads import Head, cut_head
from race_pictures.runners import Person, Race, draw_person
from race_pictures.scenery import arch, barrier, clock, crowd, film, landscape, road, sign, trees

SIZE = 1500, 1000
MAX_BYTES = 300_000
RACE = Race("FERNMOOR HALF 2026", "OAT & OTTER BAKERY", (20, 88, 128))
BLUE, RED, GREEN, YELLOW = (34, 96, 170), (196, 48, 52), (48, 132, 84), (226, 160, 36)
PURPLE, TEAL, NAVY, PINK = (112, 70, 150), (30, 140, 140), (36, 44, 84), (214, 92, 130)
WHITE, INK = (244, 244, 238), (28, 28, 34)
STARTERS = {
    "34": "Jonas Ferrow", "77": "Mina Halvard", "588": "Edgar Thistlewood", "1207": "Clara Wennick",
    "1342": "Tomas Arbel", "2460": "Ruth Okonedo-Lind", "815": "Ida Marlowe", "20815": "Nora Bellweather",
    "93": "Paul Amsel", "411": "Greta Lindqvist-Moss", "1270": "Ian Copperfield", "3004": "Salma Reyes-Hart",
}  # fmt: skip
"""Bib and invented name; the last four are on the list and in no picture."""
Heads = Callable[[int], Head]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what it is called, when it was taken, who is in it from back to front, what is around them."""

    file: str
    taken: str
    people: tuple[Person, ...]
    backdrop: Callable[[random.Random], Image.Image]
    foreground: Callable[[Image.Image], None] | None = None


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
    (given.into / "LICENSE.md").write_text(licence(scenes))


def story(head: Heads) -> tuple[Scene, ...]:
    """The race, in the order of the clock."""
    return (
        Scene("01_start.jpg", "2026:05:03 09:59:48", at_the_start(head), start),
        Scene("02_lake_road.jpg", "2026:05:03 10:24:10", (on_the_road(head),), lake_road),
        Scene("03_woods.jpg", "2026:05:03 10:41:55", in_the_woods(head), woods),
        Scene("04_water.jpg", "2026:05:03 10:58:31", at_the_water(head), meadow, water_table),
        Scene("05_crowd.jpg", "2026:05:03 11:20:02", in_the_crowd(head), stand, crowd_barrier),
        Scene("06_finish.jpg", "2026:05:03 11:33:04", at_the_finish(head), finish),
        Scene("07_podium.jpg", "2026:05:03 12:15:20", on_the_podium(head), podium),
    )


def at_the_start(head: Heads) -> tuple[Person, ...]:
    """Four in the first row, one of them waving."""
    return (
        Person(head(13), 255, 560, 128, TEAL, "815", arms="stand", legs="stand", skew=4, tilt=1),
        Person(head(21), 590, 545, 132, RED, "34", arms="wave", legs="stand", cap=NAVY, skew=-4),
        Person(head(9), 925, 560, 128, GREEN, "1207", arms="stand", legs="stand", skew=2, tilt=-1),
        Person(head(17), 1255, 550, 134, BLUE, "1342", arms="stand", legs="stand", skew=-5, tilt=1),
    )


def on_the_road(head: Heads) -> Person:
    """Clara alone by the lake."""
    return Person(head(9), 690, 300, 130, GREEN, "1207", tilt=-4, skew=5, mirror=True)


def in_the_woods(head: Heads) -> tuple[Person, ...]:
    """Two who have run together all morning."""
    return (
        Person(head(27), 520, 330, 124, YELLOW, "20815", tilt=3, skew=-4),
        Person(head(46), 970, 305, 134, PURPLE, "588", cap=WHITE, tilt=-3, skew=6),
    )


def at_the_water(head: Heads) -> tuple[Person, ...]:
    """Two volunteers without bibs."""
    return (
        Person(head(38), 500, 380, 140, NAVY, arms="wave", legs="stand"),
        Person(head(34), 980, 370, 144, TEAL, arms="stand", legs="stand", cap=RED),
    )


def in_the_crowd(head: Heads) -> tuple[Person, ...]:
    """Those who came to shout."""
    back = ((42, 190, PINK, "cheer"), (11, 590, WHITE, "cheer"), (48, 1010, NAVY, "wave"))
    front = ((31, 400, RED, "wave"), (15, 800, BLUE, "cheer"), (36, 1230, TEAL, "cheer"))
    return (
        *(Person(head(who), x, 420, 106, shirt, arms=arms, legs="stand") for who, x, shirt, arms in back),
        *(Person(head(who), x, 520, 124, shirt, arms=arms, legs="stand") for who, x, shirt, arms in front),
    )


def at_the_finish(head: Heads) -> tuple[Person, ...]:
    """Three of them within a second."""
    return (
        Person(head(52), 1130, 480, 104, PINK, "77", tilt=3, skew=4),
        Person(head(3), 370, 470, 110, NAVY, "2460", cap=YELLOW, tilt=-3, skew=-5),
        Person(head(27), 740, 460, 132, YELLOW, "20815", arms="cheer", tilt=1, skew=3),
    )


def on_the_podium(head: Heads) -> tuple[Person, ...]:
    """Clara has won."""
    won = {"size": 104, "legs": "stand", "medal": True, "skew": 2}
    return (
        Person(head(21), 380, 325, shirt=RED, bib="34", arms="wave", cap=NAVY, **won),
        Person(head(9), 750, 235, shirt=GREEN, bib="1207", arms="cheer", **won),
        Person(head(17), 1120, 365, shirt=BLUE, bib="1342", arms="stand", **won),
    )


def start(chance: random.Random) -> Image.Image:
    """Under the arch, the others behind."""
    picture = landscape(SIZE, 420, chance)
    road(picture, 420, -400, 1900, 750)
    crowd(picture, 400, 640, 9, chance)
    arch(picture, 60, (110, 1390), 1000, ("START", "FERNMOOR HALF", "2026"), RACE.color)
    return picture


def lake_road(chance: random.Random) -> Image.Image:
    """A road, a lake on the right, a sign."""
    picture = landscape(SIZE, 430, chance)
    ImageDraw.Draw(picture).polygon([(860, 440), (1500, 436), (1500, 620), (1010, 560)], fill=(120, 164, 190))
    trees(picture, 560, 3, 300, random.Random(7))  # noqa: S311  # three trees that hide nobody
    picture = picture.filter(ImageFilter.GaussianBlur(3))
    road(picture, 430, 60, 1240, 760)
    sign(picture, (1230, 500), "5 KM", (YELLOW, INK), lean=8)
    return picture


def woods(chance: random.Random) -> Image.Image:
    """Trunks in the shade, light on the path."""
    picture = landscape(SIZE, 520, chance)
    trees(picture, 600, 26, 420, chance)
    draw = ImageDraw.Draw(picture)
    for x in (60, 230, 760, 1250, 1420):
        wide = chance.randint(26, 52)
        draw.polygon([(x - wide, 760), (x - wide // 2, 0), (x + wide // 2, 0), (x + wide, 760)], fill=(72, 56, 44))
    draw.polygon([(0, 720), (1500, 700), (1500, 1000), (0, 1000)], fill=(98, 116, 66))
    draw.polygon([(180, 1000), (620, 690), (860, 690), (1330, 1000)], fill=(168, 146, 112))
    return picture.filter(ImageFilter.GaussianBlur(5))


def meadow(chance: random.Random) -> Image.Image:
    """Grass behind the water station."""
    picture = landscape(SIZE, 460, chance)
    trees(picture, 520, 5, 330, chance)
    picture = picture.filter(ImageFilter.GaussianBlur(4))
    sign(picture, (745, 110), "WATER", (BLUE, WHITE))
    return picture


def water_table(picture: Image.Image) -> None:
    """A table full of cups, in front of the volunteers."""
    barrier(picture, 800, 200, ("OAT & OTTER BAKERY",), (60, 110, 150))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 780, 1500, 806), fill=(236, 236, 230))
    for row, x in ((row, x) for row in (0, 1) for x in range(60 + row * 22, 1460, 62)):
        y = 716 + row * 26
        draw.polygon(
            [(x, y), (x + 40, y), (x + 34, y + 62), (x + 6, y + 62)], fill=(232, 240, 246), outline=(170, 184, 196)
        )
        draw.ellipse((x, y - 7, x + 40, y + 7), fill=(176, 206, 226), outline=(150, 170, 186))


def stand(chance: random.Random) -> Image.Image:
    """People behind people."""
    picture = landscape(SIZE, 330, chance)
    crowd(picture, 250, 1000, 10, chance)
    sign(picture, (790, 40), "GO CLARA!", (WHITE, RED), lean=-16)
    sign(picture, (1190, 70), "RUN 4 CAKE", (YELLOW, INK), lean=14)
    return picture


def crowd_barrier(picture: Image.Image) -> None:
    """The boards that hold them back."""
    barrier(picture, 780, 220, ("OAT & OTTER BAKERY", "SINCE 1987"), (150, 40, 60))


def finish(chance: random.Random) -> Image.Image:
    """The arch, the clock, the crowd on both sides."""
    picture = landscape(SIZE, 430, chance)
    crowd(picture, 380, 640, 9, chance)
    road(picture, 600, -250, 1750, 750)
    arch(picture, 30, (130, 1370), 720, ("FINISH", "FERNMOOR 2026"), RED)
    clock(picture, 1040, 205, "1:33:04")
    return picture


def podium(_: random.Random) -> Image.Image:
    """Three steps before a wall of sponsors."""
    picture = Image.new("RGB", SIZE, (226, 230, 232))
    for row in range(5):
        barrier(
            picture,
            row * 150 + 20,
            110,
            (RACE.name, RACE.sponsor, RACE.name),
            ((70, 120, 150), (170, 110, 70))[row % 2],
        )
    picture = picture.filter(ImageFilter.GaussianBlur(2.4))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 900, 1500, 1000), fill=(92, 96, 104))
    for x, top, place in ((380, 850, "2"), (750, 760, "1"), (1120, 890, "3")):
        draw.rectangle((x - 180, top, x + 180, 1000), fill=(206, 208, 212), outline=(150, 152, 158), width=4)
        draw.text((x, 950), place, fill=(120, 122, 130), font_size=60, anchor="mm")
    return picture


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
    return LICENCE + "\n".join(lines) + "\n"


LICENCE = """\
# Where these pictures come from

`scripts/make_examples.py` made every one of them. The race, its sponsor and its runners are invented.

- The faces are of people who do not exist: computer-made portraits from
  [aws-samples/amazon-rekognition-code-samples](https://github.com/aws-samples/amazon-rekognition-code-samples)
  (`identity-verification/module_1/media/face_N.jpeg`), licence MIT-0, Copyright Amazon.com, Inc. or its affiliates.
- All else is drawn by the script, with the font that Pillow brings, and is dedicated to the public domain (CC0 1.0).
- `truth.csv` and `startlist.csv` are CC0 1.0, too.

| picture (drawing CC0 1.0, faces MIT-0) | faces, by their number N |
|---|---|
"""

if __name__ == "__main__":
    main()
