"""Trials of recognising people: some are enrolled, the others are strangers, and everybody is looked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.vision.embedded import face_scale
from bot.vision.embedded.face_scale import STRANGERS, Scale, Vectors, learnt, of_length_one

NAMED, MAYBE = 99.0, 90.0
"""The similarities from which on somebody is `probably` and `maybe` somebody."""
OWN_SIZES: Final = slice(None, None, 3)
"""Of the pictures that the scale is learnt from, those that were not shrunk."""
SHARE_ENROLLED: Final = 0.8

People = Mapping[str, Vectors]
"""Pictures × 128 of each person."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One picture that was looked for.

    Attributes:
        person: Who is in it.
        enrolled: Whether they could be found.
        best: Who was most alike.
        similarity: How much, 0 to 100.
    """

    person: str
    enrolled: bool
    best: str
    similarity: float

    def right(self, least: float) -> bool:
        """Whether the person is told at a threshold."""
        return self.best == self.person and self.similarity >= least

    def wrong(self, least: float) -> bool:
        """Whether somebody else is told at a threshold."""
        return self.best != self.person and self.similarity >= least


def held_out(real: People, enrol: int, rounds: int) -> Iterator[Trial]:
    """Try people whom the scale was not learnt from: half of the invented ones, and all real ones.

    In each round another half of the invented people teaches the scale. Four fifths of the others are enrolled.

    Args:
        real: SFace's plain vectors of real people.
        enrol: With how many pictures.
        rounds: How often.
    """
    strangers = np.load(STRANGERS).astype(np.float32)
    for seed in range(rounds):
        random = np.random.default_rng(seed)
        order = random.permutation(len(strangers))
        scale = Scale(*learnt(strangers[order[::2]]))
        people = {f"invented {place}": strangers[place, OWN_SIZES] for place in order[1::2]} | dict(real)
        yield from _round({name: scale.fitted(pictures) for name, pictures in people.items()}, enrol, random)


def _round(people: People, enrol: int, random: np.random.Generator) -> Iterator[Trial]:
    shuffled = {name: pictures[random.permutation(len(pictures))] for name, pictures in people.items()}
    able = [name for name, pictures in shuffled.items() if len(pictures) > enrol]
    enrolled: Sequence[str] = [*random.permutation(able)[: round(SHARE_ENROLLED * len(able))]]
    known = np.array([of_length_one(shuffled[name][:enrol].mean(axis=0)) for name in enrolled])
    for name, pictures in shuffled.items():
        for picture in pictures[enrol:] if name in enrolled else pictures:
            cosines = known @ picture
            best = int(cosines.argmax())
            similarity = face_scale.percent(float(cosines[best]))
            yield Trial(name, name in enrolled, enrolled[best], similarity)
