"""The questions that can be put to a photo: one file each, and this folder is the list.

A detector is data: which call to make, with which options, how to read the answer, how to say it.
To add one, add a file that defines `DETECTOR`, and its answer to tests/answers/<operation>/.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Generic, TypeVar

from bot.core.channel import USUAL_DETECTORS, ChannelSettings
from bot.core.report import Line
from bot.errors import SetupError

Answer = Mapping[str, Any]
"""An engine's answer, in the shape that Amazon Rekognition documents, without `ResponseMetadata`."""

F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector(Generic[F]):
    """A question that can be put to a photo. Every function of it is pure.

    Attributes:
        operation: The engine's call, by boto3's name: `detect_text`.
        options: What goes with the call besides the photo.
        read: Picks the findings (frozen dataclasses) out of the engine's answer.
        say: The lines that tell them; none where there is nothing to tell.
        title: What people read of it in a channel's settings.
        hint: A few words more, or none.
        after: The detector that must have found something first, such as `faces`; empty for none.
        lacks: What an admin must settle before it can be asked, as a sentence; empty where nothing is missing.
    """

    operation: str
    options: Callable[[ChannelSettings], Mapping[str, Any]]
    read: Callable[[Answer, ChannelSettings], Sequence[F]]
    say: Callable[[Sequence[F], ChannelSettings], Sequence[Line]]
    title: str
    hint: str = ""
    after: str = ""
    lacks: Callable[[ChannelSettings], str] = lambda _settings: ""


@cache
def every_detector() -> dict[str, Detector[Any]]:
    """Name each file of this folder, and load what it defines."""
    return {module.name: import_module(f"{__name__}.{module.name}").DETECTOR for module in iter_modules(__path__)}


def every_name() -> tuple[str, ...]:
    """Name each detector: those of a new channel first."""
    return *USUAL_DETECTORS, *chosen_ones()


def chosen_ones() -> tuple[str, ...]:
    """Name the detectors that look only where an admin chose them."""
    return tuple(sorted(every_detector().keys() - set(USUAL_DETECTORS)))


def operations_of(names: Collection[str]) -> tuple[str, ...]:
    """The operations of these detectors.

    Raises:
        SetupError: There is none of such a name.
    """
    known = every_detector()
    if unknown := sorted(set(names) - known.keys()):
        raise SetupError(f"There is no detector {unknown[0]}; there are {', '.join(sorted(known))}.")
    return tuple(known[name].operation for name in names)
