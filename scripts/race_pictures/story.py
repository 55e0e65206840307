"""The story of the race: seven pictures, who is in them, and when they were taken."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from race_pictures import places
from race_pictures.heads import Head
from race_pictures.runners import Person

BLUE, RED, GREEN, YELLOW = (34, 96, 170), (196, 48, 52), (48, 132, 84), (226, 160, 36)
PURPLE, TEAL, NAVY, PINK = (112, 70, 150), (30, 140, 140), (36, 44, 84), (214, 92, 130)
WHITE = (244, 244, 238)
STARTERS = {
    "34": "Jonas Ferrow", "77": "Mina Halvard", "588": "Edgar Thistlewood", "1207": "Clara Wennick",
    "1342": "Tomas Arbel", "2460": "Ruth Okonedo-Lind", "815": "Ida Marlowe", "20815": "Nora Bellweather",
    "93": "Paul Amsel", "411": "Greta Lindqvist-Moss", "1270": "Ian Copperfield", "3004": "Salma Reyes-Hart",
}  # fmt: skip
"""Bib and invented name; the last four are on the list and in no picture."""
PORTRAITS = {"clara_wennick": 9, "mia_member": 38}
"""Who agrees to be known, and whose face it is."""
Heads = Callable[[int], Head]
"""Gives the head of an invented person by number."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what it is called, when it was taken, who is in it from back to front, what is around them."""

    file: str
    taken: str
    people: tuple[Person, ...]
    backdrop: Callable[[random.Random], Image.Image]
    foreground: Callable[[Image.Image], None] | None = None


def story(head: Heads) -> tuple[Scene, ...]:
    """The race, in the order of the clock."""
    return (
        Scene("01_start.jpg", "2026:05:03 09:59:48", at_the_start(head), places.start),
        Scene("02_lake_road.jpg", "2026:05:03 10:24:10", (on_the_road(head),), places.lake_road),
        Scene("03_woods.jpg", "2026:05:03 10:41:55", in_the_woods(head), places.woods),
        Scene("04_water.jpg", "2026:05:03 10:58:31", at_the_water(head), places.meadow, places.water_table),
        Scene("05_crowd.jpg", "2026:05:03 11:20:02", in_the_crowd(head), places.stand, places.crowd_barrier),
        Scene("06_finish.jpg", "2026:05:03 11:33:04", at_the_finish(head), places.finish),
        Scene("07_podium.jpg", "2026:05:03 12:15:20", on_the_podium(head), places.podium),
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
    second = Person(head(21), 380, 325, 104, RED, "34", arms="wave", legs="stand", cap=NAVY, skew=2, medal=True)
    first = Person(head(9), 750, 235, 104, GREEN, "1207", arms="cheer", legs="stand", skew=2, medal=True)
    third = Person(head(17), 1120, 365, 104, BLUE, "1342", arms="stand", legs="stand", skew=-2, medal=True)
    return second, first, third
