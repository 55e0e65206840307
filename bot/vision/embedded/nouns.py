"""What the nets' classes are called, in Rekognition's words, with their place among things (`nouns.csv`)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing that can be in a picture.

    Attributes:
        name: Rekognition's name, such as `Mobile Phone`.
        parents: The names of all its ancestors; each is a noun itself.
        category: Rekognition's category.
        aliases: Other names.
        coco: Its classes in COCO, as TensorFlow numbers them.
        imagenet: Its classes in ImageNet, 0 to 999.
    """

    name: str
    parents: tuple[str, ...]
    category: str
    aliases: tuple[str, ...]
    coco: tuple[int, ...]
    imagenet: tuple[int, ...]

    def label(self, confidence: float, instances: list[dict[str, Any]]) -> dict[str, Any]:
        """Write one of Rekognition's `Labels`."""
        return {
            "Name": self.name,
            "Confidence": confidence,
            "Instances": instances,
            "Parents": [{"Name": parent} for parent in self.parents],
            "Aliases": [{"Name": alias} for alias in self.aliases],
            "Categories": [{"Name": self.category}],
        }


@cache
def nouns() -> Mapping[str, Noun]:
    """Every noun by its name."""
    table = files("bot.vision.embedded").joinpath("nouns.csv").read_text(encoding="utf-8")
    return {row["name"]: _noun(row) for row in csv.DictReader(table.splitlines())}


@cache
def of_coco() -> Mapping[int, Noun]:
    """The nouns by COCO's classes."""
    return {number: noun for noun in nouns().values() for number in noun.coco}


def _noun(row: Mapping[str, str]) -> Noun:
    return Noun(
        row["name"],
        tuple(filter(None, row["parents"].split(";"))),
        row["category"],
        tuple(filter(None, row["aliases"].split(";"))),
        tuple(_numbers(row["coco"])),
        tuple(_numbers(row["imagenet"])),
    )


def _numbers(spans: str) -> Iterator[int]:
    """Read `1 5-7` as 1, 5, 6, 7."""
    for span in spans.split():
        first, _, last = span.partition("-")
        yield from range(int(first), int(last or first) + 1)
