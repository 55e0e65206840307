"""Famous people in the photo. It is asked only where faces were found."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.core.findings import Celebrity
from bot.core.geometry import Box
from bot.core.plural import listed
from bot.core.report import Line, Link
from bot.detectors import Answer, Detector

FLOOR: Final = 50.0
"""The least match confidence that is kept; the operation has no threshold of its own."""
MOST_NAMES: Final = 8

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PAGE: Final = re.compile(r"""https?://((?:[a-z0-9-]+\.)+[a-z]{2,24})(?:/[^\s<>|"'`\\^{}\x00-\x1f]*)?""", re.IGNORECASE)


def options(_settings: ChannelSettings) -> dict[str, Any]:
    """Send nothing but the photo: the call has no other parameter."""
    return {}


def read(answer: Answer, _settings: ChannelSettings) -> list[Celebrity]:
    """Keep the matches, surest first. What the engine says of gender and mood is left out."""
    found = [_celebrity(it) for it in answer["CelebrityFaces"] if it.get("MatchConfidence", 0.0) >= FLOOR]
    return sorted(found, key=lambda celebrity: -celebrity.confidence)


def _celebrity(found: Mapping[str, Any]) -> Celebrity:
    pages = [page(url) for url in found.get("Urls", ())]
    return Celebrity(
        name=found["Name"],
        confidence=found["MatchConfidence"],
        box=Box.of(found["Face"]["BoundingBox"]),
        links=tuple(url for url in pages if url),
    )


def page(url: str) -> str:
    """Complete a web address: `www.imdb.com/name/nm1` gets its `https://`; what is no web page becomes empty."""
    whole = url if _SCHEME.match(url) else "https://" + url.removeprefix("//")
    return whole if _PAGE.fullmatch(whole) else ""


def say(celebrities: Sequence[Celebrity], settings: ChannelSettings) -> list[Line]:
    """Name each one once, with the pages about them."""
    sure = [it for it in celebrities if it.confidence >= settings.celebrity_confidence]
    names = list(dict.fromkeys(it.name for it in sure))
    links = {url: Link(f"{it.name} on {_host(url)}", url) for it in sure for url in it.links}
    return [Line("celebrities", f"Looks like {listed(names, MOST_NAMES)}", tuple(links.values()))] if names else []


def _host(url: str) -> str:
    return url.split("/")[2].lower().removeprefix("www.")


DETECTOR = Detector(
    operation="recognize_celebrities",
    options=options,
    read=read,
    say=say,
    after="faces",
    title="Celebrities",
)
